"""Who worked at a project, in numbers: days of work (HOK), people and wages, from the lists that were settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Work:
    """`days` are those on which anybody worked, `hok` the days of all together; `wages` in rupiah."""

    hok: Decimal
    days: int
    people: int
    men: int
    women: int
    wages: int


def work_of(rows: Iterable[Mapping[str, Any]]) -> Work:
    """What the rows of settled lists add up to; who stands on several lists is one person."""
    halves = wages = 0
    days: set[str] = set()
    people: dict[Any, str] = {}
    for row in rows:
        halves += 2 * len(row["days"]) - len(row["half_days"])
        wages += row["paid"]
        days.update(row["days"])
        who = row["person"] or " ".join(row["name"].casefold().split())
        people[who] = row["sex"] or people.get(who, "")
    sexes = list(people.values())
    return Work(Decimal(halves) / 2, len(days), len(people), sexes.count("L"), sexes.count("P"), wages)
