"""Terms that are counted in months: when one that began on a day is over, and which days it covers."""

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The day on which so many months are over; where the month has no such day, the first of the next."""
    year, month = _month(day, months)
    last = monthrange(year, month)[1]
    if day.day > last:
        return date(year, month, last) + timedelta(days=1)
    return date(year, month, day.day)


def months_before(day: date, months: int) -> date:
    """The last day of which so many months are over on `day`: `months_after(it, months) <= day`."""
    year, month = _month(day, -months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
