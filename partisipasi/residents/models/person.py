from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow

if TYPE_CHECKING:
    from .user import User


class Unsur(VillageRow):
    """Whom a participant represents (Permendesa 2/2015 art. 5; domain: 1.5). The village edits the list."""

    name = models.CharField("nama", max_length=80)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    sensitive = models.BooleanField(
        "peka",
        default=False,
        help_text="Di samping nama akan mengungkap hal pribadi; pada halaman publik hanya dijumlahkan.",
    )

    objects = ScopedManager()

    class Meta:
        verbose_name = "unsur"
        verbose_name_plural = "unsur"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="unsur_name_once",
                violation_error_message="Unsur ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def of(self, user: "User") -> "Person | None":
        """The person whom this account belongs to in the village in scope."""
        return self.filter(user=user).first() if user.is_authenticated else None

    def named_like(self, text: str) -> Self:
        return self.filter(name__icontains=text)


class Person(VillageRow):
    """A row of the village's address book, with or without an account."""

    class Sex(models.TextChoices):
        MALE = "L", "laki-laki"
        FEMALE = "P", "perempuan"

    class AgeGroup(models.TextChoices):
        CHILD = "<18", "di bawah 18 tahun"
        YOUTH = "18-24", "18–24 tahun"
        ADULT = "25-44", "25–44 tahun"
        MIDDLE = "45-59", "45–59 tahun"
        SENIOR = "60+", "60 tahun ke atas"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="akun",
    )
    name = models.CharField("nama", max_length=120)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex, blank=True)
    age_group = models.CharField("kelompok umur", max_length=5, choices=AgeGroup, blank=True)
    guardian = models.CharField(
        "nama wali", max_length=120, blank=True, help_text="Wajib bagi yang berumur di bawah 18 tahun."
    )
    region = models.ForeignKey(
        "village.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wilayah"
    )
    address = models.CharField("alamat", max_length=200, blank=True)
    unsur = models.ForeignKey(
        Unsur, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unsur"
    )
    phone = models.CharField("nomor HP", max_length=16, blank=True)
    nik_hmac = models.CharField(max_length=64, blank=True, editable=False)
    nipd = models.CharField("NIP/NIPD", max_length=30, blank=True)
    bodies = models.ManyToManyField(
        "residents.Body", through="residents.Membership", related_name="people", verbose_name="lembaga"
    )
    verified_at = models.DateTimeField("diverifikasi pada", null=True, blank=True)
    retired_at = models.DateTimeField("tidak aktif sejak", null=True, blank=True)
    created_at = models.DateTimeField("dicatat pada", default=clock.now, editable=False)

    objects = ScopedManager(PersonQuerySet)

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "buku alamat"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "user"],
                name="one_person_per_account_and_village",
                violation_error_message="Akun ini sudah terhubung dengan orang lain di desa ini.",
            ),
            models.UniqueConstraint(
                fields=["village", "nik_hmac"], condition=~models.Q(nik_hmac=""), name="nik_once_per_village"
            ),
        ]
        indexes = [models.Index(fields=["village", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_minor(self) -> bool:
        return self.age_group == self.AgeGroup.CHILD


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
    phone = models.CharField("nomor HP", max_length=16, blank=True)

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

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name="orang")
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
