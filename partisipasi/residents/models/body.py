from django.db import models

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.phones import PhoneField


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

    objects = ScopedManager()

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


class Membership(VillageRow):
    """A person's place in a body: ketua, sekretaris, anggota."""

    person = models.ForeignKey(
        "residents.Person", models.CASCADE, related_name="memberships", verbose_name="orang"
    )
    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships", verbose_name="lembaga")
    position = models.CharField("kedudukan", max_length=60, default="Anggota")

    objects = ScopedManager()

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
