"""Counting the days on which the village's office works (domain: hari kerja). No Django in it.

Day 1 is the first working day after the day on which something came in.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)

LONGEST_CLOSURE = 366
"""So many closed days on end are a mistake in the table, not a holiday."""


@dataclass(frozen=True)
class Calendar:
    """On which days an office works: Monday to Friday or Saturday, but for its holidays."""

    holidays: Set[date] = frozenset()
    six_day_week: bool = False

    def is_working_day(self, day: date) -> bool:
        closed_from = SUNDAY if self.six_day_week else SATURDAY
        return day.weekday() < closed_from and day not in self.holidays

    def add_working_days(self, start: date, number: int) -> date:
        """The `number`-th working day after `start`, which itself never counts; 0 is `start`.

        Raises ValueError for negative numbers and for a table in which no day is open for a year.
        """
        if number < 0:
            raise ValueError("Working days are counted forwards.")
        day = start
        for _ in range(number):
            day = self.next_working_day(day)
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for ahead in range(1, LONGEST_CLOSURE + 1):
            if self.is_working_day(day + DAY * ahead):
                return day + DAY * ahead
        raise ValueError(f"No working day within a year after {day}.")

    def latest_start(self, number: int, *, before: date) -> date:
        """The latest day whose `number`-th working day lies before `before`.

        Raises ValueError for a table in which no day is open for a year.
        """
        day = before
        for _ in range(number):
            day = self._previous_working_day(day)
        return day - DAY

    def _previous_working_day(self, day: date) -> date:
        for back in range(1, LONGEST_CLOSURE + 1):
            if self.is_working_day(day - DAY * back):
                return day - DAY * back
        raise ValueError(f"No working day within a year before {day}.")

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 if `end` is not later."""
        return sum(self.is_working_day(start + DAY * ahead) for ahead in range(1, (end - start).days + 1))
