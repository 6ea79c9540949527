from typing import TYPE_CHECKING

from django.db import models
from django.utils.text import slugify

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.models import Appointment, Role

if TYPE_CHECKING:
    from partisipasi.residents.models import Person

SEEDED = (
    "Jalan dan jembatan",
    "Air bersih dan irigasi",
    "Sampah dan lingkungan",
    "Penerangan dan listrik",
    "Bantuan sosial",
    "Pelayanan kantor desa",
    "Kesehatan dan posyandu",
    "Pendidikan dan pemuda",
    "Keamanan dan ketertiban",
    "Pertanian",
    "Anggaran dan pembangunan",
    "Lainnya",
)


class Deadline(models.IntegerChoices):
    """Within how many working days a report is answered (UU 25/2009, Perpres 76/2013)."""

    ORDINARY = 14, "14 hari kerja (tidak berkadar pengawasan)"
    OVERSIGHT = 60, "60 hari kerja (berkadar pengawasan)"


class CategoryQuerySet(models.QuerySet["Category"]):
    def seed(self) -> None:
        """Give the village in scope the categories to begin with; what it has already stays as it is."""
        if self.exists():
            return
        self.bulk_create(
            self.model(name=name, slug=slugify(name), order=order) for order, name in enumerate(SEEDED, 1)
        )


class Category(VillageRow):
    """What a report is about, who answers for it, and within how many working days. The village's own list."""

    name = models.CharField("nama", max_length=60)
    slug = models.SlugField("alamat", max_length=60, help_text="Huruf kecil, angka, dan tanda hubung.")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    deadline = models.PositiveSmallIntegerField(
        "tenggat jawaban", choices=Deadline, default=Deadline.ORDINARY
    )
    role = models.CharField(
        "ditangani oleh penugasan",
        max_length=12,
        choices=Role,
        blank=True,
        help_text="Siapa pun yang sedang memegang penugasan ini.",
    )
    person = models.ForeignKey(
        "residents.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penanggung jawab",
        help_text="Kosongkan bila cukup menurut penugasan.",
    )

    objects = ScopedManager(CategoryQuerySet)

    class Meta:
        verbose_name = "kategori laporan"
        verbose_name_plural = "kategori laporan"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "slug"],
                name="report_category_slug_once",
                violation_error_message="Alamat kategori ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                fields=["village", "name"],
                name="report_category_name_once",
                violation_error_message="Kategori ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def in_charge(self) -> "Person | None":
        """Who would be assigned a report of this kind: the person named here, else who holds the role today."""
        today = Appointment.objects.current(clock.today()).filter(person__retired_at__isnull=True)
        named = today.filter(person=self.person_id) if self.person_id else today.none()
        by_role = today.filter(role=self.role) if self.role else today.none()
        held = named.order_by("pk").first() or by_role.order_by("from_on", "pk").first()
        return held.person if held else None
