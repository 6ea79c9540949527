from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.residents import consents

if TYPE_CHECKING:
    from .user import User


class ConsentQuerySet(models.QuerySet["Consent"]):
    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    @transaction.atomic
    def give(self, user: "User", purpose: str) -> "Consent":
        """`user` agrees to what is asked today for `purpose`; who agreed to these words already agrees once."""
        asked = consents.latest(purpose)
        words = asked.to(current_village().full_name)
        given, _ = self.standing().get_or_create(
            user=user, purpose=purpose, version=asked.version, defaults={"words": words}
        )
        return given


class Consent(VillageRow):
    """Proof that an account's holder agreed: to which words, when, and until when."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="akun")
    purpose = models.CharField("keperluan", max_length=20, choices=list(consents.MEANINGS.items()))
    version = models.PositiveSmallIntegerField("versi")
    words = models.TextField("bunyi persetujuan")
    given_at = models.DateTimeField("disetujui pada", default=clock.now)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)

    objects = ScopedManager(ConsentQuerySet)

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "user", "purpose", "version"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} (versi {self.version})"

    @property
    def ends_the_account(self) -> bool:
        """Without it there is no account: it is withdrawn by asking for erasure."""
        return self.purpose == consents.ACCOUNT

    @property
    def ending(self) -> str:
        """What withdrawing it does, in a sentence."""
        return consents.ENDINGS.get(self.purpose, "")

    @transaction.atomic
    def withdraw(self) -> bool:
        """It stands no longer, and what was kept by it goes at once; False where it was withdrawn before."""
        fresh = Consent.objects.filter(pk=self.pk, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
        self.refresh_from_db(fields=["withdrawn_at"])
        if fresh:
            consents.ended(self.purpose, self.user)
        return bool(fresh)
