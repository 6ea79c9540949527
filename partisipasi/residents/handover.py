"""Work in hand that passes on when an office does: each room registers its own at start-up.

    handover.register("laporan terbuka", pass_reports, count=lambda person: Report.objects.open_with(person).count())

The function gets the persons who hand and take over, moves the rows that are in the former's hands to the latter, and
returns how many. It runs inside the handover's transaction, before the record: it locks what it changes in one order
and records nothing itself. The name stands in sentences after a number: "3 laporan terbuka".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from partisipasi import clock

if TYPE_CHECKING:
    from .models import Person

Passing = Callable[["Person", "Person"], int]
Counting = Callable[["Person"], int]


@dataclass(frozen=True)
class Work:
    """One kind of work that lies in a person's hands."""

    name: str
    passing: Passing
    counting: Counting | None = None


_works: dict[str, Work] = {}


def register(name: str, passing: Passing, *, count: Counting | None = None) -> None:
    """Let work called `name` pass on with an office; `count` says how much of it a person has in hand now."""
    _works[name] = Work(name, passing, count)


def in_hand(person: "Person") -> list[tuple[str, int | None]]:
    """What would pass on from `person`, to be shown before it does: names with numbers, None where nobody counts."""
    counted = [(work.name, work.counting(person) if work.counting else None) for work in _works.values()]
    return [(name, number) for name, number in counted if number != 0]


def pass_on(former: "Person", to: "Person") -> dict[str, int]:
    """Move all that lies in `former`'s hands to `to`; how much of each kind."""
    return {work.name: work.passing(former, to) for work in _works.values()}


def people_answering_for(user: Any) -> models.QuerySet["Person"]:
    """The persons whose work this account sees today: its own, and those for whom it deputises."""
    from .models import Appointment, Person

    if not user.is_authenticated:
        return Person.objects.none()
    deputising = (
        Appointment.objects.current(clock.today())
        .filter(person__user=user, person__retired_at__isnull=True, deputy_for__isnull=False)
        .values("deputy_for__person")
    )
    own = models.Q(user=user, retired_at__isnull=True)
    return Person.objects.filter(own | models.Q(pk__in=deputising))
