"""Who stands on a list of money, on which days he was there, and what he gets. No rule about the list itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class PayLine:
    """One person: `rate` in whole rupiah, for himself or for each day of work; `half_days` are among `days`."""

    key: int
    """The first of his attendances, by which forms name him."""
    attendances: frozenset[int]
    name: str
    role: str
    person_id: int | None
    days: tuple[date, ...]
    rate: int
    half_days: frozenset[date] = frozenset()
    by_days: bool = False
    number: int | None = None

    @property
    def worked(self) -> Decimal:
        """Days of work (HOK, *hari orang kerja*), in halves."""
        return Decimal(self._halves) / 2

    @property
    def _halves(self) -> int:
        return 2 * len(self.days) - len(self.half_days)

    @property
    def amount(self) -> int:
        """What he gets, in rupiah; half of an odd wage is rounded down."""
        return self.rate * self._halves // 2 if self.by_days else self.rate

    def mark(self, day: date) -> Decimal:
        """How much of that day he worked: 1, a half, or nothing."""
        if day not in self.days:
            return Decimal(0)
        return Decimal("0.5") if day in self.half_days else Decimal(1)


def total_of(lines: Iterable[PayLine]) -> int:
    """The sum in rupiah."""
    return sum(line.amount for line in lines)


def gathered(attendances: Iterable[Any]) -> list[list[Any]]:
    """The lines of several lists that are one and the same person, in the order in which they first came.

    Who is in the address book or registered is known by that. Anybody else is known by name, unsur and address; two of
    the same name on one list stay two.
    """
    found: dict[tuple[Any, ...], list[Any]] = {}
    seen: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in attendances:
        who = _who(row)
        if who[0] == "guest":
            seen[row.session_id, who] += 1
            who = (*who, seen[row.session_id, who])
        found.setdefault(who, []).append(row)
    return list(found.values())


def _who(row: Any) -> tuple[Any, ...]:
    if row.person_id:
        return "person", row.person_id
    if row.registration_id:
        return "registration", row.registration_id
    return "guest", " ".join(row.name.casefold().split()), row.unsur_id, row.address.casefold().strip()
