"""A month as a wall calendar shows it. No Django in it."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Self

from partisipasi.village.words import month_name

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, order=True)
class Month:
    """A month of the village's own calendar; written `2026-11` in addresses."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError for what is no month between 2000 and 2099."""
        moment = datetime.strptime(text, "%Y-%m")  # noqa: DTZ007 (a month has no zone)
        if len(text) != 7 or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(f"{text} is no month of ours.")
        return cls.of(moment)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        """`November 2026`"""
        return f"{month_name(self.number)} {self.year}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def before(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        return Month.of(self.first + timedelta(days=31))

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday on, so the first and the last hold days of the neighbours."""
        return Calendar().monthdatescalendar(self.year, self.number)

    def holds(self, day: date) -> bool:
        return Month.of(day) == self

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment in `zone`, and the first that is no longer in it."""
        return _midnight(self.first, zone), _midnight(self.after.first, zone)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for distance in range((last - first).days + 1):
        yield first + timedelta(days=distance)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
