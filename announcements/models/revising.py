"""Changing an article: what stood before is kept, what readers see is recorded and told, and any state comes back."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from partisipasi import clock
from partisipasi.ledger.chain import canonical, record

from .publication import Publication
from .revision import WORDS, Revision, RevisionFile
from .telling import tell_revised

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class Revised(Publication):
    """The verbs by which an article is changed; what else changes with it says the article (`save_changes`)."""

    revised_at = models.DateTimeField("diubah pada", null=True, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        title: str
        summary: str
        body: str
        author_name: str
        reads_before: int
        cover: Any
        attachments: Any
        gallery: Any

    def tidy(self) -> None:
        """Clean what was written, and find it by its words; for the kind of publication to say."""
        raise NotImplementedError

    def save_changes(self) -> None:
        """Keep what was written, and what follows along; for the kind of publication to say."""
        raise NotImplementedError

    def content_hash(self) -> str:
        """The SHA-256 over all that a clerk shows: words, date, cover, attachments, gallery; what the ledger keeps."""
        shown = {
            "title": self.title,
            "summary": self.summary,
            "body": self.body,
            "author": self.author_name,
            "dated": self.dated_at,
            "reads_before": self.reads_before,
            "cover": self.cover.sha256 if self.cover else "",
            "attachments": [
                [each.title, each.file.sha256] for each in self.attachments.select_related("file")
            ],
        }
        if gallery := self.gallery.select_related("file"):
            shown["gallery"] = [[each.alt, each.caption, each.file.sha256] for each in gallery]
        return hashlib.sha256(canonical(shown)).hexdigest()

    @transaction.atomic
    def keep_first_revision(self) -> None:
        """Keep what stands stored, where nothing was kept yet: before anything that hangs on the article changes."""
        self._begin(self._held())

    @transaction.atomic
    def revise(self, *, by: "User", correction: str = "") -> None:
        """Keep what was changed and what stood before; of a published article the ledger keeps that, and when.

        `correction` is the sentence by which readers learn what was wrong; a draft has no readers and takes none.
        """
        # Locked first, so that publishing and revising at once leave neither out.
        stored = self._held()
        self._begin(stored)
        self.tidy()
        self.published_at = (self.dated_at or stored.published_at) if stored.published_at else None
        self.save_changes()
        self._keep(stored, by, correction if stored.published_at else "")

    @transaction.atomic
    def restore(self, revision: Revision, *, by: "User", correction: str = "") -> None:
        """Let the article stand again as it was kept in `revision`: a revision like any other."""
        self._begin(self._held())
        for name in WORDS:
            setattr(self, name, getattr(revision, name))
        self.cover = revision.cover
        place = RevisionFile.Place
        _hang_again(self.attachments, revision.in_place(place.ATTACHMENT), lambda kept: {"title": kept.title})
        _hang_again(
            self.gallery,
            revision.in_place(place.GALLERY),
            lambda kept: {"alt": kept.title, "caption": kept.caption},
        )
        self.revise(by=by, correction=correction)

    def _held(self) -> Any:
        rows: Any = type(self)._default_manager
        return rows.select_for_update().get(pk=self.pk)

    def _begin(self, stored: Any) -> None:
        if not Revision.objects.filter(article=stored).exists():
            Revision.objects.keep(stored, by=stored.written_by, at=stored.created_at)

    def _keep(self, stored: Any, by: "User", correction: str) -> None:
        moment = clock.now()
        article: Any = self
        kept = Revision.objects.keep(article, by=by, at=moment, correction=correction)
        fresh = self.content_hash()
        if not stored.published_at or not (fresh != stored.recorded_hash or (kept and correction)):
            return
        self.recorded_hash, self.revised_at = fresh, moment
        self.save(update_fields=["recorded_hash", "revised_at"])
        tell_revised(article, by)
        sealed = {"correction": correction} if correction else None
        record("article.revised", self, {"before": stored.recorded_hash, "after": fresh}, sealed=sealed)


def _hang_again(hanging: Any, kept: list[RevisionFile], words: Any) -> None:
    """Let those files hang there that did then; what still hangs keeps its row, and so its address."""
    still = {(row.file_id, str(row)): row for row in hanging.all()}
    for each in kept:
        fields = words(each) | {"order": each.order}
        row = still.pop((each.file_id, each.title), None) or hanging.model(
            **{hanging.field.name: hanging.instance}, file_id=each.file_id
        )
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    for row in still.values():
        row.delete()
