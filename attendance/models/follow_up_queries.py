"""Which follow-ups: by their state, by who answers for them, and what time makes due of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from partisipasi.residents.models import Person

from .activity import Activity
from .follow_up_event import Act

if TYPE_CHECKING:
    from .follow_up import FollowUp  # noqa: F401 named below

FOLLOW_UP_STATES = {
    "terlambat": ("danger", "Terlambat"),
    "belum": ("neutral", "Belum dimulai"),
    "berjalan": ("notice", "Sedang berjalan"),
    "selesai": ("done", "Selesai"),
}
REMIND_AHEAD = timedelta(days=3)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Any) -> Self:
        """Those of activities that this visitor may see; their minutes are published, else there were none."""
        return self.filter(resolution__activity__in=Activity.objects.visible_to(user).order_by())

    def open(self) -> Self:
        return self.filter(done_at__isnull=True)

    def in_state(self, state: str, today: date) -> Self:
        """Those in one state of FOLLOW_UP_STATES."""
        match state:
            case "selesai":
                return self.filter(done_at__isnull=False)
            case "terlambat":
                return self.open().filter(due_on__lt=today)
            case "berjalan":
                return self.open().filter(due_on__gte=today, started_at__isnull=False)
        return self.open().filter(due_on__gte=today, started_at__isnull=True)

    def counts(self, today: date) -> dict[str, int]:
        """How many there are in each state; one statement."""
        is_open, is_late = Q(done_at__isnull=True), Q(due_on__lt=today)
        return self.order_by().aggregate(
            selesai=models.Count("pk", filter=~is_open),
            terlambat=models.Count("pk", filter=is_open & is_late),
            berjalan=models.Count("pk", filter=is_open & ~is_late & Q(started_at__isnull=False)),
            belum=models.Count("pk", filter=is_open & ~is_late & Q(started_at__isnull=True)),
        )

    def with_all(self) -> Self:
        """With what a line of a list tells."""
        return self.select_related("person", "body", "resolution__activity__region")

    def by_responsible(self) -> Self:
        """Those of one person or body together, what is due first before the rest."""
        name = models.functions.Coalesce("person__name", "body__name")
        return self.annotate(responsible_name=name).order_by(
            "responsible_name", "person_id", "body_id", F("done_at").asc(nulls_first=True), "due_on", "pk"
        )

    def open_with(self, *people: Person) -> Self:
        """What lies in the hands of these people."""
        return self.open().filter(person__in=people)

    def pass_on(self, former: Person, to: Person) -> int:
        """Let the open tasks of whoever leaves an office be the successor's; returns how many."""
        held = self.open_with(former).select_for_update(of=("self",)).order_by("pk")
        for follow_up in (passed := list(held)):
            follow_up.hand_to(to, Act.PASSED, "Serah terima jabatan.")
        return len(passed)

    def to_remind(self, today: date) -> Self:
        """Due within three days, and not reminded of for this date."""
        soon = self.open().filter(due_on__gte=today, due_on__lte=today + REMIND_AHEAD)
        return soon.filter(~Q(reminded_for=F("due_on")) | Q(reminded_for__isnull=True))

    def newly_late(self, today: date) -> Self:
        """The office has worked a day since they were due, and nobody has been told that they are late."""
        late = self.open().filter(due_on__lt=today)
        return late.filter(~Q(missed_for=F("due_on")) | Q(missed_for__isnull=True))
