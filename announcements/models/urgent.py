"""*Serta-merta*: what people must know at once (UU 14/2008, article 10), on every page until its end time."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.ledger.chain import record

from .publication import Publication, PublicationQuerySet
from .telling import tell_urgent

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class NotUrgent(ValidationError):
    """Only what everybody may read is urgent, and only until a time to come."""


class UrgentQuerySet(PublicationQuerySet):
    def urgent(self) -> Self:
        """What stands on every page now."""
        return self.published().filter(urgent_until__gt=clock.now())


class Urgent(Publication):
    """A publication that may stand as a banner on every page until `urgent_until`; it ends by the clock alone."""

    urgent_until = models.DateTimeField("serta-merta sampai", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_urgent(self) -> bool:
        return bool(self.is_published and self.urgent_until and self.urgent_until > clock.now())

    @transaction.atomic
    def make_urgent(self, until: datetime, *, by: "User") -> None:
        """Show it on every page until then; again: its end moves there. Raises NotUrgent.

        All accounts of the village are told when it begins; that only its end moves is no news.
        """
        stored = self._locked()
        if not stored.is_published:
            raise NotUrgent("Terbitkan dahulu artikel ini, lalu jadikan serta-merta.")
        if until <= clock.now():
            raise NotUrgent("Pilih waktu berakhir yang akan datang.")
        if stored.urgent_until == until:
            return
        begins = not stored.is_urgent
        self.urgent_until = until
        self.save(update_fields=["urgent_until"])
        if begins:
            article: Any = self
            tell_urgent(article, by)
        record("article.urgent", self, {"until": until})

    @transaction.atomic
    def end_urgency(self, *, by: "User") -> None:
        """Take it off every page before its time; the article stays. Not urgent any more: nothing happens."""
        if self._locked().is_urgent:
            self.urgent_until = clock.now()
            self.save(update_fields=["urgent_until"])
            record("article.urgent_ended", self, {"until": self.urgent_until})
