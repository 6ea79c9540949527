from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.residents.models import Person, User
from partisipasi.village.words import clock_span, clock_time, full_date

from .activity import Activity
from .attendee import (
    NO_GUARDIAN,
    Guest,
    as_asked,
    facts_of,
    facts_of_invited,
    facts_of_registered,
    facts_of_seat,
    lacks_guardian,
)
from .refusals import AlreadyPresent, CheckInNotOpen
from .tap import Tap


class SessionQuerySet(models.QuerySet["Session"]):
    def in_order(self) -> Self:
        return self.order_by("starts_at", "pk")

    def of(self, activities: "models.QuerySet[Activity]") -> Self:
        """The sittings of these activities, in order, each with its activity, kind and hamlet."""
        of_these = self.filter(activity__in=activities.order_by())
        return of_these.select_related("activity__kind", "activity__region").in_order()

    def touching(self, start: datetime, end: datetime) -> Self:
        """Those that begin or last at some moment from `start` until before `end`."""
        return self.filter(Q(starts_at__gte=start) | Q(ends_at__gt=start), starts_at__lt=end)

    def lately(self) -> Self:
        """Those that phones may ask for: of announced activities, on now or begun within a day."""
        now = clock.now()
        tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
            days=1
        )
        return self.filter(
            Q(ends_at__gt=now) | Q(starts_at__gt=now - timedelta(days=1)),
            starts_at__lt=tomorrow,
            activity__announced_at__lte=now,
        )


class Session(VillageRow):
    """One sitting of an activity, with a list of its own. Without an end it lasts *s.d. selesai*."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions", verbose_name="kegiatan")
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField(
        "selesai", null=True, blank=True, help_text="Kosongkan untuk “s.d. selesai”."
    )
    name = models.CharField(
        "nama sesi", max_length=80, blank=True, help_text="Hanya perlu bila ada beberapa sesi."
    )
    venue = models.CharField(
        "tempat", max_length=120, blank=True, help_text="Kosongkan bila di tempat kegiatan."
    )

    counts = models.JSONField("hitungan saat ditutup", null=True, editable=False)
    """The numbers of the closed list (`Tally.as_facts`), as the ledger has them; None while it is open."""

    objects = ScopedManager(SessionQuerySet)

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message="Waktu selesai harus sesudah waktu mulai.",
            ),
            models.UniqueConstraint(
                fields=["activity", "starts_at"],
                name="one_session_at_a_time",
                violation_error_message="Sudah ada sesi yang mulai pada waktu ini.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.day_text}, {self.time_text}"

    @property
    def place(self):
        return self.activity.region

    @property
    def zone(self):
        return current_village().zone

    @property
    def starts_local(self):
        return timezone.localtime(self.starts_at, self.zone)

    @property
    def day(self):
        return self.starts_local.date()

    @property
    def day_text(self) -> str:
        return full_date(self.day)

    @property
    def time_text(self) -> str:
        ends = timezone.localtime(self.ends_at, self.zone) if self.ends_at else None
        return clock_span(self.starts_local, ends, self.zone)

    @property
    def last_day(self):
        """The last day that it reaches into; midnight itself belongs to the day before."""
        if not self.ends_at:
            return self.day
        return timezone.localtime(self.ends_at - timedelta(microseconds=1), self.zone).date()

    @property
    def start_text(self) -> str:
        return clock_time(self.starts_local)

    @property
    def venue_text(self) -> str:
        return self.venue or self.activity.venue

    @property
    def over_at(self):
        """When it is over for certain: its end, or the end of the day where none is set."""
        midnight = self.starts_local.replace(hour=0, minute=0, second=0, microsecond=0)
        return self.ends_at or midnight + timedelta(days=1)

    @property
    def has_come(self) -> bool:
        """The list is kept from the morning of the day on: a desk opens before the first word is spoken."""
        return timezone.localtime(clock.now(), self.zone).date() >= self.day

    @transaction.atomic
    def check_in(
        self,
        who: "Person | Guest | None" = None,
        *,
        by: User | None,
        nonce: UUID | None = None,
        invitation=None,
        stands_for=None,
        registration=None,
        method: str = "meja",
        tap: Tap | None = None,
    ):
        """Record who is present, and return the Attendance.

        `invitation` alone: the invited himself, or the body's representative. `who` alone: a walk-in, or the invited
        person in his own seat. `who` with `stands_for`: somebody who fills the seat of that invitation. `who` with
        `invitation` of a body: the one it sent. `registration` alone: who registered, as `who` of the address book is
        known to have done too.

        `by` is None where somebody without an account did it himself, by phone.

        `tap` says from which desk it came and when, where it waited for a network.

        The same nonce twice is the same check-in, so a desk may send again. Raises AlreadyPresent where the person or
        the seat is on the list already, CheckInClosed after closing, CheckInNotOpen before the day, ValidationError
        where a name is missing.
        """
        # One lock for the activity keeps closing and late check-ins apart, and orders several desks.
        activity = Activity.objects.lock(self.activity_id)
        nonce = nonce or uuid4()
        if sent_before := self.attendances.filter(nonce=nonce).first():
            return sent_before
        activity.require_open()
        if not self.has_come:
            raise CheckInNotOpen(f"Kehadiran baru dapat dicatat pada hari kegiatan: {self.day_text}.")
        facts = (
            self._facts_of_registered(registration)
            if registration
            else self._facts(who, invitation or stands_for, is_stand_in=stands_for is not None)
        )
        self._require_absent(facts)
        facts = as_asked(facts, activity.kind.columns)
        facts |= tap.facts if tap else {"checked_in_at": clock.now()}
        return self.attendances.create(**facts, nonce=nonce, checked_in_by=by, method=method)

    def _facts(self, who, invitation, *, is_stand_in: bool) -> dict:
        if who is None:
            facts = facts_of_invited(invitation)
        else:
            facts = facts_of(who) | {"registration": self._own_registration(who)}
            invitation = invitation or self._own_seat(who)
            if invitation:
                facts |= facts_of_seat(invitation)
        if invitation and (invitation.activity_id != self.activity_id or invitation.uninvited_at):
            raise ValidationError("Undangan ini tidak berlaku untuk kegiatan ini.")
        if not facts["name"].strip():
            raise ValidationError({"name": "Tulis nama yang hadir."})
        if lacks_guardian(facts):
            raise ValidationError({"guardian": NO_GUARDIAN})
        return facts | {"is_stand_in": is_stand_in}

    def _facts_of_registered(self, registration) -> dict:
        if registration.activity_id != self.activity_id or registration.withdrawn_at:
            raise ValidationError("Pendaftaran ini tidak berlaku untuk kegiatan ini.")
        seat = self._own_seat(registration.person)
        return facts_of_registered(registration) | (facts_of_seat(seat) if seat else {})

    def _own_seat(self, who):
        if not isinstance(who, Person):
            return None
        return self.activity.invitations.standing().filter(person=who).first()

    def _own_registration(self, who):
        if not isinstance(who, Person):
            return None
        return self.activity.registrations.standing().filter(person=who).first()

    def _require_absent(self, facts: dict) -> None:
        same = Q(pk__in=[])
        if facts.get("person"):
            same |= Q(person=facts["person"])
        if facts.get("invitation"):
            same |= Q(invitation=facts["invitation"])
        if facts.get("registration"):
            same |= Q(registration=facts["registration"])
        if there := self.attendances.present().filter(same).first():
            raise AlreadyPresent(there)
