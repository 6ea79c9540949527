"""On which days a regular meeting falls: each week, or on a day or a weekday of the month. No Django in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from dateutil import rrule

from partisipasi.village.words import DAYS

LAST = -1
MOST = 60
"""More dates than a year of weeks has nobody looks through."""

_NTH = {1: "pertama", 2: "kedua", 3: "ketiga", 4: "keempat", LAST: "terakhir"}


class Every(StrEnum):
    """By what it comes again."""

    WEEK = "minggu"
    DAY = "tanggal"
    WEEKDAY = "hari"


@dataclass(frozen=True)
class Recurrence:
    """Every `interval` weeks or months: on `weekday` (0 is Monday), on the `nth` weekday, or on `day` of the month.

    `nth` and `day` count from 1; LAST is the last.
    """

    every: Every
    weekday: int = 0
    nth: int = 1
    day: int = 1
    interval: int = 1

    def dates(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last`, both included, at most MOST."""
        span = {"dtstart": datetime.combine(first, time()), "until": datetime.combine(last, time())}
        match self.every:
            case Every.WEEK:
                rule = rrule.rrule(rrule.WEEKLY, interval=self.interval, byweekday=self.weekday, **span)
            case Every.DAY:
                rule = rrule.rrule(rrule.MONTHLY, interval=self.interval, bymonthday=self.day, **span)
            case Every.WEEKDAY:
                on = rrule.weekday(self.weekday)(self.nth)
                rule = rrule.rrule(rrule.MONTHLY, interval=self.interval, byweekday=on, **span)
        found = iter(rule)
        return [moment.date() for moment, _ in zip(found, range(MOST), strict=False)]

    @property
    def words(self) -> str:
        """`Setiap bulan, Selasa kedua`"""
        unit = "minggu" if self.every == Every.WEEK else "bulan"
        often = f"Setiap {unit}" if self.interval == 1 else f"Setiap {self.interval} {unit}"
        match self.every:
            case Every.WEEK:
                return f"{often}, hari {DAYS[self.weekday]}"
            case Every.DAY:
                return f"{often}, hari terakhir" if self.day == LAST else f"{often}, tanggal {self.day}"
        return f"{often}, {DAYS[self.weekday]} {_NTH[self.nth]}"
