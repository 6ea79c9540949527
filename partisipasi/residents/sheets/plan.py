"""What a sheet would change: told before, done all or not at all."""

from dataclasses import dataclass, field
from typing import Any

Understood = dict[str, Any]
"""One row as it will be kept: plain values that JSON holds, "row" its number in the file."""


@dataclass
class Change:
    """A row of the village's that the sheet would alter, and in what."""

    row: int
    name: str
    what: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """Rows that would be new or changed, how many would stay as they are, and what stands against all of it."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed
