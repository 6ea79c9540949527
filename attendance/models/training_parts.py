from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Person

from .activity import Activity


class TrainingLeader(VillageRow):
    """Who led a training: a person of the address book, or somebody or an organisation from outside."""

    class Part(models.TextChoices):
        SPEAKER = "narasumber", "Narasumber"
        FACILITATOR = "fasilitator", "Fasilitator"
        PARTNER = "mitra", "Mitra kerja sama"

    training = models.ForeignKey(
        "attendance.Training", models.CASCADE, related_name="leaders", verbose_name="pelatihan"
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    part = models.CharField("sebagai", max_length=11, choices=Part, default=Part.SPEAKER)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="orang di buku alamat"
    )
    name = models.CharField(
        "nama", max_length=120, blank=True, help_text="Bagi yang tidak ada di buku alamat."
    )
    organisation = models.CharField("lembaga atau mitra", max_length=120, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "pemandu pelatihan"
        verbose_name_plural = "pemandu pelatihan"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name="") | ~Q(organisation=""),
                name="a_leader_is_somebody",
                violation_error_message="Pilih orangnya, atau tulis nama atau lembaganya.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(name=""),
                name="a_leader_is_named_once",
                violation_error_message="Pilih orang di buku alamat atau tulis namanya, jangan keduanya.",
            ),
            models.UniqueConstraint(
                fields=["training", "person", "part"],
                name="a_leader_has_a_part_once",
                violation_error_message="Orang ini sudah tercatat dengan peran yang sama.",
            ),
        ]

    def __str__(self) -> str:
        who = self.person.name if self.person else self.name
        return f"{who} ({self.organisation})" if who and self.organisation else who or self.organisation


class TrainingMaterialQuerySet(models.QuerySet["TrainingMaterial"]):
    def open_to(self, user: Any) -> Self:
        """Material of trainings that this visitor may see."""
        return self.filter(training__activity__in=Activity.objects.visible_to(user).order_by())


class TrainingMaterial(VillageRow):
    """Something to read before a training: a public file, or an address within the portal or on the web."""

    training = models.ForeignKey(
        "attendance.Training", models.CASCADE, related_name="materials", verbose_name="pelatihan"
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    title = models.CharField("judul", max_length=160)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berkas"
    )
    address = models.CharField(
        "alamat",
        max_length=500,
        blank=True,
        help_text="Salin dari peramban: artikel di portal ini, atau halaman lain yang berawal https://.",
    )

    objects = ScopedManager(TrainingMaterialQuerySet)

    class Meta:
        verbose_name = "bahan pelatihan"
        verbose_name_plural = "bahan pelatihan"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file__isnull=True) & ~Q(address="")) | (Q(file__isnull=False) & Q(address="")),
                name="material_is_a_file_or_an_address",
                violation_error_message="Unggah berkas atau tulis alamatnya, salah satu saja.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_outside(self) -> bool:
        return not self.file_id and not self.address.startswith("/")

    def get_absolute_url(self) -> str:
        return self.file.public_url(self.title) if self.file else self.address

    def clean(self) -> None:
        """Raises ValidationError for an address that nobody should be sent to."""
        leads_out = self.address.startswith(("https://", "http://"))
        leads_in = self.address.startswith("/") and not self.address.startswith("//")
        if self.address and not (leads_out or leads_in):
            raise ValidationError(
                {"address": "Tulis alamat yang berawal https://, atau alamat di portal ini."}
            )
