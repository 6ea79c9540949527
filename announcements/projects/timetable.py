"""A project's plan against the day: how far it should be, how late it is, and the drawing of it. No Django in it."""

from dataclasses import dataclass
from datetime import date, timedelta

REPORT_EVERY = timedelta(days=14)
"""How often whoever carries a project out tells how far it is; so much may it lie behind before it counts as late."""


def planned_percent(starts_on: date, ends_on: date, on: date) -> int:
    """How many per cent are planned to be done by the end of that day, when work goes evenly; 0 to 100."""
    if on < starts_on:
        return 0
    if on >= ends_on:
        return 100
    return (on - starts_on).days * 100 // (ends_on - starts_on).days


def days_late(starts_on: date, ends_on: date, percent: int, on: date) -> int:
    """By how many days a work that is `percent` done lies behind its plan; 0 where it does not count as late.

    After the planned end each day counts. Before, a lag counts once it is longer than REPORT_EVERY.
    """
    if percent >= 100:
        return 0
    if on > ends_on:
        return (on - ends_on).days
    reached = starts_on + timedelta(days=(ends_on - starts_on).days * percent // 100)
    behind = on - reached
    return behind.days if behind > REPORT_EVERY else 0


@dataclass(frozen=True)
class Span:
    """A stretch on the drawing, in per cent of its width."""

    x: str
    width: str


@dataclass(frozen=True)
class Drawing:
    """The planned and the real time of a project above each other, and where today is; None where it lies outside."""

    first: date
    last: date
    planned: Span
    real: Span | None
    today: str | None


def drawing(starts_on: date, ends_on: date, started_on: date | None, until: date, today: date) -> Drawing:
    """The drawing of a plan and of what came of it from `started_on` to `until`."""
    days = [starts_on, ends_on, *((started_on, until) if started_on else ())]
    first, last = min(days), max(days)
    whole = max((last - first).days, 1)

    def at(day: date) -> float:
        return (day - first).days * 100 / whole

    def span(begin: date, end: date) -> Span:
        # A day is seen, too.
        width = max(at(end) - at(begin), 1)
        return Span(_percent(min(at(begin), 99)), _percent(width))

    return Drawing(
        first,
        last,
        span(starts_on, ends_on),
        span(started_on, max(until, started_on)) if started_on else None,
        _percent(min(at(today), 99.5)) if first <= today <= last else None,
    )


def _percent(number: float) -> str:
    return f"{number:.2f}%"
