from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.models import Membership, Unsur, User

from .activity import Activity
from .answering import Answering
from .refusals import SeatTaken


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> Self:
        """Those not withdrawn: the seats of the activity."""
        return self.filter(uninvited_at__isnull=True)

    def withdrawn(self) -> Self:
        return self.filter(uninvited_at__isnull=False).order_by("-uninvited_at")

    def of_account(self, user: Any) -> Self:
        """The seats of this account's person, and of the bodies to which it belongs."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(person__user=user) | Q(body__in=_bodies_of(user)))

    def named_like(self, text: str) -> Self:
        return self.filter(
            Q(person__name__icontains=text)
            | Q(body__name__icontains=text)
            | Q(representative__icontains=text)
            | Q(unsur__name__icontains=text)
        )

    def forget(self) -> int:
        """Take names and persons out of these seats; they stay to be counted."""
        known = self.filter(forgotten_at__isnull=True)
        return known.update(
            person=None, representative="", stand_in="", uninvited_reason="", forgotten_at=clock.now()
        )

    def by_name(self) -> Self:
        return self.annotate(invited_name=models.functions.Coalesce("person__name", "body__name")).order_by(
            "invited_name", "pk"
        )


def _bodies_of(user: User) -> Any:
    return Membership.objects.filter(person__user=user).values("body")


class Invitation(Answering, VillageRow):
    """A seat at an activity, given to a person or to a body. A stand-in may fill it (*mewakili*)."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="invitations", verbose_name="kegiatan"
    )
    person = models.ForeignKey(
        "residents.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="orang",
    )
    body = models.ForeignKey(
        "residents.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="lembaga",
    )
    representative = models.CharField(
        "wakil lembaga",
        max_length=120,
        blank=True,
        help_text="Nama yang diutus lembaga, bila sudah diketahui.",
    )
    unsur = models.ForeignKey(
        "residents.Unsur", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unsur"
    )
    invited_at = models.DateTimeField("diundang pada", default=clock.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    uninvited_at = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)
    uninvited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    uninvited_reason = models.CharField("alasan pencabutan", max_length=200, blank=True, editable=False)

    forgotten_at = models.DateTimeField("nama dihapus pada", null=True, editable=False)

    objects = ScopedManager(InvitationQuerySet)

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, body__isnull=True)
                | Q(person__isnull=True, body__isnull=False)
                | Q(person__isnull=True, forgotten_at__isnull=False),
                name="invitation_to_a_person_or_a_body",
                violation_error_message="Pilih satu: orang atau lembaga.",
            ),
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(uninvited_at__isnull=True),
                name="person_invited_once",
                violation_error_message="Orang ini sudah diundang.",
            ),
            models.UniqueConstraint(
                fields=["activity", "body"],
                condition=Q(uninvited_at__isnull=True),
                name="body_invited_once",
                violation_error_message="Lembaga ini sudah diundang.",
            ),
        ]
        indexes = [
            models.Index(fields=["activity"], condition=~Q(stand_in=""), name="invitation_with_stand_in")
        ]

    def __str__(self) -> str:
        return str(self.person or self.body or "(nama sudah dihapus)")

    @property
    def place(self):
        return self.activity.region

    @property
    def detail(self) -> str:
        """What tells two invited of one name apart: unsur, representative, where from."""
        invited = self.person or self.body
        where = invited.region if invited else None
        return " · ".join(filter(None, (str(self.unsur or ""), self.representative, str(where or ""))))

    @property
    def asks_name(self) -> bool:
        """An invited body that has not said whom it sends: the desk asks who came."""
        return bool(self.body_id and not self.representative)

    @property
    def filled_by_another(self) -> dict[str, "Invitation"]:
        """How Session.check_in takes this seat where somebody else than the invited one sits in it."""
        return {"invitation" if self.asks_name else "stands_for": self}

    @transaction.atomic
    def amend(self, *, unsur: Unsur | None = None, representative: str = "") -> None:
        """Say whom the seat represents, and whom an invited body sends. Raises CheckInClosed after closing."""
        Activity.objects.lock(self.activity_id).require_open()
        self.unsur = unsur
        self.representative = representative if self.body_id else ""
        self.save(update_fields=["unsur", "representative"])

    @transaction.atomic
    def withdraw(self, reason: str, by: User) -> None:
        """Take the seat back (*uninvite*). Raises SeatTaken where it is filled, CheckInClosed after closing."""
        activity = Activity.objects.lock(self.activity_id)
        activity.require_open()
        if self.attendances.present().exists():
            raise SeatTaken
        self.uninvited_at, self.uninvited_by, self.uninvited_reason = clock.now(), by, reason
        self.save(update_fields=["uninvited_at", "uninvited_by", "uninvited_reason"])
