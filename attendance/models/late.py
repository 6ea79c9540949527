from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Person, Unsur, User
from partisipasi.village.words import clock_time

from .activity import Activity
from .attendance import Attendance
from .attendee import Guest
from .invitation import Invitation
from .refusals import AlreadyPresent, Refusal
from .registration import Registration
from .session import Session
from .tap import Tap

TOLD = ("name", "sex", "age_group", "guardian", "unsur", "region", "address", "phone", "institution")


class LateArrivalQuerySet(models.QuerySet["LateArrival"]):
    def waiting(self) -> Self:
        return self.filter(settled_at__isnull=True)

    def settled(self) -> Self:
        return self.filter(settled_at__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("arrived_at", "pk")

    @transaction.atomic
    def keep(self, session: Session, tap: Tap, *, nonce: UUID, by: User, **told: Any) -> "LateArrival":
        """Put what came after closing into the tray. The same nonce twice is the same arrival."""
        Activity.objects.lock(session.activity_id)
        if kept := self.filter(session=session, nonce=nonce).first():
            return kept
        who, seat = told.get("who"), told.get("stands_for") or told.get("invitation")
        facts: dict[str, Any] = {
            "invitation": seat,
            "is_stand_in": bool(told.get("stands_for")),
            "registration": told.get("registration"),
        }
        if isinstance(who, Guest):
            facts |= {field: getattr(who, field) for field in TOLD}
        elif who:
            facts["person"] = who
        return self.create(
            **facts,
            session=session,
            nonce=nonce,
            desk=tap.desk,
            device_at=tap.device_at,
            arrived_at=tap.arrived_at,
            brought_by=by,
        )

    @transaction.atomic
    def take(self, activity: Activity, reason: str, by: User) -> int:
        """Let these waiting ones of that activity into its lists, reopening them; how many there were.

        Raises Refusal where none waits any more, ValidationError where a seat no longer holds.
        """
        open_now = not Activity.objects.lock(activity.pk).closed_at
        late = list(self.waiting().filter(session__activity=activity).in_order())
        if not late:
            raise Refusal("Susulan itu sudah diputuskan.")
        if open_now:
            for arrival in late:
                arrival.enter(by)
        else:
            activity.reopen(reason, by, late=late)
        return len(late)


class LateArrival(VillageRow):
    """Somebody marked present by a desk without a network, who became known after closing (*susulan*).

    It waits until the secretary takes it in, which reopens the list, or declines it; both with a reason.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="late_arrivals", verbose_name="sesi")
    nonce = models.UUIDField(editable=False)
    desk = models.UUIDField("meja", editable=False)
    device_at = models.DateTimeField("jam perangkat")
    arrived_at = models.DateTimeField("datang pada")
    received_at = models.DateTimeField("diterima pada", default=clock.now, editable=False)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, null=True, blank=True, related_name="late_arrivals"
    )
    is_stand_in = models.BooleanField("mewakili", default=False)
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="late_arrivals"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("nama", max_length=120, blank=True)
    sex = models.CharField("L/P", max_length=1, choices=Person.Sex, blank=True)
    age_group = models.CharField("kelompok umur", max_length=5, choices=Person.AgeGroup, blank=True)
    guardian = models.CharField("wali", max_length=120, blank=True)
    unsur = models.ForeignKey(Unsur, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey("village.Region", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField("alamat", max_length=200, blank=True)
    phone = models.CharField("nomor HP", max_length=16, blank=True)
    institution = models.CharField("instansi", max_length=120, blank=True)

    settled_at = models.DateTimeField("diputuskan pada", null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    attendance = models.ForeignKey(
        Attendance, models.PROTECT, null=True, editable=False, related_name="late_arrivals"
    )
    declined_reason = models.CharField("alasan penolakan", max_length=200, blank=True, editable=False)

    objects = ScopedManager(LateArrivalQuerySet)

    class Meta:
        verbose_name = "susulan"
        verbose_name_plural = "susulan"
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nonce"], name="one_late_arrival_a_nonce"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(attendance__isnull=False) | ~Q(declined_reason=""),
                name="late_arrival_taken_or_declined_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["village", "arrived_at"], condition=Q(settled_at__isnull=True), name="late_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.person or self.registration or self.invitation)

    @property
    def place(self):
        return self.session.activity.region

    @property
    def told(self) -> str:
        """One line for who decides: who, when, and who marked it."""
        came = clock_time(timezone.localtime(self.arrived_at))
        seat = ""
        if self.invitation and str(self) != str(self.invitation):
            seat = f", {'mewakili' if self.is_stand_in else 'dari'} {self.invitation}"
        return f"{self}{seat} · dicatat pukul {came} oleh {self.brought_by}"

    def enter(self, by: User) -> None:
        """Put it on the open list; who is there already is settled with the line that he has."""
        seat: dict[str, Any] = {"stands_for" if self.is_stand_in else "invitation": self.invitation}
        if self.registration_id:
            seat = {"registration": self.registration}
        tap = Tap(self.desk, self.device_at, self.arrived_at)
        try:
            line = self.session.check_in(self._who, by=by, nonce=self.nonce, tap=tap, **seat)
        except AlreadyPresent as there:
            line = there.attendance
        self.settled_at, self.settled_by, self.attendance = clock.now(), by, line
        self.save(update_fields=["settled_at", "settled_by", "attendance"])

    @property
    def _who(self) -> Person | Guest | None:
        if self.name:
            return Guest(**{field: getattr(self, field) for field in TOLD})
        return self.person

    @transaction.atomic
    def decline(self, reason: str, by: User) -> None:
        """It stays off the list. Raises Refusal where it was decided before."""
        activity = Activity.objects.lock(self.session.activity_id)
        settled = LateArrival.objects.waiting().filter(pk=self.pk)
        if not settled.update(settled_at=clock.now(), settled_by=by, declined_reason=reason):
            raise Refusal("Susulan itu sudah diputuskan.")
        self.refresh_from_db(fields=["settled_at", "settled_by", "declined_reason"])
        record("arrival.declined", self, {"activity": activity.pk}, sealed={"reason": reason})
