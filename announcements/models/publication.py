"""The life of what the village publishes: a draft, scheduled, published, archived with a reason."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.ledger.chain import record

from .addressed import Addressed

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class ScheduleInPast(ValidationError):
    """What is to be published can only be scheduled for a time to come."""


class PublicationQuerySet(models.QuerySet[Any]):
    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True, scheduled_at__isnull=True)

    def scheduled(self) -> Self:
        return self.filter(published_at__isnull=True, scheduled_at__isnull=False)

    def published(self) -> Self:
        """What everybody reads."""
        return self.filter(published_at__lte=clock.now(), archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def due(self) -> Self:
        return self.scheduled().filter(scheduled_at__lte=clock.now())

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")


class Publication(Addressed):
    """Something whose state follows from when things happened to it, and the verbs that make them happen.

    What belongs to it appears and disappears with it (`appeared`, `disappeared`); `content_hash` is what the ledger
    keeps of what readers saw. `recorded_as` is the first word of its entries there.
    """

    recorded_as: ClassVar[str]

    dated_at = models.DateTimeField(
        "tanggal terbit",
        null=True,
        blank=True,
        help_text="Kosongkan untuk saat tayang. Isi hanya bila artikel ini sudah terbit lebih dahulu di tempat lain.",
    )
    scheduled_at = models.DateTimeField("dijadwalkan tayang pada", null=True, blank=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="dijadwalkan oleh",
    )
    published_at = models.DateTimeField("terbit pada", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diterbitkan oleh",
    )
    archived_at = models.DateTimeField("diarsipkan pada", null=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diarsipkan oleh",
    )
    archived_reason = models.CharField("alasan pengarsipan", max_length=300, blank=True, editable=False)
    recorded_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def state(self) -> tuple[str, str]:
        """The kind of its pill and the word on it."""
        if self.archived_at:
            return "neutral", "Diarsipkan"
        if self.published_at:
            return "done", "Tayang"
        return ("warning", "Dijadwalkan") if self.scheduled_at else ("notice", "Draf")

    @property
    def is_published(self) -> bool:
        return bool(self.published_at and not self.archived_at)

    def content_hash(self) -> str:
        """The SHA-256 over all that a reader sees; each kind of publication says what that is."""
        raise NotImplementedError

    def appeared(self) -> None:
        """What else happens when everybody may read it; for the kind of publication to say."""
        raise NotImplementedError

    def disappeared(self) -> None:
        """What else happens when nobody may read it any more; for the kind of publication to say."""
        raise NotImplementedError

    @transaction.atomic
    def publish(self, *, by: "User", at: datetime | None = None) -> None:
        """From now on everybody reads it. Published already: nothing happens.

        The date shown is the one given for an older article, else `at` (a schedule's time), else now.
        """
        stored = self._locked()
        if not stored.published_at:
            self.published_at = stored.dated_at or at or clock.now()
            self.published_by, self.scheduled_at = by, None
            self.recorded_hash = stored.content_hash()
            self.save(update_fields=["published_at", "published_by", "scheduled_at", "recorded_hash"])
            self.appeared()
            facts = {"content": self.recorded_hash, "dated": self.published_at}
            record(f"{self.recorded_as}.published", self, facts, sealed={"title": str(self)})

    @transaction.atomic
    def publish_as_scheduled(self) -> bool:
        """Publish if its time has come and it still waits; False where somebody was faster or thought better."""
        stored = self._locked()
        at, by = stored.scheduled_at, stored.scheduled_by
        if stored.published_at or not at or not by or at > clock.now():
            return False
        self.publish(by=by, at=at)
        return True

    @transaction.atomic
    def schedule(self, at: datetime, *, by: "User") -> None:
        """Let it publish itself at `at`. Raises ScheduleInPast; a published article stays as it is."""
        if at <= clock.now():
            raise ScheduleInPast("Pilih waktu yang akan datang untuk jadwal tayang.")
        if not self._locked().published_at:
            self.scheduled_at, self.scheduled_by = at, by
            self.save(update_fields=["scheduled_at", "scheduled_by"])

    @transaction.atomic
    def unschedule(self, *, by: "User") -> None:
        """A draft again."""
        if self._locked().scheduled_at:
            self.scheduled_at = self.scheduled_by = None
            self.save(update_fields=["scheduled_at", "scheduled_by"])

    @transaction.atomic
    def archive(self, reason: str, *, by: "User") -> None:
        """Take what is published out of the portal, for a reason; what belongs to it goes with it."""
        if self._locked().is_published:
            self.archived_at, self.archived_by, self.archived_reason = clock.now(), by, reason
            self.save(update_fields=["archived_at", "archived_by", "archived_reason"])
            self.disappeared()
            record(
                f"{self.recorded_as}.archived",
                self,
                {"content": self.recorded_hash},
                sealed={"reason": reason},
            )

    @transaction.atomic
    def republish(self, *, by: "User") -> None:
        """Bring what was archived back under its old date and address."""
        if self._locked().archived_at:
            self.archived_at, self.archived_by, self.archived_reason = None, None, ""
            self.save(update_fields=["archived_at", "archived_by", "archived_reason"])
            self.appeared()
            record(f"{self.recorded_as}.republished", self, {"content": self.recorded_hash})

    def _locked(self) -> Self:
        """The row as it stands now, held until the verb is over; what two clerks do at once happens in turn."""
        stored = type(self)._default_manager.select_for_update().get(pk=self.pk)
        for name in STAMPS:
            setattr(self, name, getattr(stored, name))
        return stored


STAMPS = (
    "scheduled_at",
    "scheduled_by_id",
    "published_at",
    "published_by_id",
    "archived_at",
    "archived_by_id",
    "archived_reason",
    "recorded_hash",
)
