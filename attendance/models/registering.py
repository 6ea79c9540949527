"""Registration (*pendaftaran*) as its activity knows it: from when until when, for how many, and how many there are."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User
from partisipasi.village.words import figures, full_moment

from .refusals import RegistrationClosed
from .telling import tell_place

if TYPE_CHECKING:
    from .activity import Activity

PILLS = {
    "belum": ("neutral", "Pendaftaran belum dibuka"),
    "buka": ("done", "Pendaftaran dibuka"),
    "penuh": ("warning", "Penuh, daftar tunggu dibuka"),
    "tutup": ("neutral", "Pendaftaran ditutup"),
}


class Registering(models.Model):
    """What an activity knows of its registration; without an opening time it takes none.

    The counts are kept here by `move_up`, under the activity's lock, so that its page asks nothing more.
    """

    registration_opens_at = models.DateTimeField("pendaftaran dibuka", null=True, editable=False)
    registration_closes_at = models.DateTimeField("pendaftaran ditutup", null=True, editable=False)
    capacity = models.PositiveIntegerField("jumlah tempat", null=True, editable=False)
    placed_count = models.PositiveIntegerField("terdaftar", default=0, editable=False)
    waiting_count = models.PositiveIntegerField("dalam daftar tunggu", default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def registration_ends_at(self) -> datetime | None:
        """When nobody registers any more: at the time that was set, at the latest when the activity begins."""
        activity = cast("Activity", self)
        ends = [each for each in (self.registration_closes_at, activity.starts_at) if each]
        return min(ends, default=None)

    @property
    def registration_state(self) -> str:
        """Whether one registers now: belum, buka, penuh (for the waiting list), tutup; "" where none ever does."""
        activity, now = cast("Activity", self), clock.now()
        if not self.registration_opens_at or activity.cancelled_at or not activity.announced_at:
            return ""
        if activity.closed_at or (self.registration_ends_at and self.registration_ends_at <= now):
            return "tutup"
        if now < self.registration_opens_at:
            return "belum"
        return "penuh" if self.places_left == 0 or self.waiting_count else "buka"

    @property
    def is_registration_open(self) -> bool:
        return self.registration_state in {"buka", "penuh"}

    @property
    def registration_pill(self) -> tuple[str, str] | None:
        return PILLS.get(self.registration_state)

    @property
    def places_left(self) -> int | None:
        """How many places are free; None where there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.placed_count, 0)

    @property
    def places_line(self) -> str:
        """For everybody: `Sisa tempat 4 dari 30`, and how long the waiting list is."""
        if self.places_left is None:
            left = f"Terdaftar {figures(self.placed_count)} orang"
        else:
            left = f"Sisa tempat {figures(self.places_left)} dari {figures(self.capacity or 0)}"
        waiting = f"Daftar tunggu {figures(self.waiting_count)}" if self.waiting_count else ""
        return " · ".join(filter(None, (left, waiting)))

    @property
    def registration_times(self) -> str:
        """When it opens, or until when it lasts, in words."""
        if self.registration_state == "belum":
            return f"Dibuka {_moment(cast(datetime, self.registration_opens_at))}."
        if self.is_registration_open and self.registration_ends_at:
            return f"Ditutup {_moment(self.registration_ends_at)}."
        return ""

    @transaction.atomic
    def set_registration(
        self, *, opens_at: datetime, closes_at: datetime | None, capacity: int | None, by: User
    ) -> None:
        """Let people register between these times, for so many places; None is until it begins, and without limit.

        More places than before are given to those who wait, in their order; fewer take no place away from anybody.
        Raises CheckInClosed, ActivityCancelled, ValidationError for times that cannot be.
        """
        activity = cast("Activity", self)
        locked = type(activity).objects.lock(activity.pk)
        locked.require_open()
        if closes_at and closes_at <= opens_at:
            raise ValidationError(
                {"closes_at": "Pendaftaran ditutup sesudah dibuka, jadi pilih waktu yang lebih akhir."}
            )
        if locked.starts_at and opens_at >= locked.starts_at:
            raise ValidationError({"opens_at": "Pendaftaran dibuka sebelum kegiatan dimulai."})
        told = {"registration_opens_at": opens_at, "registration_closes_at": closes_at, "capacity": capacity}
        if all(getattr(locked, name) == value for name, value in told.items()):
            return
        kind = "registration.changed" if locked.registration_opens_at else "registration.opened"
        for name, value in told.items():
            setattr(activity, name, value)
        activity.save(update_fields=list(told))
        move_up(activity)
        facts = {"opens_at": opens_at, "closes_at": closes_at, "capacity": capacity}
        record(kind, activity, facts)

    def require_registration(self) -> None:
        """Raises RegistrationClosed where nobody may register now."""
        if self.is_registration_open:
            return
        sentences = {
            "belum": f"Pendaftaran belum dibuka. {self.registration_times}",
            "tutup": "Pendaftaran sudah ditutup.",
        }
        raise RegistrationClosed(sentences.get(self.registration_state, ""))


def move_up(activity: Any) -> None:
    """Give free places to those who wait, first come first served, and tell them; then count. Under the lock.

    After the beginning nobody moves up any more: who waited was not told to come.
    """
    standing = activity.registrations.standing()
    is_to_come = not activity.starts_at or clock.now() < activity.starts_at
    moved: list[Any] = []
    if is_to_come and not activity.cancelled_at:
        waiting = standing.waiting().in_order().select_related("person__user")
        free = None if activity.capacity is None else max(activity.capacity - standing.placed().count(), 0)
        moved = list(waiting if free is None else waiting[:free])
        now = clock.now()
        activity.registrations.filter(pk__in=[each.pk for each in moved]).update(placed_at=now)
    activity.placed_count = standing.placed().count()
    activity.waiting_count = standing.waiting().count()
    activity.save(update_fields=["placed_count", "waiting_count"])
    for registration in moved:
        tell_place(activity, registration)


def _moment(moment: datetime) -> str:
    return full_moment(moment, current_village().zone)
