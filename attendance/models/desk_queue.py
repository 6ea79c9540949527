"""What a desk's queue brings once its network is back, and what the desk is told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.models import User

from .attendance import Attendance
from .late import LateArrival
from .refusals import AlreadyPresent, CheckInClosed, Refusal
from .session import Session
from .tap import Tap

SILENT_AFTER = timedelta(minutes=3)


@dataclass(frozen=True)
class Outcome:
    """What became of one check-in: recorded, already, late or refused, and the sentence for the desk.

    `asks`: it is refused only until the desk says that this is another person of the same name.
    """

    state: str
    text: str
    line: Attendance | None = None
    asks: bool = False

    @property
    def is_settled(self) -> bool:
        """Does the desk need to keep it no longer?"""
        return self.state != "refused"


def take_in(session: Session, tap: Tap, *, nonce: UUID, by: User, **told: Any) -> Outcome:
    """Record one check-in from a queue, exactly once however often and in whatever order it is sent."""
    if late := session.late_arrivals.filter(nonce=nonce).first():
        return _told_of(late)
    try:
        line = session.check_in(by=by, nonce=nonce, tap=tap, **told)
    except AlreadyPresent as there:
        SecondTap.objects.note(there.attendance, tap.desk, nonce, by)
        by_whom = there.attendance.checked_in_by or "yang bersangkutan sendiri"
        return Outcome("already", f"{there} Dicatat oleh {by_whom}, tidak dua kali.")
    except CheckInClosed:
        return _told_of(LateArrival.objects.keep(session, tap, nonce=nonce, by=by, **told))
    except Refusal as refusal:
        return Outcome("refused", str(refusal))
    except ValidationError as refusal:
        return Outcome("refused", " ".join(refusal.messages))
    stands_for = f", mewakili {line.stands_for}" if line.stands_for else ""
    return Outcome("recorded", f"{line.name} tercatat hadir{stands_for}.", line)


def _told_of(late: LateArrival) -> Outcome:
    if late.declined_reason:
        return Outcome("late", f"{late} datang sesudah daftar ditutup dan ditolak: {late.declined_reason}")
    if late.settled_at:
        return Outcome("recorded", f"{late} sudah diterima dari susulan.")
    return Outcome(
        "late", f"Daftar hadir sudah ditutup. {late} menunggu di susulan sampai sekretaris memutuskan."
    )


class DeskContactQuerySet(models.QuerySet["DeskContact"]):
    def hear(self, session: Session, desk: UUID, *, waiting: int, by: User) -> "DeskContact":
        """A desk has spoken, and has that many check-ins left."""
        heard = {"waiting": waiting, "heard_at": clock.now(), "heard_from": by}
        contact, _ = self.update_or_create(session=session, desk=desk, defaults=heard)
        return contact

    def with_queue(self) -> Self:
        return self.filter(waiting__gt=0).order_by("heard_at", "pk")

    def silent(self) -> Self:
        """Had nothing left when they were last heard, and may have marked people since without a network."""
        return self.filter(waiting=0, heard_at__lt=clock.now() - SILENT_AFTER).order_by("heard_at", "pk")


class DeskContact(VillageRow):
    """When a desk of this session was last heard, and how many check-ins it still held then."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="desks", verbose_name="sesi")
    desk = models.UUIDField("meja", editable=False)
    waiting = models.PositiveIntegerField("menunggu", default=0)
    heard_at = models.DateTimeField("terakhir terdengar")
    heard_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(DeskContactQuerySet)

    class Meta:
        verbose_name = "meja presensi"
        verbose_name_plural = "meja presensi"
        ordering = ["session", "heard_at"]
        constraints = [models.UniqueConstraint(fields=["session", "desk"], name="one_contact_a_desk")]

    def __str__(self) -> str:
        return f"Meja {self.heard_from} ({str(self.desk)[:4]})"


class SecondTapQuerySet(models.QuerySet["SecondTap"]):
    def note(self, line: Attendance, desk: UUID, nonce: UUID, by: User) -> None:
        """Another desk marked the same person; noted once per check-in, and not for a desk's own second tap."""
        if line.desk and line.desk != desk:
            self.get_or_create(attendance=line, nonce=nonce, defaults={"desk": desk, "tapped_by": by})

    def news_for(self, desk: UUID, activity: Any) -> list[str]:
        """What the desk that was first has not been told yet; told once."""
        fresh = self.filter(
            attendance__desk=desk, attendance__session__activity=activity, told_at__isnull=True
        ).select_related("attendance", "tapped_by")
        news = []
        for tap in fresh.order_by("pk"):
            if self.filter(pk=tap.pk, told_at__isnull=True).update(told_at=clock.now()):
                news.append(
                    f"{tap.attendance.name} juga dicatat di meja lain oleh {tap.tapped_by}. Barisnya tetap satu."
                )
        return news


class SecondTap(VillageRow):
    """Two desks marked one person: there is one line, and the desk that was first is told too."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="second_taps")
    desk = models.UUIDField(editable=False)
    nonce = models.UUIDField(editable=False)
    tapped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    objects = ScopedManager(SecondTapQuerySet)

    class Meta:
        verbose_name = "pencatatan kedua"
        verbose_name_plural = "pencatatan kedua"
        ordering = ["noted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["attendance", "nonce"], name="one_second_tap_a_nonce")]

    def __str__(self) -> str:
        return str(self.attendance)
