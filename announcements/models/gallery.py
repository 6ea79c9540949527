from typing import Any, Self

from django.db import models

from partisipasi.db import ScopedManager, VillageRow

from .article import Article


class GalleryPictureQuerySet(models.QuerySet["GalleryPicture"]):
    def visible_to(self, user: Any) -> Self:
        """Pictures in the galleries of articles that this visitor may read."""
        return self.filter(article__in=Article.objects.visible_to(user))


class GalleryPicture(VillageRow):
    """One of several pictures that an article shows together, after its text."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="gallery", verbose_name="artikel")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="berkas")
    alt = models.CharField(
        "keterangan bagi yang tidak melihat gambar",
        max_length=200,
        help_text="Satu kalimat tentang apa yang tampak pada gambar.",
    )
    caption = models.CharField(
        "keterangan di bawah gambar",
        max_length=200,
        blank=True,
        help_text="Bila perlu: siapa, di mana, kapan.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ScopedManager(GalleryPictureQuerySet)

    class Meta:
        verbose_name = "gambar galeri"
        verbose_name_plural = "galeri"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.alt
