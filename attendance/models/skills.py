from collections.abc import Collection
from typing import Any, Self

from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, Person
from partisipasi.residents.permissions import coverage

from .competence import Competence
from .refusals import Refusal


def _agreed(purpose: str) -> models.Exists:
    """That the account of a card's person agrees to `purpose` today."""
    given = Consent.objects.standing().filter(purpose=purpose, user=models.OuterRef("person__user"))
    return models.Exists(given)


def _withdraw_public(user: Any) -> None:
    for given in Consent.objects.of(user).standing().filter(purpose=consents.SKILLS_PUBLIC):
        given.withdraw()


class SkillCardQuerySet(models.QuerySet["SkillCard"]):
    def within_reach(self, user: Any, perm: str) -> Self:
        """Those of people for whom this official's `perm` holds; a hamlet head's reach ends at his hamlet."""
        return self.current().filter(coverage(user, perm).as_q("person__region"))

    def current(self) -> Self:
        """Those of people who live here still, and whose account has not taken its consent back."""
        return self.filter(_agreed(consents.SKILLS), person__retired_at__isnull=True)

    def public(self) -> Self:
        """Those whose people chose to be seen by everybody."""
        return self.current().filter(_agreed(consents.SKILLS_PUBLIC), is_public=True)

    def able(self, competence: Competence | None = None, *, facilitating: bool = False) -> Self:
        """Those with this competence, or who would facilitate; each once."""
        offers = SkillOffer.objects.filter(card=models.OuterRef("pk"))
        if competence:
            offers = offers.filter(competence=competence)
        if facilitating:
            offers = offers.filter(facilitates=True)
        return self.filter(models.Exists(offers))

    def by_name(self) -> Self:
        shown = self.select_related("person__region__parent__parent").order_by("person__name", "pk")
        return shown.prefetch_related(
            models.Prefetch("offers", SkillOffer.objects.select_related("competence"))
        )

    @transaction.atomic
    def keep(
        self,
        person: Person,
        competences: Collection[Competence],
        facilitates: Collection[Competence],
        *,
        note: str,
        is_public: bool,
    ) -> "SkillCard":
        """What this person is ready to share, as he says it now, with his consent; to everybody only if he says so.

        Raises Refusal for a minor.
        """
        if person.is_minor:
            raise Refusal("Daftar keterampilan hanya untuk warga berumur 18 tahun ke atas.")
        Consent.objects.give(person.user, consents.SKILLS)
        if is_public:
            Consent.objects.give(person.user, consents.SKILLS_PUBLIC)
        else:
            _withdraw_public(person.user)
        told = {"note": note, "is_public": is_public, "kept_at": clock.now()}
        card, _ = self.update_or_create(person=person, defaults=told)
        card.offers.all().delete()
        SkillOffer.objects.bulk_create(
            SkillOffer(card=card, competence=each, facilitates=each in facilitates) for each in competences
        )
        return card

    def forget(self, user: Any) -> None:
        """Its giver took the consent back: what he shared goes at once, and with it the consent to show it."""
        self.filter(person__user=user).delete()
        _withdraw_public(user)

    def hide(self, user: Any) -> None:
        """The same for what everybody saw; officials still find it."""
        self.filter(person__user=user).update(is_public=False)


class SkillCard(VillageRow):
    """What a resident is ready to share with others (*daftar keterampilan*), by his consent and until he ends it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+", verbose_name="orang")
    note = models.CharField("keterangan", max_length=200, blank=True)
    is_public = models.BooleanField("tampil untuk umum", default=False)
    kept_at = models.DateTimeField("disimpan pada", default=clock.now)

    objects = ScopedManager(SkillCardQuerySet)

    class Meta:
        verbose_name = "keterampilan"
        verbose_name_plural = "daftar keterampilan"
        permissions = [("find_facilitators", "Mencari fasilitator dalam daftar keterampilan")]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def hamlet(self) -> str:
        """The dusun alone: where exactly somebody lives is not shared."""
        region = self.person.region
        while region and region.parent:
            region = region.parent
        return str(region or "")


class SkillOffer(VillageRow):
    """One competence that somebody shares, and whether he would lead a training in it."""

    card = models.ForeignKey(SkillCard, models.CASCADE, related_name="offers", verbose_name="keterampilan")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+", verbose_name="kompetensi")
    facilitates = models.BooleanField("bersedia memandu", default=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "kompetensi yang dibagikan"
        verbose_name_plural = "kompetensi yang dibagikan"
        ordering = ["competence__order", "competence__name"]
        constraints = [
            models.UniqueConstraint(fields=["card", "competence"], name="a_competence_is_offered_once")
        ]

    def __str__(self) -> str:
        return str(self.competence)
