"""The numbers of a list while it fills, for the whole hall to read: counts, never a name."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from attendance.models import Session
from attendance.tally import Tally
from partisipasi.village.models import Region


@dataclass(frozen=True)
class Hall:
    """What the screen shows of one session's list."""

    tally: Tally
    by_part: tuple[tuple[str, int], ...]
    """How many came from each dusun, or whatever the village calls its parts."""
    by_invitation: bool
    registered_of: int
    """How many have a place by registration; they fill no invited seat."""
    is_closed: bool

    @classmethod
    def of(cls, session: Session) -> Self:
        paths = session.attendances.present().values_list("region__path", flat=True)
        parts = Counter(path.split("/")[1] for path in paths if path)
        names = {str(region.pk): str(region) for region in Region.objects.top()} if parts else {}
        counted = sorted(
            ((names[key], number) for key, number in parts.items()), key=lambda pair: (-pair[1], pair[0])
        )
        return cls(
            tally=Tally.of_session(session),
            by_part=tuple(counted),
            by_invitation=session.activity.kind.by_invitation,
            registered_of=session.activity.placed_count,
            is_closed=session.activity.closed_at is not None,
        )

    @property
    def part_unknown(self) -> int:
        return self.tally.present - sum(number for _, number in self.by_part)

    @property
    def counts_seats(self) -> bool:
        return self.by_invitation and self.tally.invited > 0
