from typing import Self

from django.db import models

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.phones import PhoneField


class BodyQuerySet(models.QuerySet["Body"]):
    def public(self) -> Self:
        """The village's own bodies, those of its government left out, with who leads them: in two statements."""
        leading = Membership.objects.leading().select_related("person")
        own = self.exclude(kind__in=[Body.Kind.GOVERNMENT, Body.Kind.OUTSIDE]).select_related("region")
        return own.prefetch_related(models.Prefetch("memberships", leading, to_attr="leaders"))


class Body(VillageRow):
    """A body of the village: BPD, LPM, PKK, an RT, a Pokja; or one from outside (an NGO, an agency)."""

    class Kind(models.TextChoices):
        GOVERNMENT = "pemdes", "Pemerintah Desa"
        BPD = "bpd", "BPD"
        LKD = "lkd", "lembaga kemasyarakatan desa"
        NEIGHBOURHOOD = "rt-rw", "RT/RW"
        GROUP = "kelompok", "kelompok masyarakat"
        OUTSIDE = "luar", "lembaga dari luar desa"

    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    region = models.ForeignKey(
        "village.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wilayah"
    )
    phone = PhoneField("nomor HP", blank=True)

    objects = ScopedManager(BodyQuerySet)

    class Meta:
        verbose_name = "lembaga"
        verbose_name_plural = "lembaga"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="body_name_once",
                violation_error_message="Lembaga ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return self.name


LEADING = ("Ketua", "Sekretaris", "Bendahara")
"""Whose place in a body is public, in their order; what comes after the word, as in "Ketua RT 003", does no harm."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def leading(self) -> Self:
        """Chair, secretary and treasurer, as far as they live here still; chairs first."""
        places = [models.When(position__istartswith=word, then=place) for place, word in enumerate(LEADING)]
        rank = models.Case(*places, default=None, output_field=models.IntegerField())
        ranked = self.annotate(rank=rank).filter(rank__isnull=False, person__retired_at__isnull=True)
        return ranked.order_by("rank", "pk")


class Membership(VillageRow):
    """A person's place in a body: ketua, sekretaris, anggota."""

    person = models.ForeignKey(
        "residents.Person", models.CASCADE, related_name="memberships", verbose_name="orang"
    )
    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships", verbose_name="lembaga")
    position = models.CharField("kedudukan", max_length=60, default="Anggota")

    objects = ScopedManager(MembershipQuerySet)

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        ordering = ["body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body"],
                name="member_of_a_body_once",
                violation_error_message="Sudah menjadi anggota.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.body}"
