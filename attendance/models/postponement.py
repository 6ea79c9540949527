"""Putting an activity off: to another time and place, and step by step where the quorum is not met (domain: 1.6)."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from attendance.tally import Tally
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import record
from partisipasi.village.words import figures, full_date, full_moment

from .activity import Activity
from .refusals import Refusal
from .session import Session
from .telling import tell_changed

AGAIN = "Musyawarah lanjutan"
"""What the sitting is called that was called again for want of a quorum."""


class Step(models.TextChoices):
    """How it was put off. Those for want of a quorum come one after the other."""

    HOURS = "skors", "Ditunda beberapa jam karena kuorum belum terpenuhi"
    DAYS = "ulang", "Ditunda ke hari lain karena kuorum belum terpenuhi"
    ON = "lanjut", "Dilanjutkan dengan yang hadir"
    MOVED = "pindah", "Dipindahkan"


class PostponementQuerySet(models.QuerySet["Postponement"]):
    def for_quorum(self) -> Self:
        return self.exclude(step=Step.MOVED)

    def next_step(self, session: Session) -> Step | None:
        """What the rules of its kind allow next where the quorum lacks: hours, then days, then with those present.

        None where all was done, the sitting has not begun, its list is closed, or the quorum is met or not asked.
        """
        activity = session.activity
        if activity.closed_at or activity.cancelled_at or session.starts_at > clock.now():
            return None
        quorum = Tally.of_session(session).quorum
        if not quorum or quorum.is_met:
            return None
        taken = set(self.filter(session=session).values_list("step", flat=True))
        if {Step.ON, Step.DAYS} & taken:
            return None
        if self.filter(next_session=session).exists():
            return Step.ON
        if activity.kind.wait_hours and Step.HOURS not in taken:
            return Step.HOURS
        return Step.DAYS if activity.kind.wait_days else Step.ON

    @transaction.atomic
    def move(
        self, session: Session, starts_at: datetime, ends_at: datetime | None = None, *, venue: str, **how
    ) -> "Postponement":
        """Let an announced sitting take place at another time or place; `how`: reason, by, nonce.

        The same nonce again is the same. Raises Refusal where the list has begun, or the new time has passed.
        """
        activity = Activity.objects.lock(session.activity_id)
        if sent_before := self.filter(nonce=how["nonce"]).first():
            return sent_before
        session.refresh_from_db()
        activity.require_open()
        if not activity.announced_at:
            raise Refusal("Kegiatan ini belum diumumkan. Ubah waktunya di ruang kerja.")
        if session.attendances.present().exists():
            raise Refusal("Sudah ada yang tercatat hadir, jadi sesi ini tidak dapat dipindahkan lagi.")
        if starts_at <= clock.now():
            raise Refusal("Waktu yang baru sudah lewat. Pilih waktu yang akan datang.")
        if activity.sessions.exclude(pk=session.pk).filter(starts_at=starts_at).exists():
            raise Refusal("Sudah ada sesi yang mulai pada waktu ini.")
        if (starts_at, ends_at, venue) == (session.starts_at, session.ends_at, session.venue_text):
            raise Refusal("Waktu dan tempatnya sama dengan yang sudah diumumkan.")
        before = {"starts_before": session.starts_at, "venue_before": session.venue_text}
        session.starts_at, session.ends_at = starts_at, ends_at
        if venue != session.venue_text:
            session.venue = "" if venue == activity.venue else venue
        session.save(update_fields=["starts_at", "ends_at", "venue"])
        return self._keep(session, Step.MOVED, starts_at=starts_at, venue=venue, **before, **how)

    @transaction.atomic
    def adjourn(self, session: Session, until: datetime, **how) -> "Postponement":
        """First step: begin later on, within the kind's hours; who has signed stays on the list. `how`: by, nonce."""
        if sent_before := self._begin(session, Step.HOURS, how["nonce"]):
            return sent_before
        wait = timedelta(hours=session.activity.kind.wait_hours or 0)
        if not clock.now() < until <= clock.now() + wait:
            raise Refusal(f"Pilih waktu paling lama {wait // timedelta(hours=1)} jam dari sekarang.")
        before, lasted = session.starts_at, session.ends_at and session.ends_at - session.starts_at
        session.starts_at, session.ends_at = until, until + lasted if lasted else None
        session.save(update_fields=["starts_at", "ends_at"])
        return self._keep(session, Step.HOURS, starts_before=before, starts_at=until, **how)

    @transaction.atomic
    def convene_again(
        self,
        session: Session,
        starts_at: datetime,
        ends_at: datetime | None = None,
        *,
        venue: str = "",
        **how,
    ) -> "Postponement":
        """Second step: another sitting, within the kind's days, with a list of its own. `how`: by, nonce."""
        if sent_before := self._begin(session, Step.DAYS, how["nonce"]):
            return sent_before
        days = session.activity.kind.wait_days or 0
        last = timezone.localtime(clock.now(), session.zone).date() + timedelta(days=days)
        if starts_at <= clock.now() or timezone.localtime(starts_at, session.zone).date() > last:
            raise Refusal(f"Pilih waktu yang akan datang, paling lambat {full_date(last)}.")
        activity, before = session.activity, session.starts_at
        if not session.ends_at or session.ends_at > clock.now():
            session.ends_at = max(clock.now(), session.starts_at + timedelta(minutes=1))
            session.save(update_fields=["ends_at"])
        again = activity.sessions.create(
            starts_at=starts_at,
            ends_at=ends_at,
            name=AGAIN,
            venue="" if venue == activity.venue else venue,
        )
        told = {"starts_before": before, "starts_at": starts_at, "venue": again.venue_text}
        return self._keep(session, Step.DAYS, next_session=again, **told, **how)

    @transaction.atomic
    def go_on(self, session: Session, **how) -> "Postponement":
        """Last step: go on with those who are there. `how`: by, nonce."""
        if sent_before := self._begin(session, Step.ON, how["nonce"]):
            return sent_before
        return self._keep(session, Step.ON, starts_before=session.starts_at, **how)

    def _begin(self, session: Session, step: Step, nonce: UUID) -> "Postponement | None":
        """Lock, and refuse what is not the next step now; the one kept for this nonce before, if any."""
        session.activity = Activity.objects.lock(session.activity_id)
        if sent_before := self.filter(nonce=nonce).first():
            return sent_before
        session.refresh_from_db(fields=["starts_at", "ends_at", "counts"])
        session.activity.require_open()
        if self.next_step(session) != step:
            raise Refusal("Langkah ini tidak berlaku sekarang. Periksa lagi jumlah kursi yang terisi.")
        return None

    def _keep(self, session: Session, step: Step, **told) -> "Postponement":
        if step != Step.MOVED and (quorum := Tally.of_session(session).quorum):
            told |= {"seats_needed": quorum.needed, "seats_filled": quorum.seats_filled}
        activity = Activity.objects.get(pk=session.activity_id)
        kept = self.create(activity=activity, session=session, step=step, at=clock.now(), **told)
        activity.tidy_times(tells=False)
        activity.tell_public(kept.sentence)
        if step != Step.ON:
            tell_changed(activity, kept.notice, f"tunda:{kept.pk}", kept.by)
        record(
            "activity.postponed",
            activity,
            kept.as_facts(),
            sealed={"reason": kept.reason} if kept.reason else {},
        )
        return kept


