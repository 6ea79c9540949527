"""The part of the invited seats that must be filled before an assembly decides (domain: 1.6). No Django in it."""

import re
from dataclasses import dataclass
from typing import Self

from partisipasi.village.words import figures

USUAL = "2/3"
WRITTEN = r"^[1-9][0-9]?/[1-9][0-9]?$"

_PARTS = {2: "perdua", 3: "pertiga", 4: "perempat", 5: "perlima", 6: "perenam", 8: "perdelapan"}
_NUMBERS = {2: "dua", 3: "tiga", 4: "empat", 5: "lima", 6: "enam", 7: "tujuh"}


@dataclass(frozen=True)
class Quorum:
    """At least `part` of `whole` of the invited seats."""

    part: int
    whole: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What `2/3` says; None where it says that no quorum is asked. Raises ValueError for anything else."""
        if not text:
            return None
        if not re.fullmatch(WRITTEN, text):
            raise ValueError(f"{text!r} is no fraction.")
        part, whole = map(int, text.split("/"))
        if part > whole:
            raise ValueError(f"{text!r} is more than all seats.")
        return cls(part, whole)

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}"

    def needed(self, invited: int) -> int:
        """So many seats that it is no less than the part that is asked."""
        return -(-invited * self.part // self.whole)

    @property
    def words(self) -> str:
        """`dua pertiga`; a fraction that nobody speaks stays in figures."""
        if self.part == self.whole:
            return "seluruh"
        if (self.part, self.whole) == (1, 2):
            return "setengah"
        if self.part == 1 and self.whole in _PARTS:
            return f"se{_PARTS[self.whole]}"
        if self.part in _NUMBERS and self.whole in _PARTS:
            return f"{_NUMBERS[self.part]} {_PARTS[self.whole]}"
        return str(self)


@dataclass(frozen=True)
class QuorumCount:
    """A quorum asked of one list: how many seats it needs, and whether they are filled."""

    quorum: Quorum
    invited: int
    seats_filled: int

    @property
    def needed(self) -> int:
        return self.quorum.needed(self.invited)

    @property
    def is_met(self) -> bool:
        return self.seats_filled >= self.needed

    @property
    def lacking(self) -> int:
        return max(self.needed - self.seats_filled, 0)

    def as_facts(self) -> dict[str, int | bool]:
        """For the ledger."""
        return {"quorum_seats": self.needed, "quorum_met": self.is_met}

    @property
    def pill(self) -> str:
        """Where it stands, in a few words."""
        if self.is_met:
            return "Kuorum tercapai"
        return f"Kuorum kurang {figures(self.lacking)} kursi"

    @property
    def rule(self) -> str:
        """`Kuorum: 60 kursi, dua pertiga dari 90 undangan.`"""
        of = "" if self.quorum.part == self.quorum.whole else "dari "
        return (
            f"Kuorum: {figures(self.needed)} kursi, {self.quorum.words} {of}{figures(self.invited)} undangan."
        )

    @property
    def outcome(self) -> str:
        return "tercapai" if self.is_met else "tidak tercapai"

    @property
    def line(self) -> str:
        """For a paper: `Kuorum: 60 kursi, dua pertiga dari 90 undangan; tercapai.`"""
        return f"{self.rule.removesuffix('.')}; {self.outcome}."
