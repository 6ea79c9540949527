"""What stood in an article before it was changed: each state that was kept, by whom, when, and what was corrected."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .article import Article

WORDS = ("title", "summary", "body", "author_name", "cover_alt")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: Any) -> Self:
        """For who works on articles: what no longer stands there was changed for a reason."""
        return self if user.has_perm("announcements.view_article") else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def keep(self, article: "Article", *, by: "User", at: datetime, correction: str = "") -> bool:
        """Keep the article as it stands, if that is not what the last revision says. Whoever calls holds its row."""
        last = self.filter(article=article).newest_first().prefetch_related("files").first()
        if last and last.says_the_same(article) and correction in {"", last.correction}:
            return False
        words = {name: getattr(article, name) for name in WORDS}
        revision = self.create(
            article=article,
            number=last.number + 1 if last else 1,
            made_by=by,
            made_at=at,
            cover=article.cover,
            correction=correction,
            **words,
        )
        RevisionFile.objects.bulk_create(
            RevisionFile(revision=revision, **kept) for kept in hanging_on(article)
        )
        return True


class Revision(VillageRow):
    """An article as it was kept once: words, cover, attachments, gallery. Written once, never changed.

    `correction` (*ralat*) is the sentence that readers see of it. Kept as long as the article, since the ledger's
    hashes are of these words; only who works on articles reads it.
    """

    article = models.ForeignKey("announcements.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField("nomor")
    made_at = models.DateTimeField("disimpan pada", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disimpan oleh"
    )
    title = models.CharField("judul", max_length=160)
    summary = models.CharField("ringkasan", max_length=300, blank=True)
    body = models.TextField("isi")
    author_name = models.CharField("penulis", max_length=80)
    cover = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    cover_alt = models.CharField("keterangan sampul", max_length=200, blank=True)
    correction = models.CharField("ralat", max_length=300, blank=True)

    objects = ScopedManager(RevisionQuerySet)

    class Meta:
        verbose_name = "revisi"
        verbose_name_plural = "revisi"
        ordering = ["article", "number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once")]

    def __str__(self) -> str:
        return f"Revisi {self.number}"

    def says_the_same(self, article: "Article") -> bool:
        """Does the article still stand as it was kept here?"""
        same_words = all(getattr(self, name) == getattr(article, name) for name in WORDS)
        kept = [each.as_kept() for each in self.files.all()]
        return same_words and self.cover_id == article.cover_id and kept == list(hanging_on(article))

    def in_place(self, place: str) -> list["RevisionFile"]:
        return [each for each in self.files.all() if each.place == place]


class RevisionFileQuerySet(models.QuerySet["RevisionFile"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(revision__in=Revision.objects.visible_to(user))


class RevisionFile(VillageRow):
    """A file that hung on the article then: as attachment, or in its gallery."""

    class Place(models.TextChoices):
        ATTACHMENT = "lampiran", "lampiran"
        GALLERY = "galeri", "galeri"

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    place = models.CharField(max_length=8, choices=Place)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField("judul atau keterangan bagi yang tidak melihat", max_length=200)
    caption = models.CharField("keterangan", max_length=200, blank=True)

    objects = ScopedManager(RevisionFileQuerySet)

    class Meta:
        verbose_name = "berkas revisi"
        verbose_name_plural = "berkas revisi"
        ordering = ["place", "order", "pk"]

    def __str__(self) -> str:
        return self.title

    def as_kept(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("place", "file_id", "title", "caption", "order")}


def hanging_on(article: "Article") -> list[dict[str, Any]]:
    """The files of an article as rows of a revision, in the order in which those are read."""
    place = RevisionFile.Place
    gallery = [
        {"place": place.GALLERY.value, "title": each.alt, "caption": each.caption} | _where(each)
        for each in article.gallery.all()
    ]
    attachments = [
        {"place": place.ATTACHMENT.value, "title": each.title, "caption": ""} | _where(each)
        for each in article.attachments.all()
    ]
    return gallery + attachments


def _where(row: Any) -> dict[str, Any]:
    return {"file_id": row.file_id, "order": row.order}
