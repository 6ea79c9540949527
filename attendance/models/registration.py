from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Person, User

from .activity import Activity
from .refusals import Refusal, RegistrationClosed
from .registering import move_up
from .telling import tell_place_taken_back


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def standing(self) -> Self:
        """Those not withdrawn, with a place or waiting."""
        return self.filter(withdrawn_at__isnull=True)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "-pk")

    def placed(self) -> Self:
        """Those who have a place."""
        return self.filter(placed_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(placed_at__isnull=True)

    def remembered(self) -> Self:
        """Those whose names are still kept."""
        return self.filter(forgotten_at__isnull=True)

    def in_order(self) -> Self:
        """First come first served: keys are given under the activity's lock, so they tell who came first."""
        return self.order_by("pk")

    def of_account(self, user: Any) -> Self:
        return self.filter(person__user=user) if user.is_authenticated else self.none()

    def named_like(self, text: str) -> Self:
        return self.filter(Q(name__icontains=text) | Q(person__name__icontains=text))

    @transaction.atomic
    def register(
        self,
        activity: Activity,
        *,
        nonce: UUID,
        how: str,
        person: Person | None = None,
        name: str = "",
        origin: str = "",
        guardian: str = "",
        by: User | None = None,
    ) -> "Registration":
        """Give somebody a place, or the next one in the waiting list where none is free.

        The same nonce again is the same registration, and so is a person's second one. Raises RegistrationClosed, and
        Refusal for a person who is invited already.
        """
        locked = Activity.objects.lock(activity.pk)
        same = Q(nonce=nonce) | (Q(person=person, withdrawn_at__isnull=True) if person else Q(pk__in=[]))
        if there := self.filter(same, activity=locked).first():
            return there
        locked.require_registration()
        if person and locked.invitations.standing().filter(person=person).exists():
            raise Refusal(f"{person} sudah diundang ke kegiatan ini, jadi tidak perlu mendaftar.")
        made = self.create(
            activity=locked,
            person=person,
            name="" if person else name,
            origin="" if person else origin,
            guardian="" if person else guardian,
            how=how,
            nonce=nonce,
            registered_by=by,
            placed_at=clock.now() if locked.registration_state == "buka" else None,
        )
        move_up(locked)
        activity.placed_count, activity.waiting_count = locked.placed_count, locked.waiting_count
        return made

    @transaction.atomic
    def forget(self) -> int:
        """Take names and persons out of these rows; they stay to be counted. Returns how many there were."""
        known = self.remembered()
        ahead = known.standing().filter(
            activity__closed_at__isnull=True,
            activity__cancelled_at__isnull=True,
            activity__starts_at__gt=clock.now(),
        )
        for registration in list(ahead.select_related("activity")):
            registration.withdraw()
        return known.update(
            person=None, name="", origin="", guardian="", withdrawn_reason="", forgotten_at=clock.now()
        )


class Registration(VillageRow):
    """Somebody who told beforehand that he comes (*pendaftar*), in the order of coming. It is no invited seat.

    Of who has no account it keeps what he calls himself, and no way to reach him: he looks for himself, by his code.
    """

    class How(models.TextChoices):
        ACCOUNT = "akun", "dengan akun"
        CODE = "kode", "tanpa akun"
        OFFICE = "petugas", "dicatat petugas"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="registrations", verbose_name="kegiatan"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="registrations", verbose_name="orang"
    )
    name = models.CharField("nama", max_length=120, blank=True)
    origin = models.CharField("asal", max_length=120, blank=True)
    guardian = models.CharField("wali", max_length=120, blank=True)
    """Of who registered without an account and is under 18; of those with one the address book knows it."""
    how = models.CharField("cara", max_length=7, choices=How)
    nonce = models.UUIDField(editable=False)
    registered_at = models.DateTimeField("mendaftar pada", default=clock.now)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField("mendapat tempat pada", null=True)
    withdrawn_at = models.DateTimeField("batal pada", null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField("alasan", max_length=200, blank=True)
    forgotten_at = models.DateTimeField("nama dihapus pada", null=True)

    objects = ScopedManager(RegistrationQuerySet)

    class Meta:
        verbose_name = "pendaftaran"
        verbose_name_plural = "pendaftaran"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "nonce"], name="one_registration_a_nonce"),
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="person_registered_once",
                violation_error_message="Orang ini sudah terdaftar.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name="") | Q(forgotten_at__isnull=False),
                name="registration_of_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["activity"], condition=Q(forgotten_at__isnull=True), name="registration_remembered"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.person or "(nama sudah dihapus)")

    @property
    def place(self):
        return self.activity.region

    @property
    def detail(self) -> str:
        """What tells two of one name apart: where from."""
        return self.origin or str((self.person and self.person.region) or "")

    @property
    def guardian_words(self) -> str:
        """Who answers for him, where he is under 18."""
        if self.person and self.person.age_group == Person.AgeGroup.CHILD:
            return self.person.guardian
        return self.guardian

    @property
    def number_in_line(self) -> int:
        """The place in the waiting list, from 1."""
        before = self.activity.registrations.standing().waiting().filter(pk__lte=self.pk)
        return before.count()

    @property
    def pill(self) -> tuple[str, str]:
        if self.withdrawn_at:
            return "neutral", "Batal"
        return ("done", "Terdaftar") if self.placed_at else ("warning", "Daftar tunggu")

    @property
    def why_not_withdrawn(self) -> str:
        """Why this one is not withdrawn any more; "" where it may be."""
        activity = self.activity
        if activity.cancelled_at:
            return "Kegiatan ini dibatalkan, jadi pendaftaran tidak perlu dibatalkan."
        if activity.closed_at or (activity.starts_at and activity.starts_at <= clock.now()):
            return "Kegiatan ini sudah dimulai, jadi pendaftaran tidak dapat dibatalkan lagi."
        return ""

    @transaction.atomic
    def withdraw(self, reason: str = "", by: User | None = None) -> None:
        """Give the place back, to who waits longest. `by` is the official who does it, with a reason that is told.

        Raises RegistrationClosed once the activity began or was called off. Twice changes nothing.
        """
        self.activity = Activity.objects.lock(self.activity_id)
        if why_not := self.why_not_withdrawn:
            raise RegistrationClosed(why_not)
        standing = Registration.objects.standing().filter(pk=self.pk)
        told = {"withdrawn_at": clock.now(), "withdrawn_by": by, "withdrawn_reason": reason}
        if not standing.update(**told):
            self.refresh_from_db(fields=list(told))
            return
        self.refresh_from_db(fields=[*told, "placed_at"])
        move_up(self.activity)
        if by:
            tell_place_taken_back(self, by)
            facts = {"activity": self.activity_id}
            record("registration.withdrawn", self, facts, sealed={"reason": reason})


def places_of(registrations: Iterable[Registration]) -> list[tuple[Registration, int | None]]:
    """Each with its place in the waiting list; None for who has a place."""
    line, told = 0, []
    for registration in registrations:
        line += registration.placed_at is None
        told.append((registration, None if registration.placed_at else line))
    return told
