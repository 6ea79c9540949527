from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse

from announcements import rich_text
from attendance.models import Session
from attendance.public_roster import public_sheet_of
from attendance.sheet import as_pdf
from forums.models import Topic
from partisipasi import clock, search
from partisipasi.db import ScopedManager
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile

from .revising import Revised
from .telling import tell_published
from .urgent import Urgent, UrgentQuerySet

if TYPE_CHECKING:
    from partisipasi.residents.models import User

RESERVED = frozenset({"galeri"})
"""What stands under /informasi/ besides articles."""


def _public_pdf(session: Session, *, at: datetime) -> UploadedFile:
    return SimpleUploadedFile("daftar-hadir.pdf", as_pdf(public_sheet_of(session), at=at))


class ListStillOpen(ValidationError):
    """A Daftar Hadir is attached when nothing more is added to it."""


class ArticleQuerySet(UrgentQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The published; for who may see articles in admin also drafts and the archive."""
        return self if user.has_perm("announcements.view_article") else self.published()

    def albums(self) -> Self:
        """Those that show pictures in a gallery, with these."""
        return self.filter(gallery__isnull=False).distinct().prefetch_related("gallery__file")

    def with_reads(self) -> Self:
        """Annotates `reads_today`, so that `reads` needs no query of its own."""
        from .reading import Reading

        today = Reading.objects.filter(article=models.OuterRef("pk")).order_by().values("article")
        counted = models.Subquery(today.annotate(n=models.Count("pk")).values("n"))
        return self.annotate(reads_today=Coalesce(counted, 0))


class Article(Revised, Urgent):
    """A piece of information of the village: news, an announcement, a lesson, with its *Dokumen Lampiran*.

    Its state follows from when things happened: a draft; scheduled; published; archived, with the reason.
    """

    recorded_as = "article"

    title = models.CharField("judul", max_length=160)
    summary = models.CharField(
        "ringkasan",
        max_length=300,
        blank=True,
        help_text="Satu atau dua kalimat untuk daftar artikel dan tautan yang dibagikan.",
    )
    body = models.TextField("isi")
    category = models.ForeignKey(
        "announcements.Category", models.PROTECT, related_name="articles", verbose_name="kategori"
    )
    cover = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sampul"
    )
    cover_alt = models.CharField(
        "keterangan sampul",
        max_length=200,
        blank=True,
        help_text="Apa yang tampak pada gambar, bagi yang tidak dapat melihatnya.",
    )
    pictures = models.ManyToManyField(
        "announcements.Picture", editable=False, verbose_name="gambar dalam teks"
    )
    activity = models.ForeignKey(
        "attendance.Activity",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name="tentang kegiatan",
        help_text="Artikel ini lalu tampil juga pada halaman kegiatannya.",
    )
    topic = models.OneToOneField(
        "forums.Topic",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="article",
        verbose_name="tanggapan",
    )
    author_name = models.CharField(
        "penulis", max_length=80, default="Administrator", help_text="Nama yang tampil di bawah judul."
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="ditulis oleh",
    )
    reads_before = models.PositiveIntegerField(
        "dibaca sebelum dipindahkan ke portal ini",
        default=0,
        help_text="Untuk artikel lama: ditambahkan pada jumlah pembaca di portal ini.",
    )
    reads_kept = models.PositiveIntegerField("dibaca sampai kemarin", default=0, editable=False)

    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(ArticleQuerySet)

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikel"
        ordering = ["-published_at", "-pk"]
        permissions = [("publish_article", "Dapat menerbitkan artikel")]
        constraints = [
            models.UniqueConstraint(fields=["village", "slug"], name="article_slug_once"),
            models.CheckConstraint(
                condition=models.Q(scheduled_at__isnull=True) | models.Q(published_at__isnull=True),
                name="a_published_article_is_not_scheduled",
            ),
            models.CheckConstraint(
                condition=models.Q(archived_at__isnull=True)
                | (models.Q(published_at__isnull=False) & ~models.Q(archived_reason="")),
                name="an_archived_article_was_published_and_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-published_at", "-id"]),
            models.Index(
                fields=["village", "scheduled_at"],
                condition=models.Q(scheduled_at__isnull=False),
                name="articles_scheduled",
            ),
            models.Index(
                fields=["village", "urgent_until"],
                condition=models.Q(urgent_until__isnull=False),
                name="articles_urgent",
            ),
            GinIndex(fields=["search"], name="article_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcements:article_detail", args=[self.slug])

    @property
    def words(self) -> str:
        """The text without its form."""
        return rich_text.plain(self.body)

    @property
    def lead(self) -> str:
        """What stands under the title in lists and shared links: the summary, else how the text begins."""
        return self.summary or rich_text.opening(self.body, 200)

    @property
    def reads(self) -> int:
        """How many visitors read it, each counted once a day, and those from before it came here."""
        today = self.reads_today if hasattr(self, "reads_today") else self.readings.count()
        return self.reads_before + self.reads_kept + today

    def can_be_published_by(self, user: Any) -> bool:
        return user.has_perm("announcements.publish_article")

    def can_be_changed_by(self, user: Any) -> bool:
        """What everybody reads, or has read, is changed only by who may publish."""
        if self.published_at and not self.can_be_published_by(user):
            return False
        return user.has_perm("announcements.change_article")

    @transaction.atomic
    def write(self, *, by: "User") -> "Article":
        """Keep what was written so far as a new draft, under an address that never changes again."""
        self.written_by = by
        self.tidy()
        self.save_under_free_slug(self.title, otherwise="artikel", reserved=RESERVED)
        self._link_pictures()
        return self

    def save_changes(self) -> None:
        self.save(update_fields=[*CONTENT, "published_at", "search"])
        if self.topic and self.topic.title != self.title:
            self.topic.rename(self.title, self.get_absolute_url())
        self._link_pictures()

    @transaction.atomic
    def attach_attendance(self, *, by: "User") -> None:
        """Hang the public Daftar Hadir of each session of its activity on the article; a newer one takes its place.

        Raises ListStillOpen before the activity's list is closed.
        """
        self.keep_first_revision()
        closed_at = self.activity.closed_at if self.activity else None
        if not self.activity or not closed_at:
            raise ListStillOpen("Tutup dahulu daftar hadir kegiatan ini, lalu lampirkan.")
        sessions = list(self.activity.sessions.in_order())
        for order, session in enumerate(sessions, start=1):
            title = "Daftar Hadir" if len(sessions) == 1 else f"Daftar Hadir: {session}"[:160]
            # Dated by the closing, so that attaching the same list again is the same file.
            pdf = _public_pdf(session, at=closed_at)
            stored = store(pdf, visibility=StoredFile.Visibility.PUBLIC)
            self.attachments.update_or_create(title=title, defaults={"file": stored, "order": order})
        self.revise(by=by)

    def tidy(self) -> None:
        self.title, self.summary = rich_text.printable(self.title), rich_text.printable(self.summary)
        self.author_name = rich_text.printable(self.author_name)
        self.body = rich_text.clean(self.body)
        self.search = search.vector((self.title, "A"), (self.summary, "B"), (self.words, "C"))

    def appeared(self) -> None:
        """Comments open with the page, for the first time or again."""
        if not self.topic:
            address = self.get_absolute_url()
            self.topic = Topic.objects.create_for_page(title=self.title, page_path=address)
            self.save(update_fields=["topic"])
        self.topic.open()
        tell_published(self)

    def disappeared(self) -> None:
        """Comments are closed, and go out of sight with the page."""
        if self.topic:
            self.topic.close()
            self.topic.hide()

    def _link_pictures(self) -> None:
        from .picture import Picture

        self.pictures.set(Picture.objects.filter(file__sha256__in=rich_text.picture_hashes(self.body)))


CONTENT = (
    "title",
    "summary",
    "body",
    "category",
    "activity",
    "cover",
    "cover_alt",
    "author_name",
    "dated_at",
    "reads_before",
)
