from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.text import slugify

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> Self:
        """Pictures of articles and pages that this visitor may read; all of them for who writes articles."""
        from .article import Article
        from .page import Page

        if user.has_perm("announcements.view_article"):
            return self
        articles, pages = Article.objects.visible_to(user), Page.objects.visible_to(user)
        in_articles = Article.pictures.through.objects.filter(article__in=articles)
        in_pages = Page.pictures.through.objects.filter(page__in=pages)
        shown = models.Q(pk__in=in_articles.values("picture")) | models.Q(pk__in=in_pages.values("picture"))
        return self.filter(shown)


class Picture(VillageRow):
    """A picture that a clerk uploaded for the text of articles."""

    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, related_name="+", verbose_name="berkas", editable=False
    )
    alt = models.CharField(
        "keterangan bagi yang tidak melihat gambar",
        max_length=200,
        help_text="Satu kalimat tentang apa yang tampak pada gambar.",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", default=clock.now, editable=False)

    objects = ScopedManager(PictureQuerySet)

    class Meta:
        verbose_name = "gambar"
        verbose_name_plural = "gambar"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["village", "-uploaded_at"])]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return self.file.public_url(slugify(self.alt)[:60] or "gambar")
