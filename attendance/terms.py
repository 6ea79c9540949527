"""Terms that are counted in months: when one that began on a day is over, and which days it covers."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def months_after(day: date, months: int) -> date:
    """The day on which so many months are over; where the month has no such day, the first of the next."""
    over = day + relativedelta(months=months)
    return over if over.day == day.day else over + timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The last day of which so many months are over on `day`: `months_after(it, months) <= day`."""
    return day - relativedelta(months=months)
