"""Public documents: the rows of the *Daftar Informasi Publik* (DIP), and the versions of their files."""

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.functions import Coalesce, Concat, Left
from django.urls import reverse

from announcements.minimum import Category
from partisipasi import clock, search
from partisipasi.db import ScopedManager, current_village
from partisipasi.ledger.chain import canonical, record
from partisipasi.printed import plain
from partisipasi.village.models import Village

from .document_version import DocumentVersion
from .law import LAW_CONSTRAINTS, LAW_CONTENT, Law, LawQuerySet
from .listed import Listed
from .publication import Publication
from .telling import tell_document, tell_document_version

if TYPE_CHECKING:
    from partisipasi.residents.models import User

FIRST_YEAR, LAST_YEAR = 1900, 2100
OPENING = 20_000
"""Characters of a file's text among which the search page shows the place that was found."""

RESERVED = frozenset({"produk-hukum", "dikecualikan"})
"""What stands under /dokumen/ besides documents."""


class NoFile(ValidationError):
    """A document is published with a file that everybody may open."""


class PublicDocumentQuerySet(LawQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The published; for who works on documents also drafts and the archive."""
        return self if user.has_perm("announcements.view_publicdocument") else self.published()

    def in_list(self) -> Self:
        """In the order of the DIP."""
        return self.order_by("number", "pk")

    def with_versions(self) -> Self:
        """Fetches, newest first, the versions that everybody may open, without their text, as `open_versions`."""
        standing = DocumentVersion.objects.standing().newest_first().defer("text").select_related("file")
        return self.prefetch_related(models.Prefetch("versions", standing, to_attr="open_versions"))

    def with_opening(self) -> Self:
        """Annotates `opening`: the summary and how the newest file begins, from which search shows what it found."""
        newest = DocumentVersion.objects.standing().filter(document=models.OuterRef("pk")).newest_first()
        begins = Coalesce(models.Subquery(newest.values("text")[:1]), models.Value(""))
        words = Concat("summary", models.Value("\n"), Left(begins, OPENING), output_field=models.TextField())
        return self.annotate(opening=words)

    def past_retention(self, on: date) -> Self:
        """Those whose term in the archive is over."""
        return self.published().filter(kept_until__lt=on)


class PublicDocument(Listed, Law, Publication):
    """A piece of information that everybody may have: one row of the DIP with the columns of PerKI 1/2018.

    Exempt information is no public document and has a model of its own, which has no file. `number` is its place in
    the list, given when it is first published and never again to another.
    """

    recorded_as = "document"

    number = models.PositiveIntegerField("nomor", null=True, editable=False)
    category = models.CharField("jenis", max_length=20, choices=Category, default=Category.OTHER)
    title = models.CharField(
        "judul",
        max_length=300,
        blank=True,
        help_text="Kosongkan untuk produk hukum: judulnya disusun dari isinya.",
    )
    summary = models.TextField("ringkasan isi informasi", max_length=1000)
    year = models.PositiveSmallIntegerField(
        "tahun",
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text="Tahun yang diceritakan, misalnya tahun anggarannya.",
    )
    dated_at = models.DateTimeField(
        "tanggal terbit",
        null=True,
        blank=True,
        help_text="Isi hanya bila dokumen ini sudah terbit lebih dahulu di tempat lain.",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="dimasukkan oleh",
    )
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)
    revised_at = models.DateTimeField("diubah pada", null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(PublicDocumentQuerySet)

    class Meta:
        verbose_name = "dokumen publik"
        verbose_name_plural = "dokumen publik"
        ordering = ["number", "pk"]
        permissions = [("publish_publicdocument", "Dapat menerbitkan dokumen publik")]
        constraints = [
            models.UniqueConstraint(fields=["village", "slug"], name="document_slug_once"),
            models.UniqueConstraint(fields=["village", "number"], name="document_number_once"),
            models.CheckConstraint(
                condition=models.Q(scheduled_at__isnull=True) | models.Q(published_at__isnull=True),
                name="a_published_document_is_not_scheduled",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(number__isnull=False),
                name="a_published_document_has_its_number",
            ),
            models.CheckConstraint(
                condition=models.Q(archived_at__isnull=True)
                | (models.Q(published_at__isnull=False) & ~models.Q(archived_reason="")),
                name="an_archived_document_was_published_and_has_a_reason",
            ),
            *LAW_CONSTRAINTS,
        ]
        indexes = [
            models.Index(fields=["village", "-year", "-number"]),
            models.Index(
                fields=["village", "scheduled_at"],
                condition=models.Q(scheduled_at__isnull=False),
                name="documents_scheduled",
            ),
            GinIndex(fields=["search"], name="document_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcements:document_detail", args=[self.slug])

    @property
    def newest(self) -> DocumentVersion | None:
        """The version that everybody opens; one query unless `with_versions` fetched it."""
        if hasattr(self, "open_versions"):
            return next(iter(self.open_versions), None)
        return self.versions.standing().newest_first().select_related("file").first()

    def can_be_published_by(self, user: Any) -> bool:
        return user.has_perm("announcements.publish_publicdocument")

    def clean(self) -> None:
        super().clean()
        self.clean_law()
        if not self.title and not self.law_kind:
            raise ValidationError({"title": "Tulis judulnya."})
        if self.kept_until and self.made_on and self.kept_until < self.made_on:
            raise ValidationError(
                {"kept_until": "Masa simpan berakhir paling cepat pada hari dokumen dibuat."}
            )

    def validate_constraints(self, exclude: Any = None) -> None:
        """What is no law is not compared with laws: PostgreSQL cannot tell the year of a day that is not there."""
        none_of_law = set() if self.law_kind else {"law_kind"}
        super().validate_constraints(exclude=set(exclude or ()) | none_of_law)

    def content_hash(self) -> str:
        """The SHA-256 over its row of the list, what it changes in other laws, and its versions' fingerprints."""
        shown = {name: getattr(self, name) for name in CONTENT}
        changes = self.changes_made.order_by("pk").values_list(
            "act", "target__slug", "target_name", "from_on", "note"
        )
        shown["changes"] = [list(change) for change in changes]
        versions = self.versions.order_by("number").values_list("number", "file__sha256", "withdrawn_at")
        shown["versions"] = [[number, sha256, bool(gone)] for number, sha256, gone in versions]
        return hashlib.sha256(canonical(shown)).hexdigest()

    @transaction.atomic
    def write(self, upload: UploadedFile | None = None, *, by: "User") -> "PublicDocument":
        """Keep it as a new draft, under an address that never changes again; `upload` is its first version."""
        self.written_by = by
        self._tidy()
        self.save_under_free_slug(self.title, otherwise="dokumen", reserved=RESERVED)
        if upload:
            DocumentVersion.objects.take_in(self, upload, change="", by=by)
        return self

    @transaction.atomic
    def revise(self, upload: UploadedFile | None = None, *, change: str = "", by: "User") -> None:
        """Keep what was changed, and `upload` as the newest version; older ones stay.

        Of a published document the record keeps that and when it was changed. The content of the newest version
        again is no new version.
        """
        stored = type(self).objects.select_for_update().get(pk=self.pk)
        self._tidy()
        if stored.published_at:
            self.published_at = self.dated_at or stored.published_at
        self.save(update_fields=[*CONTENT, "dated_at", "published_at", "search"])
        if upload:
            version = DocumentVersion.objects.take_in(self, upload, change=plain(change), by=by)
            if version.number > 1 and stored.is_published:
                tell_document_version(version)
        self._record_revision(stored.recorded_hash)

    @transaction.atomic
    def find_by_present_words(self) -> None:
        """Let search know it by its row, as it stands now, and by the words of the version that is open."""
        stored = type(self).objects.select_for_update().get(pk=self.pk)
        stored._set_search()
        stored.save(update_fields=["search"])

    def version_withdrawn(self) -> None:
        """A file of it is closed: search forgets its words, and the record keeps that it is gone."""
        self.find_by_present_words()
        self._record_revision(self.recorded_hash)

    @transaction.atomic
    def publish(self, *, by: "User", at: datetime | None = None) -> None:
        """From now on everybody reads it, under its number. Raises NoFile while it has none to open."""
        self._require_file()
        if self._locked().number is None:
            # One after the other, so that no number is given twice and none is left out.
            Village.objects.select_for_update(no_key=True).get(pk=current_village().pk)
            last = type(self).objects.aggregate(last=models.Max("number"))["last"]
            self.number = (last or 0) + 1
            self.save(update_fields=["number"])
        super().publish(by=by, at=at)

    @transaction.atomic
    def publish_as_scheduled(self) -> bool:
        return self.versions.standing().exists() and super().publish_as_scheduled()

    @transaction.atomic
    def schedule(self, at: datetime, *, by: "User") -> None:
        """Let it publish itself at `at`. Raises ScheduleInPast, and NoFile while it has none to open."""
        self._require_file()
        super().schedule(at, by=by)

    def _require_file(self) -> None:
        if not self.versions.standing().exists():
            raise NoFile("Unggah berkasnya lebih dahulu, lalu terbitkan.")

    def appeared(self) -> None:
        """It stands in the list, for the first time or again."""
        tell_document(self)

    def disappeared(self) -> None: ...  # its number stays its own

    def _record_revision(self, before: str) -> None:
        if not self.published_at:
            return
        fresh = self.content_hash()
        if fresh == before:
            return
        self.recorded_hash, self.revised_at = fresh, clock.now()
        self.save(update_fields=["recorded_hash", "revised_at"])
        record("document.revised", self, {"before": before, "after": fresh})

    def _tidy(self) -> None:
        for name in ("title", "summary", "held_by", "made_by", "made_at", "about", "subject", "law_number"):
            setattr(self, name, plain(getattr(self, name)))
        if self.law_kind:
            self.title = f"{self.law_name} tentang {self.about}"[:300]
        self._set_search()

    def _set_search(self) -> None:
        newest = self.versions.standing().newest_first().first() if self.pk else None
        self.search = search.vector(
            (self.title, "A"),
            (f"{self.summary} {self.subject}", "B"),
            (str(Category(self.category).label), "C"),
            (newest.text if newest else "", "D"),
        )


CONTENT = (
    "classification",
    "category",
    "title",
    "summary",
    "year",
    "held_by",
    "made_by",
    "made_on",
    "made_at",
    "form",
    "kept_until",
    *LAW_CONTENT,
)
