from collections.abc import Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Body, Person, User
from partisipasi.search import query, vector
from partisipasi.village.words import figures

from .activity import Activity
from .refusals import Refusal

RESOLUTION_STATES = {
    "terlambat": ("danger", "Ada yang terlambat"),
    "berjalan": ("notice", "Sedang berjalan"),
    "selesai": ("done", "Selesai"),
    "belum": ("neutral", "Belum ada tindak lanjut"),
}


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, user: Any) -> Self:
        """Those of published minutes, of activities that this visitor may see."""
        seen = Activity.objects.visible_to(user).order_by()
        return self.filter(activity__minutes__published_at__isnull=False, activity__in=seen)

    def with_all(self) -> Self:
        """With what a line of a list tells: three statements, however many there are."""
        from .follow_up import FollowUp

        given = FollowUp.objects.select_related("person", "body")
        related = self.select_related("activity__kind", "activity__region", "activity__minutes")
        return related.prefetch_related(models.Prefetch("follow_ups", given))

    def newest_first(self) -> Self:
        """Those of the latest gathering first, each gathering's in their own order."""
        return self.order_by("-activity__starts_at", "-activity_id", "number")

    def newest_published_first(self) -> Self:
        return self.order_by("-activity__minutes__published_at", "-activity_id", "number")

    def in_year(self, year: int) -> Self:
        """Those of gatherings that began in that year of the village's own calendar."""
        return self.filter(activity__starts_at__year=year)

    def years(self) -> list[int]:
        """The years of the gatherings, newest first."""
        moments = self.order_by().datetimes("activity__starts_at", "year", order="DESC")
        return [moment.year for moment in moments]

    def saying(self, words: str) -> Self:
        return self.filter(search=query(words))

    def in_state(self, state: str, today: date) -> Self:
        """Those in one state of RESOLUTION_STATES: with a late task, with open ones, with done ones only, with none."""
        from .follow_up import FollowUp

        given: Any = FollowUp.objects.filter(resolution=OuterRef("pk")).order_by()
        is_open, is_late = Exists(given.open()), Exists(given.in_state("terlambat", today))
        match state:
            case "terlambat":
                return self.filter(is_late)
            case "berjalan":
                return self.filter(is_open, ~is_late)
            case "selesai":
                return self.filter(Exists(given), ~is_open)
        return self.filter(~Exists(given))

    def index_words(self) -> None:
        """Let the search find these by what they, their gatherings and their kinds are called now."""
        for resolution in self.select_related("activity__kind"):
            resolution.index_words()
            resolution.save(update_fields=["search"])

    def let_be(self, activity: Activity, texts: Sequence[str], *, is_published: bool) -> None:
        """Let the resolutions of an activity be these, in this order; their numbers run from 1.

        Raises Refusal where a published one would go: it is corrected, and others follow it.
        """
        standing = list(self.filter(activity=activity).order_by("number"))
        if is_published and len(texts) < len(standing):
            raise Refusal("Putusan yang sudah terbit tidak dapat dihapus. Perbaiki bunyinya, dengan alasan.")
        for resolution, text in zip(standing, texts, strict=False):
            if resolution.text != text:
                resolution.correct(text)
        for resolution in standing[len(texts) :]:
            resolution.delete()
        for number, text in enumerate(texts[len(standing) :], start=len(standing) + 1):
            fresh = Resolution(activity=activity, number=number, text=text)
            fresh.index_words()
            fresh.save()


class Resolution(VillageRow):
    """*Putusan*: what an activity resolved, numbered within it. Public once the minutes are published."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="resolutions", verbose_name="kegiatan"
    )
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("bunyi putusan", max_length=2000)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(ResolutionQuerySet)

    class Meta:
        verbose_name = "putusan"
        verbose_name_plural = "putusan"
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="resolution_number_once")]
        indexes = [GinIndex(fields=["search"], name="resolution_search")]

    def __str__(self) -> str:
        return f"Putusan {self.number} {self.activity}"

    def get_absolute_url(self) -> str:
        return self.path_at(f"{self.activity_id}#putusan-{self.number}")

    @staticmethod
    def path_at(place: str) -> str:
        """The path of `12#putusan-3`: the third resolution of activity 12, on that activity's page."""
        activity, _, anchor = place.partition("#")
        return f"{reverse('attendance:activity_detail', args=[activity])}#{anchor}"

    @property
    def place(self):
        return self.activity.region

    @property
    def facts_line(self) -> str:
        """One line for lists: its number, and the gathering that resolved it."""
        activity = self.activity
        parts = (f"Putusan {self.number} {activity}", activity.kind.name, str(activity.region or ""))
        return " · ".join(filter(None, parts))

    @property
    def state(self) -> str:
        """Where its follow-ups stand together, one of RESOLUTION_STATES. Prefetch them where there are many."""
        states = {each.state for each in self.follow_ups.all()}
        if not states:
            return "belum"
        if "terlambat" in states:
            return "terlambat"
        return "berjalan" if states - {"selesai"} else "selesai"

    @property
    def state_pill(self) -> tuple[str, str]:
        """Its state as a page shows it: the kind of pill, and the word."""
        return RESOLUTION_STATES[self.state]

    @property
    def follow_ups_line(self) -> str:
        """How its follow-ups stand, in numbers: `1 dari 3 tindak lanjut selesai, 1 terlambat`; "" without any."""
        states = [each.state for each in self.follow_ups.all()]
        if not states:
            return ""
        done = f"{figures(states.count('selesai'))} dari {figures(len(states))} tindak lanjut selesai"
        late = states.count("terlambat")
        return f"{done}, {figures(late)} terlambat" if late else done

    def index_words(self) -> None:
        """Let the search find it by what it says, and by the gathering that resolved it; not saved yet."""
        self.search = vector((self.text, "A"), (self.activity.title, "B"), (self.activity.kind.name, "C"))

    def correct(self, text: str) -> None:
        """Let it say this; it and its tasks are found by the new words."""
        self.text = text
        self.index_words()
        self.save(update_fields=["text", "search"])
        for follow_up in self.follow_ups.select_related("person", "body"):
            follow_up.resolution = self
            follow_up.index_words()
            follow_up.save(update_fields=["search"])

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
