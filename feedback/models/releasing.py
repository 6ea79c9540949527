"""What everybody reads of a report: nothing until an official has let a title and a text stand."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction

from partisipasi import clock, search
from partisipasi.ledger.chain import record

from .event import Act, Audience
from .refusals import NotForThePublic
from .replying import Replying

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class Releasing(Replying):
    """The public side of a report."""

    public_title = models.CharField("judul untuk umum", max_length=150, blank=True, editable=False)
    public_text = models.TextField("isi untuk umum", max_length=5000, blank=True, editable=False)
    released_at = models.DateTimeField("ditampilkan untuk umum pada", null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        photos: Any

        @property
        def is_confidential(self) -> bool: ...

    @transaction.atomic
    def release(
        self, public_title: str, public_text: str, *, by: "User", photos: Collection[int] = ()
    ) -> None:
        """Let everybody read this title and text, without what points at a person, and these photos (keys).

        Again with other words: those stand from then on. Raises NotForThePublic for what was told in confidence.
        """
        self.hold(settled_too=True)
        if self.is_confidential:
            raise NotForThePublic
        is_first = not self.released_at
        chosen = set(photos)
        own = list(self.photos.of_reporter())
        same = {photo.pk for photo in own if photo.is_released} == chosen
        if not is_first and same and (public_title, public_text) == (self.public_title, self.public_text):
            return
        self.public_title, self.public_text = public_title, public_text
        self.released_at = self.released_at or clock.now()
        self.search = search.vector((public_title, "A"), (self.category.name, "C"), (public_text, "B"))
        for photo in own:
            photo.is_released = photo.pk in chosen
            photo.save(update_fields=["is_released"])
        if is_first:
            self.tell(Act.RELEASED, by=by, audience=Audience.REPORTER)
            self.inform("kini ditampilkan untuk umum.", by=by)
        self.save()
        sealed = {"title": public_title, "text": public_text}
        record("report.released", self, {"by": by.pk}, sealed=sealed)

    @transaction.atomic
    def unrelease(self, reason: str, *, by: "User") -> None:
        """Take it out of everybody's sight again, for a reason that the reporter reads."""
        self.hold(settled_too=True)
        if not self.released_at:
            return
        self.inform("tidak lagi ditampilkan untuk umum.", by=by)
        self.released_at, self.public_title, self.public_text, self.search = None, "", "", None
        self.photos.update(is_released=False)
        self.tell(Act.UNRELEASED, reason, by=by, audience=Audience.REPORTER)
        self.save()
        record("report.unreleased", self, {"by": by.pk}, sealed={"reason": reason})
