from django.db import models
from django.utils.text import slugify

from partisipasi.db import ScopedManager, VillageRow

SEEDED = ("Berita", "Pengumuman", "Edukasi", "Kegiatan Desa", "Transparansi")


class InformationKind(models.TextChoices):
    """What a reader wants to know: what happened, what is to be done by when, or how something works."""

    NEWS = "berita", "Berita"
    NOTICE = "pengumuman", "Pengumuman"
    LESSON = "edukasi", "Edukasi"


def kind_of(slug: str) -> str:
    """The kind of a category that is called by a kind's name, else news."""
    return slug if slug in InformationKind.values else InformationKind.NEWS.value


class CategoryQuerySet(models.QuerySet["Category"]):
    def seed(self) -> None:
        """Give the village in scope the categories to begin with; what it has already stays as it is."""
        if self.exists():
            return
        self.bulk_create(
            self.model(name=name, slug=slugify(name), order=order, kind=kind_of(slugify(name)))
            for order, name in enumerate(SEEDED, 1)
        )


class Category(VillageRow):
    """Under what heading an article stands. The village edits the list."""

    name = models.CharField("nama", max_length=60)
    slug = models.SlugField("alamat", max_length=60, help_text="Huruf kecil, angka, dan tanda hubung.")
    kind = models.CharField(
        "jenis",
        max_length=10,
        choices=InformationKind,
        default=InformationKind.NEWS,
        help_text="Pembaca dapat menyaring daftar menurut jenis.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ScopedManager(CategoryQuerySet)

    class Meta:
        verbose_name = "kategori"
        verbose_name_plural = "kategori"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "slug"],
                name="category_slug_once",
                violation_error_message="Alamat kategori ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                fields=["village", "name"],
                name="category_name_once",
                violation_error_message="Kategori ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