class Postponement(VillageRow):
    """That an activity was put off, or went on without its quorum: what was, what is to be, and why."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="postponements", verbose_name="kegiatan"
    )
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="+", verbose_name="sesi")
    next_session = models.ForeignKey(
        Session, models.SET_NULL, null=True, related_name="+", verbose_name="sesi lanjutan"
    )
    step = models.CharField("langkah", max_length=6, choices=Step)
    starts_before = models.DateTimeField("mulai semula")
    starts_at = models.DateTimeField("mulai menjadi", null=True)
    venue_before = models.CharField("tempat semula", max_length=120, blank=True)
    venue = models.CharField("tempat menjadi", max_length=120, blank=True)
    seats_needed = models.PositiveIntegerField("kursi untuk kuorum", null=True)
    seats_filled = models.PositiveIntegerField("kursi terisi", null=True)
    reason = models.CharField("alasan", max_length=200, blank=True)
    at = models.DateTimeField("pada")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    nonce = models.UUIDField(editable=False)

    objects = ScopedManager(PostponementQuerySet)

    class Meta:
        verbose_name = "penundaan"
        verbose_name_plural = "penundaan"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "nonce"], name="postponed_once"),
            models.UniqueConstraint(
                fields=["session", "step"],
                condition=~models.Q(step=Step.MOVED),
                name="each_step_for_want_of_a_quorum_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def place(self):
        return self.activity.region

    @property
    def sentence(self) -> str:
        """For everybody, on one line."""
        lacking = (
            f"kuorum belum terpenuhi ({figures(self.seats_filled or 0)} dari {figures(self.seats_needed or 0)} "
            "kursi yang diperlukan terisi)"
        )
        match self.step:
            case Step.HOURS:
                return f"Ditunda karena {lacking}. Dimulai lagi {_when(self.starts_at)}."
            case Step.DAYS:
                return f"Ditunda karena {lacking}. Diadakan lagi {_when(self.starts_at)}, di {self.venue}."
            case Step.ON:
                return f"Dilanjutkan dengan yang hadir, meskipun {lacking}."
        return f"{self._moved} Alasan: {self.reason}"

    @property
    def _moved(self) -> str:
        if self.starts_at == self.starts_before and self.venue != self.venue_before:
            return f"Tempat berubah dari {self.venue_before} menjadi {self.venue}."
        where = f", di {self.venue}"
        return f"Ditunda dari {_when(self.starts_before)} menjadi {_when(self.starts_at)}{where}."

    @property
    def notice(self) -> str:
        """For the invited: with the name of what they are invited to, and without anybody's reason."""
        if self.step == Step.MOVED:
            return f"{self.activity}: {self._moved}"
        return f"{self.activity}: {self.sentence}"

    def as_facts(self) -> dict[str, object]:
        """For the ledger."""
        told = {
            "step": self.step,
            "starts_before": self.starts_before,
            "starts_at": self.starts_at,
            "seats_needed": self.seats_needed,
            "seats_filled": self.seats_filled,
        }
        return {name: fact for name, fact in told.items() if fact is not None}


def _when(moment: datetime | None) -> str:
    return full_moment(moment, current_village().zone) if moment else ""
