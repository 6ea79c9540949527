"""The versions of a public document's file, and the words read from each."""

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.document_text import REASONS, NotReadable, words_of
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from partisipasi.ledger.chain import record

from .telling import tell_not_read

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .document import PublicDocument


class LastVersion(ValidationError):
    """A published document keeps a file; whoever wants none to be seen archives the document."""


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def visible_to(self, user: Any) -> Self:
        """Of the documents that this visitor may read; withdrawn ones only for who works on documents."""
        from .document import PublicDocument

        found = self.filter(document__in=PublicDocument.objects.visible_to(user))
        return found if user.has_perm("announcements.view_publicdocument") else found.standing()

    def not_read(self) -> Self:
        """Open versions whose words could not be read."""
        return self.standing().exclude(unread="")

    def take_in(
        self, document: "PublicDocument", upload: UploadedFile, *, change: str, by: "User"
    ) -> "DocumentVersion":
        """Keep `upload` as the newest version of `document`, whose row the caller has locked.

        Its words are read in the background. The content of the newest version again is that version.
        """
        stored = store(upload, visibility=StoredFile.Visibility.PUBLIC)
        newest = self.filter(document=document).newest_first().first()
        if newest and newest.file_id == stored.pk and not newest.withdrawn_at:
            return newest
        version = self.create(
            document=document,
            number=newest.number + 1 if newest else 1,
            file=stored,
            change=change,
            added_by=by,
        )
        transaction.on_commit(partial(_read_soon, document.village_id, version.pk))
        return version


def _read_soon(village_pk: int | None, pk: int) -> None:
    from announcements.tasks import read_version

    read_version.enqueue(village_pk, pk)


class DocumentVersion(VillageRow):
    """A document's file as it was from some day on. Older ones stay open to everybody, with their date."""

    document = models.ForeignKey(
        "announcements.PublicDocument", models.CASCADE, related_name="versions", verbose_name="dokumen"
    )
    number = models.PositiveSmallIntegerField("versi", editable=False)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="berkas")
    change = models.CharField(
        "yang berubah",
        max_length=300,
        blank=True,
        help_text="Untuk versi baru: apa yang berubah dari versi sebelumnya.",
    )
    added_at = models.DateTimeField("diunggah pada", default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ditarik oleh",
    )
    withdrawn_reason = models.CharField("alasan ditarik", max_length=300, blank=True, editable=False)
    text = models.TextField("isi", blank=True, editable=False)
    pages = models.PositiveIntegerField("jumlah halaman", null=True, editable=False)
    read_at = models.DateTimeField("dibaca pada", null=True, editable=False)
    unread = models.CharField("alasan tidak terbaca", max_length=20, blank=True, editable=False)

    objects = ScopedManager(DocumentVersionQuerySet)

    class Meta:
        verbose_name = "versi dokumen"
        verbose_name_plural = "versi dokumen"
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_of_a_document_once"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="a_withdrawn_version_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Versi {self.number}"

    @property
    def filename(self) -> str:
        """The name under which it is saved: nothing of what the uploader called it."""
        return f"{self.document.slug[:80]}-versi-{self.number}{self.file.extension}"

    def get_absolute_url(self) -> str:
        return reverse("announcements:document_file", args=[self.document.slug, self.number, self.filename])

    @property
    def unread_words(self) -> str:
        """Why its words are not known, for who works on documents."""
        return REASONS.get(self.unread, "")

    def read(self) -> None:
        """Take the words out of the file and let search know them; what cannot be read says why, and stays open."""
        self._take_words()
        self._keep_words()

    def _take_words(self) -> None:
        with self.file.content.open("rb") as opened:
            content = opened.read()
        try:
            words = words_of(content, self.file.extension)
        except NotReadable as refusal:
            self.text, self.pages, self.unread = "", refusal.pages, refusal.reason
        else:
            self.text, self.pages, self.unread = words.text, words.pages, ""
        self.read_at = clock.now()

    @transaction.atomic
    def _keep_words(self) -> None:
        self.save(update_fields=["text", "pages", "unread", "read_at"])
        self.document.find_by_present_words()
        if self.unread:
            tell_not_read(self)

    @transaction.atomic
    def withdraw(self, reason: str, *, by: "User") -> None:
        """Close this file to everybody, for a reason that everybody reads; its date and fingerprint stay.

        Raises LastVersion where a published document would be left without a file. Withdrawn already: nothing.
        """
        document = type(self.document).objects.select_for_update().get(pk=self.document_id)
        stored = type(self).objects.select_for_update().get(pk=self.pk)
        if stored.withdrawn_at:
            return
        others = document.versions.standing().exclude(pk=self.pk)
        if document.is_published and not others.exists():
            raise LastVersion(
                "Ini satu-satunya versi. Arsipkan dokumennya, atau unggah versi lain lebih dahulu."
            )
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_reason = clock.now(), by, reason
        self.text = ""
        self.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "text"])
        document.version_withdrawn()
        record(
            "document.withdrawn",
            document,
            {"version": self.number, "sha256": self.file.sha256},
            sealed={"reason": reason},
        )
