"""What happens while a project is carried out: reports of progress, stopping, handing over."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction

from announcements.projects.timetable import days_late
from partisipasi import clock
from partisipasi.db import VillageRow
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from partisipasi.ledger.chain import record
from partisipasi.village.words import full_date

from .project_event import Act, ProjectEvent, ProjectPhoto

if TYPE_CHECKING:
    from partisipasi.residents.models import Person, User


class NotAsThingsStand(ValidationError):
    """A project in its present state does not take this; `messages` are for who tried."""


class CarryingOut(VillageRow):
    """The working side of a project. Each verb twice with one nonce is the same as once."""

    published_at = models.DateTimeField("diumumkan pada", null=True, editable=False)
    percent = models.PositiveSmallIntegerField("persen selesai", default=0, editable=False)
    spent = models.DecimalField(
        "uang terpakai", max_digits=16, decimal_places=2, default=Decimal(0), editable=False
    )
    started_on = models.DateField("dimulai", null=True, editable=False)
    reported_on = models.DateField("laporan terakhir", null=True, editable=False)
    delay_reason = models.CharField("alasan terlambat", max_length=300, blank=True, editable=False)
    finished_on = models.DateField("selesai", null=True, editable=False)
    stopped_on = models.DateField("dihentikan", null=True, editable=False)
    stopped_reason = models.CharField("alasan dihentikan", max_length=300, blank=True, editable=False)
    handed_over_on = models.DateField("diserahterimakan", null=True, editable=False)
    handed_to = models.CharField("diserahkan kepada", max_length=160, blank=True, editable=False)
    handover_document = models.ForeignKey(
        "files.StoredFile",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="berita acara serah terima",
    )
    missed_for = models.DateField(null=True, editable=False)
    silent_since = models.DateField(null=True, editable=False)

    if TYPE_CHECKING:
        objects: Any
        events: Any
        person: Person | None
        starts_on: date
        ends_on: date

        def tell_followers(self, text: str, *, by: User | None, key: str = "") -> None: ...
        def tell_responsible(self, text: str, *, key: str) -> None: ...

    class Meta:
        abstract = True

    def hold(self, nonce: UUID) -> bool:
        """Lock it and read it anew. Was this act done before?"""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        return self.events.filter(nonce=nonce).exists()

    def tell(self, act: Act, text: str = "", *, nonce: UUID | None = None, **told: Any) -> ProjectEvent:
        """Put a line into its history."""
        told.setdefault("on", clock.today())
        return self.events.create(act=act, text=text, nonce=nonce or uuid4(), at=clock.now(), **told)

    @property
    def late_days(self) -> int:
        """By how many days it lies behind its timetable today; 0 where it is not late, done or stopped."""
        if not self.published_at or self.finished_on or self.stopped_on:
            return 0
        return days_late(self.starts_on, self.ends_on, self.percent, clock.today())

    def late_on(self, percent: int, on: date) -> int:
        """By how many days it would be late, were it so far on that day; being done after the planned end is late."""
        return days_late(self.starts_on, self.ends_on, percent, on) or max((on - self.ends_on).days, 0)

    @transaction.atomic
    def report(
        self,
        percent: int,
        spent: Decimal,
        text: str,
        *,
        on: date,
        by: "User",
        nonce: UUID,
        photos: Iterable[tuple[Any, str]] = (),
        delay_reason: str = "",
        correction: str = "",
    ) -> None:
        """Tell and show how far it is on a day, and how many rupiah were spent until then.

        The first report starts it, 100 per cent finish it. Raises NotAsThingsStand, with the field that it concerns:
        for a day to come or before the last report, for lower numbers without `correction`, and for a late project
        without `delay_reason`.
        """
        if self.hold(nonce):
            return
        self._require_open()
        self._check_report(percent, spent, on, delay_reason, correction)
        lower = percent < self.percent or spent < self.spent
        told = self.tell(
            Act.PROGRESS,
            text,
            on=on,
            percent=percent,
            spent=spent,
            delay_reason=delay_reason if self.late_on(percent, on) else "",
            correction=correction if lower else "",
            by=by,
            nonce=nonce,
        )
        ProjectPhoto.objects.add(told, photos)
        was_finished = self.finished_on
        self.percent, self.spent, self.reported_on = percent, spent, on
        self.started_on = self.started_on or on
        self.finished_on = (was_finished or on) if percent == 100 else None
        self.delay_reason = told.delay_reason
        self.save(
            update_fields=[
                "percent",
                "spent",
                "reported_on",
                "started_on",
                "finished_on",
                "delay_reason",
            ]
        )
        sentence = f"Selesai: {self}." if self.finished_on else f"Kemajuan {percent}%: {self}."
        self.tell_followers(sentence, by=by)
        facts = {"on": on, "percent": percent, "spent": spent, "late_days": self.late_on(percent, on)}
        sealed = {"text": text} | ({"reason": told.correction} if told.correction else {})
        record("project.reported", self, facts, sealed=sealed)

    def _require_open(self) -> None:
        if not self.published_at:
            raise NotAsThingsStand("Umumkan dahulu pembangunan ini, lalu laporkan kemajuannya.")
        if self.stopped_on:
            raise NotAsThingsStand("Pembangunan ini dihentikan. Lanjutkan dahulu untuk melaporkannya.")
        if self.handed_over_on:
            raise NotAsThingsStand("Pembangunan ini sudah diserahterimakan.")

    def _check_report(
        self, percent: int, spent: Decimal, on: date, delay_reason: str, correction: str
    ) -> None:
        wrong: dict[str, str] = {}
        if on > clock.today():
            wrong["on"] = "Pilih hari ini atau sebelumnya."
        elif self.reported_on and on < self.reported_on:
            wrong["on"] = (
                f"Laporan terakhir bertanggal {full_date(self.reported_on)}. Pilih hari itu atau nanti."
            )
        if (percent < self.percent or spent < self.spent) and not correction:
            wrong["correction"] = (
                f"Laporan terakhir menyebut {self.percent}% dengan uang terpakai yang tidak lebih sedikit. "
                "Tulis mengapa angkanya turun, atau perbaiki angkanya."
            )
        if self.late_on(percent, on) and not delay_reason:
            wrong["delay_reason"] = (
                f"Menurut jadwal pekerjaan ini terlambat {self.late_on(percent, on)} hari. Tulis alasannya."
            )
        if wrong:
            raise NotAsThingsStand(wrong)

    @transaction.atomic
    def stop(self, reason: str, *, by: "User", nonce: UUID) -> None:
        """It is not carried on, and everybody reads why. Raises NotAsThingsStand once it is done or stopped."""
        if self.hold(nonce):
            return
        self._require_open()
        if self.finished_on:
            raise NotAsThingsStand("Pembangunan ini sudah selesai.")
        self.stopped_on, self.stopped_reason = clock.today(), reason
        self.save(update_fields=["stopped_on", "stopped_reason"])
        self.tell(Act.STOPPED, reason, by=by, nonce=nonce)
        self.tell_followers(f"Dihentikan: {self}.", by=by)
        record("project.stopped", self, {"percent": self.percent}, sealed={"reason": reason})

    @transaction.atomic
    def resume(self, reason: str, *, by: "User", nonce: UUID) -> None:
        """It is carried on after all. Raises NotAsThingsStand where it was not stopped."""
        if self.hold(nonce):
            return
        if not self.stopped_on:
            raise NotAsThingsStand("Pembangunan ini tidak sedang dihentikan.")
        self.stopped_on, self.stopped_reason = None, ""
        self.save(update_fields=["stopped_on", "stopped_reason"])
        self.tell(Act.RESUMED, reason, by=by, nonce=nonce)
        self.tell_followers(f"Dilanjutkan: {self}.", by=by)
        record("project.resumed", self, sealed={"reason": reason})

    @transaction.atomic
    def hand_over(self, to: str, *, on: date, by: "User", nonce: UUID, document: Any = None) -> None:
        """*Serah terima*: from now on `to` looks after it. Raises NotAsThingsStand before it is done."""
        if self.hold(nonce):
            return
        self._require_open()
        if not self.finished_on:
            raise NotAsThingsStand("Laporkan dahulu kemajuan 100%, lalu serah terimakan.")
        if not self.finished_on <= on <= clock.today():
            raise NotAsThingsStand({"on": "Pilih hari sesudah pekerjaan selesai, paling lambat hari ini."})
        if document:
            self.handover_document = store(document, visibility=StoredFile.Visibility.PUBLIC)
        self.handed_over_on, self.handed_to = on, to
        self.save(update_fields=["handed_over_on", "handed_to", "handover_document"])
        self.tell(Act.HANDED_OVER, f"Diserahkan kepada {to}.", on=on, by=by, nonce=nonce)
        self.tell_followers(f"Diserahterimakan: {self}.", by=by)
        facts: dict[str, Any] = {"on": on}
        if self.handover_document:
            facts["sha256"] = self.handover_document.sha256
        record("project.handed_over", self, facts, sealed={"to": to})

    @transaction.atomic
    def take_back(self, reason: str, *, by: "User", nonce: UUID) -> None:
        """The handover did not happen so, and everybody reads why. Raises NotAsThingsStand where there was none."""
        if self.hold(nonce):
            return
        if not self.handed_over_on:
            raise NotAsThingsStand("Pembangunan ini belum diserahterimakan.")
        before = self.handed_over_on
        self.handed_over_on, self.handed_to, self.handover_document = None, "", None
        self.save(update_fields=["handed_over_on", "handed_to", "handover_document"])
        self.tell(Act.TAKEN_BACK, reason, by=by, nonce=nonce)
        self.tell_followers(f"Serah terima dibatalkan: {self}.", by=by)
        record("project.taken_back", self, {"on": before}, sealed={"reason": reason})

    # What time makes due

    @transaction.atomic
    def note_past_end(self) -> int:
        """Its planned end is over: once for each end, into its history and the record, and to who has to know."""
        taken = type(self).objects.newly_past_end(clock.today()).filter(pk=self.pk, ends_on=self.ends_on)
        if not taken.update(missed_for=models.F("ends_on")):
            return 0
        self.tell(Act.MISSED, f"Rencana selesai {full_date(self.ends_on)} terlewat.")
        self.tell_responsible(f"Terlambat: {self}.", key=f"pembangunan:{self.pk}:lewat:{self.ends_on}")
        record("project.deadline_missed", self, {"due": self.ends_on, "percent": self.percent})
        return 1

    @transaction.atomic
    def note_silence(self) -> int:
        """Nobody has told how far it is for long; told once until the next report."""
        since = self.reported_on or self.starts_on
        taken = type(self).objects.newly_silent(clock.today()).filter(pk=self.pk)
        if not taken.update(silent_since=since):
            return 0
        text = f"Belum ada laporan kemajuan sejak {full_date(since)}: {self}."
        self.tell_responsible(text, key=f"pembangunan:{self.pk}:sunyi:{since}")
        return 1
