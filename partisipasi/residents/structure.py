"""The structure of a village's government (*SOTK*, Permendagri 84/2015), as the offices held today make it.

The head of the village leads; the secretary with the *urusan* serves the office, the *seksi* and the heads of dusun
carry out. BPD stands beside the head, not below.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Role
from .offices import GOVERNMENT, HAMLETS, Seat

_SECTION = re.compile(r"(kasi|kepala seksi)\b", re.IGNORECASE)


@dataclass
class Branch:
    """What stands under one office, or under a heading where nobody holds the office above it."""

    heading: str
    seat: Seat | None = None
    below: list["Branch"] = field(default_factory=list)


@dataclass
class Chart:
    """The head with all branches, and who stands beside."""

    head: Branch
    beside: list[Branch] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.head.seat or self.head.below or self.beside)


def chart_of(groups: Iterable[tuple[str, list[Seat]]]) -> Chart:
    """The chart of what `offices.seats_by_group` gives."""
    seats = dict(groups)
    government = seats.get(GOVERNMENT, [])
    head = next((seat for seat in government if seat.held.role == Role.VILLAGE_HEAD), None)
    secretary = next((seat for seat in government if seat.held.role == Role.SECRETARY), None)
    others = [seat for seat in government if seat not in (head, secretary)]
    sections = [seat for seat in others if _SECTION.match(seat.held.title)]
    served = [_branch(seat) for seat in others if seat not in sections]
    office = Branch("Sekretariat desa", secretary, served)
    branches = [office] if secretary or served else []
    branches += _under("Pelaksana teknis", sections)
    branches += _under("Pelaksana kewilayahan", seats.get(HAMLETS, []))
    return Chart(Branch("Kepala desa", head, branches), [_branch(seat) for seat in seats.get("BPD", [])])


def _branch(seat: Seat) -> Branch:
    return Branch(seat.held.office, seat)


def _under(heading: str, seats: list[Seat]) -> list[Branch]:
    return [Branch(heading, None, [_branch(seat) for seat in seats])] if seats else []
