from collections.abc import Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Body, Person, User

from .activity import Activity
from .refusals import Refusal


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, user: Any) -> Self:
        """Those of published minutes, of activities that this visitor may see."""
        seen = Activity.objects.visible_to(user).order_by()
        return self.filter(activity__minutes__published_at__isnull=False, activity__in=seen)

    def let_be(self, activity: Activity, texts: Sequence[str], *, is_published: bool) -> None:
        """Let the resolutions of an activity be these, in this order; their numbers run from 1.

        Raises Refusal where a published one would go: it is corrected, and others follow it.
        """
        standing = list(self.filter(activity=activity).order_by("number"))
        if is_published and len(texts) < len(standing):
            raise Refusal("Putusan yang sudah terbit tidak dapat dihapus. Perbaiki bunyinya, dengan alasan.")
        for resolution, text in zip(standing, texts, strict=False):
            if resolution.text != text:
                resolution.text = text
                resolution.save(update_fields=["text"])
        for resolution in standing[len(texts) :]:
            resolution.delete()
        for number, text in enumerate(texts[len(standing) :], start=len(standing) + 1):
            self.create(activity=activity, number=number, text=text)


class Resolution(VillageRow):
    """*Putusan*: what an activity resolved, numbered within it. Public once the minutes are published."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="resolutions", verbose_name="kegiatan"
    )
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("bunyi putusan", max_length=2000)

    objects = ScopedManager(ResolutionQuerySet)

    class Meta:
        verbose_name = "putusan"
        verbose_name_plural = "putusan"
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="resolution_number_once")]

    def __str__(self) -> str:
        return f"Putusan {self.number} {self.activity}"

    def get_absolute_url(self) -> str:
        return f"{self.activity.get_absolute_url()}#putusan-{self.number}"

    @property
    def place(self):
        return self.activity.region

    @transaction.atomic
    def set_follow_up(self, task: str, *, responsible: Person | Body, due_on: date, by: User, nonce: UUID):
        """Give somebody what this resolution asks for, until a day, and return the FollowUp. One nonce, one task.

        Raises Refusal where the minutes are not published yet or the day is over.
        """
        from .follow_up import FollowUp

        activity = Activity.objects.lock(self.activity_id)
        if given := FollowUp.objects.filter(resolution=self, nonce=nonce).first():
            return given
        minutes = getattr(activity, "minutes", None)
        if not minutes or not minutes.published_at:
            raise Refusal("Terbitkan dahulu notulennya, lalu bagi tindak lanjutnya.")
        if due_on < clock.today():
            raise Refusal("Tenggat itu sudah lewat. Pilih hari ini atau sesudahnya.")
        whom: dict[str, Any] = (
            {"body": responsible} if isinstance(responsible, Body) else {"person": responsible}
        )
        given = FollowUp(
            resolution=self, task=task, due_on=due_on, first_due_on=due_on, set_by=by, nonce=nonce, **whom
        )
        given.index_words()
        given.save()
        given.tell_responsible(f"Tugas baru untuk Anda: {task}", but=by)
        facts = {"resolution": self.pk, "due_on": due_on}
        record("follow_up.set", given, facts | {key: one.pk for key, one in whom.items()})
        return given
