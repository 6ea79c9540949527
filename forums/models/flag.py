from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models

from forums.notices import MODERATE
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.permissions import coverage

if TYPE_CHECKING:
    from partisipasi.residents.models import User

# So many open flags of verified residents put a post on hold until a moderator has decided.
FLAGS_TO_HOLD = 3
# Nobody reads and flags more than this on one day.
FLAGS_A_DAY = 20


class TooManyFlags(PermissionDenied):
    """The account flags more than a reader would."""


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> Self:
        """Flags about which no moderator has decided."""
        return self.filter(decided_at__isnull=True)

    def from_verified(self) -> Self:
        return self.filter(person__verified_at__isnull=False, person__retired_at__isnull=True)

    def moderated_by(self, user: Any) -> Self:
        return self.filter(coverage(user, MODERATE).as_q("post__topic__forum__region"))

    def refuse_too_many(self, by: "User") -> None:
        """Raises TooManyFlags where `by` has flagged enough for a day."""
        if self.filter(by=by, at__gt=clock.now() - timedelta(days=1)).count() >= FLAGS_A_DAY:
            raise TooManyFlags("Anda sudah banyak melapor hari ini. Coba lagi besok.")

    def decide(self, outcome: "Flag.Outcome", *, by: "User") -> "list[User]":
        """Close the open flags among these; answers with those who wait to hear what became of them."""
        flags = list(self.open().select_related("by"))
        self.filter(pk__in=[flag.pk for flag in flags]).update(
            outcome=outcome, decided_at=clock.now(), decided_by=by
        )
        return [flag.by for flag in flags]


class Flag(VillageRow):
    """A reader's word to the moderators that a post breaks the rules. Only they know who it was."""

    class Reason(models.TextChoices):
        RUDE = "kasar", "Kasar, menghina, atau mengancam"
        HATE = "sara", "Menyerang suku, agama, ras, atau golongan"
        PRIVATE = "data-pribadi", "Memuat data pribadi seseorang"
        FALSE = "menyesatkan", "Tidak benar atau menyesatkan"
        ADVERT = "iklan", "Iklan atau penipuan"
        OTHER = "lain", "Alasan lain"

    class Outcome(models.TextChoices):
        UPHELD = "diterima", "diterima"
        DISMISSED = "ditolak", "ditolak"

    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="flags", verbose_name="tanggapan")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh", editable=False
    )
    person = models.ForeignKey(
        "residents.Person", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    reason = models.CharField("alasan", max_length=16, choices=Reason)
    text = models.CharField("keterangan", max_length=500, blank=True)
    at = models.DateTimeField("pada")
    outcome = models.CharField("keputusan", max_length=12, choices=Outcome, blank=True)
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diputuskan oleh",
    )

    objects = ScopedManager(FlagQuerySet)

    class Meta:
        verbose_name = "laporan tanggapan"
        verbose_name_plural = "laporan tanggapan"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="one_flag_of_each_reader"),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | (~models.Q(outcome="") & models.Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="a_decided_flag_says_how_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["village", "post"],
                condition=models.Q(decided_at__isnull=True),
                name="flags_open",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()

    @property
    def by_name(self) -> str:
        return self.person.name if self.person else self.by.username
