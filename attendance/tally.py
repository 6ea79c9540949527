"""Counting a list: how many came, of whom, and how many of the invited seats are filled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from attendance.quorum import Quorum, QuorumCount
from partisipasi.village.words import figures


class Line(NamedTuple):
    """What of one line of the list is counted. `seat` is the invitation it fills, None for who has none."""

    sex: str
    unsur: str
    seat: int | None
    is_stand_in: bool = False
    registration: int | None = None


@dataclass(frozen=True)
class Tally:
    """The numbers of one list. A seat counts as filled in person or by a stand-in, never by a walk-in.

    Who registered has no seat, and is no walk-in either: `registered` counts those who came.
    """

    present: int
    men: int
    women: int
    invited: int
    seats_filled: int
    stand_ins: int
    walk_ins: int
    by_unsur: tuple[tuple[str, int], ...]
    quorum: QuorumCount | None = None
    """What the seats make of the quorum; None where none is asked, or nobody was invited."""
    registered: int = 0

    @classmethod
    def of(cls, lines: Iterable[Line], invited: int, quorum: Quorum | None = None) -> Self:
        lines = list(lines)
        unsur = Counter(line.unsur for line in lines if line.unsur)
        seats_filled = len({line.seat for line in lines if line.seat is not None})
        return cls(
            present=len(lines),
            men=sum(line.sex == "L" for line in lines),
            women=sum(line.sex == "P" for line in lines),
            invited=invited,
            seats_filled=seats_filled,
            stand_ins=sum(line.is_stand_in for line in lines),
            walk_ins=sum(line.seat is None and line.registration is None for line in lines),
            by_unsur=_most_first(unsur.items()),
            quorum=QuorumCount(quorum, invited, seats_filled) if quorum and invited else None,
            registered=sum(line.seat is None and line.registration is not None for line in lines),
        )

    @classmethod
    def of_session(cls, session: Any) -> Self:
        """Of a session's list: as its closing counted it, or as it stands now."""
        if session.counts is None:
            return cls.count(session)
        kept = dict(session.counts)
        by_unsur = kept.pop("by_unsur").items()
        quorum = session.activity.quorum_asked if kept["invited"] else None
        count = QuorumCount(quorum, kept["invited"], kept["seats_filled"]) if quorum else None
        return cls(**kept, by_unsur=_most_first(by_unsur), quorum=count)

    @classmethod
    def count(cls, session: Any) -> Self:
        """Of a session's list as it stands now."""
        rows = session.attendances.present().values_list(
            "sex", "unsur__name", "invitation_id", "is_stand_in", "registration_id"
        )
        invited = session.activity.invitations.standing().count()
        return cls.of((Line(*row) for row in rows), invited, session.activity.quorum_asked)

    @property
    def sex_unknown(self) -> int:
        return self.present - self.men - self.women

    @property
    def unsur_unknown(self) -> int:
        return self.present - sum(number for _, number in self.by_unsur)

    @property
    def sex_sentence(self) -> str:
        unknown = f", {figures(self.sex_unknown)} tidak dicatat" if self.sex_unknown else ""
        return f"orang hadir: {figures(self.men)} laki-laki, {figures(self.women)} perempuan{unknown}."

    @property
    def seats_sentence(self) -> str:
        return f"dari {figures(self.invited)} kursi undangan terisi{self._by_stand_ins}."

    @property
    def seats_line(self) -> str:
        """The same for a paper, with its number: `Kursi undangan terisi: 55 dari 90, 11 di antaranya diwakili.`"""
        filled = f"{figures(self.seats_filled)} dari {figures(self.invited)}"
        return f"Kursi undangan terisi: {filled}{self._by_stand_ins}."

    @property
    def _by_stand_ins(self) -> str:
        return f", {figures(self.stand_ins)} di antaranya diwakili" if self.stand_ins else ""

    def as_facts(self) -> dict[str, Any]:
        """For the ledger: numbers alone."""
        return {
            "present": self.present,
            "men": self.men,
            "women": self.women,
            "invited": self.invited,
            "seats_filled": self.seats_filled,
            "stand_ins": self.stand_ins,
            "walk_ins": self.walk_ins,
            "by_unsur": dict(self.by_unsur),
        } | ({"registered": self.registered} if self.registered else {})


def _most_first(counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))
