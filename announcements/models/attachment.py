import unicodedata
from pathlib import PurePath
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from partisipasi.db import ScopedManager, VillageRow

from .article import Article


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> Self:
        """Attachments of the articles that this visitor may read."""
        return self.filter(article__in=Article.objects.visible_to(user))


class Attachment(VillageRow):
    """A *Dokumen Lampiran*: a public file that hangs on an article under its title."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="attachments", verbose_name="artikel")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="berkas")
    title = models.CharField("judul lampiran", max_length=160)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ScopedManager(AttachmentQuerySet)

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "dokumen lampiran"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def filename(self) -> str:
        """The name under which it is downloaded, made from the title: nothing of what the uploader called it."""
        return f"{slugify(self.title)[:80] or 'lampiran'}{self.file.extension}"

    def get_absolute_url(self) -> str:
        return reverse("announcements:attachment", args=[self.article.slug, self.pk, self.filename])


def title_from_filename(name: str) -> str:
    """A readable title from the name of an uploaded file: `DAFTAR_HADIR%20(1).pdf` → `DAFTAR HADIR (1)`."""
    stem = PurePath(name.replace("\\", "/")).stem.replace("_", " ").replace("%20", " ")
    readable = "".join(letter for letter in stem if unicodedata.category(letter)[0] != "C")
    return " ".join(readable.split())[:160] or "Lampiran"
