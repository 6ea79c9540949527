import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User
from partisipasi.village.models import LetterNumber

from .activity import Activity
from .refusals import ActivityCancelled, Refusal
from .resolution import Resolution
from .telling import tell_minutes

BOOK = "berita-acara"
MOST_LINES = 60


@dataclass(frozen=True)
class Writing:
    """What an editor of the minutes sends: each item of the agenda with what was said, and what was resolved."""

    items: tuple[tuple[str, str], ...] = ()
    resolutions: tuple[str, ...] = ()
    chaired_by: str = ""
    noted_by: str = ""


class WrittenMeanwhile(Refusal):
    """Somebody else saved these minutes after this editor had opened them."""

    sentence = "Notulen ini baru saja disimpan orang lain."

    def __init__(self, minutes: "Minutes") -> None:
        self.minutes = minutes
        super().__init__()


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    @transaction.atomic
    def write(
        self,
        activity: Activity,
        writing: Writing,
        *,
        version: int,
        nonce: UUID,
        by: User,
        reason: str = "",
    ) -> "Minutes":
        """Save what the editor wrote over version `version`; 0 where there were no minutes yet.

        The same nonce again is the same saving. What is published changes only with a reason, which everybody reads.
        Raises WrittenMeanwhile where another saved first, ActivityCancelled, and Refusal where a reason is lacking or
        a published resolution would go.
        """
        if Activity.objects.lock(activity.pk).cancelled_at:
            raise ActivityCancelled
        minutes = self.filter(activity=activity).first() or Minutes(activity=activity)
        if minutes.pk and minutes.nonce == nonce:
            return minutes
        if minutes.version != version:
            raise WrittenMeanwhile(minutes)
        minutes.take(writing, nonce=nonce, by=by, reason=reason)
        return minutes


class Minutes(VillageRow):
    """*Notulen*: what was said at an activity, by the items of its agenda. What it resolved stands in Resolution.

    Officials write it together; `version` counts its savings, so that nobody writes over what he has not seen.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="minutes", verbose_name="kegiatan")
    chaired_by = models.CharField("pimpinan rapat", max_length=120, blank=True)
    noted_by = models.CharField("notulis", max_length=120, blank=True)
    version = models.PositiveIntegerField("versi", default=0, editable=False)
    nonce = models.UUIDField(null=True, editable=False)
    saved_at = models.DateTimeField("disimpan pada", default=clock.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField("diterbitkan pada", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    number = models.CharField("nomor berita acara", max_length=120, blank=True, editable=False)

    objects = ScopedManager(MinutesQuerySet)

    class Meta:
        verbose_name = "notulen"
        verbose_name_plural = "notulen"
        permissions = [
            ("write_minutes", "Menulis notulen dan putusan kegiatan"),
            ("view_bpd_books", "Melihat dan mencetak buku-buku rapat BPD"),
            ("publish_minutes", "Menerbitkan dan memperbaiki notulen yang sudah terbit"),
        ]

    def __str__(self) -> str:
        return f"Notulen {self.activity}"

    def get_absolute_url(self) -> str:
        return reverse("attendance:minutes_detail", args=[self.activity_id])

    @property
    def place(self):
        return self.activity.region

    def take(self, writing: Writing, *, nonce: UUID, by: User, reason: str) -> None:
        """Let the minutes say what the editor wrote; `write` has looked that he may. Locked with the activity."""
        if self.published_at and writing == self.writing:
            return
        if self.published_at and not reason:
            raise Refusal("Tulis alasan perbaikan: notulen ini sudah terbit.")
        self.chaired_by, self.noted_by = writing.chaired_by, writing.noted_by
        self.version, self.nonce = self.version + 1, nonce
        self.saved_at, self.saved_by = clock.now(), by
        self.save()
        self.items.all().delete()
        MinutesItem.objects.bulk_create(
            MinutesItem(minutes=self, order=order, topic=topic, said=said)
            for order, (topic, said) in enumerate(writing.items, start=1)
        )
        Resolution.objects.let_be(self.activity, writing.resolutions, is_published=bool(self.published_at))
        if self.published_at:
            self._correct(reason, by)

    def _correct(self, reason: str, by: User) -> None:
        self.corrections.create(version=self.version, reason=reason, by=by, at=clock.now())
        self._give_number()
        record("minutes.corrected", self, self._facts(), sealed=self._sealed() | {"reason": reason})

    @transaction.atomic
    def publish(self, version: int, by: User) -> None:
        """Everybody reads it from now on, and its agreement gets its number. Twice changes nothing.

        Raises WrittenMeanwhile where it is no longer the version that was looked at, ActivityCancelled, and Refusal
        where the list is open still or nothing is written.
        """
        activity = Activity.objects.lock(self.activity_id)
        self.refresh_from_db()
        if activity.cancelled_at:
            raise ActivityCancelled
        if self.published_at:
            return
        if self.version != version:
            raise WrittenMeanwhile(self)
        if not activity.closed_at:
            raise Refusal("Tutup dahulu daftar hadirnya: berita acara menyebut jumlah yang hadir.")
        if not self.items.exists():
            raise Refusal("Notulen ini masih kosong. Tulis dahulu sedikitnya satu butir acara.")
        self.published_at, self.published_by = clock.now(), by
        self._give_number()
        self.save(update_fields=["published_at", "published_by"])
        tell_minutes(activity, by)
        record("minutes.published", self, self._facts(), sealed=self._sealed())

    def _give_number(self) -> None:
        """An agreement has its number in the village's book from the moment at which something is agreed in public."""
        resolved = self.activity.resolutions.exists()
        if resolved and not self.number:
            self.number = LetterNumber.objects.give(BOOK, str(self.activity)[:200]).text
            self.save(update_fields=["number"])

    @property
    def writing(self) -> Writing:
        """What it says now."""
        return Writing(
            tuple(self.items.values_list("topic", "said")),
            tuple(self.activity.resolutions.values_list("text", flat=True)),
            self.chaired_by,
            self.noted_by,
        )

    def _facts(self) -> dict[str, int]:
        said = self.writing
        return {
            "activity": self.activity_id,
            "version": self.version,
            "items": len(said.items),
            "resolutions": len(said.resolutions),
        }

    def _sealed(self) -> dict[str, str]:
        return {"minutes": text_for_digest(self.writing)}


def text_for_digest(writing: Writing) -> str:
    """The minutes as text, always the same for the same words: what the ledger's digest is made of."""
    said: Iterable[object] = (writing.chaired_by, writing.noted_by, writing.items, writing.resolutions)
    return json.dumps(list(said), ensure_ascii=False, separators=(",", ":"))


class MinutesItem(VillageRow):
    """One item of the agenda, and what was said on it."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="items", verbose_name="notulen")
    order = models.PositiveSmallIntegerField("urutan")
    topic = models.CharField("acara", max_length=200)
    said = models.TextField("pembicaraan", max_length=20000, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "butir notulen"
        verbose_name_plural = "butir notulen"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "order"], name="items_of_minutes_stand_in_order")
        ]

    def __str__(self) -> str:
        return self.topic


class MinutesCorrection(VillageRow):
    """That published minutes were changed, and why: everybody reads it below them."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections", verbose_name="notulen")
    version = models.PositiveIntegerField("versi")
    reason = models.CharField("alasan", max_length=200)
    at = models.DateTimeField("pada")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")

    objects = ScopedManager()

    class Meta:
        verbose_name = "perbaikan notulen"
        verbose_name_plural = "perbaikan notulen"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "version"], name="a_version_is_corrected_once")
        ]

    def __str__(self) -> str:
        return self.reason
