"""What hangs on an activity: rooms above register here what they have to show on its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attendance.models import Activity


@dataclass(frozen=True)
class Hanging:
    """One thing on the activity's page: an article about it, a topic that discusses it."""

    title: str
    url: str
    day: datetime | None = None
    facts: str = ""


Question = Callable[[Activity, Any], list[Hanging]]

_slots: dict[str, Question] = {}


def hangs_on_activity(heading: str) -> Callable[[Question], Question]:
    """Register a function that answers what this visitor may see under `heading` on an activity's page."""

    def register(function: Question) -> Question:
        _slots[heading] = function
        return function

    return register


def hanging_on(activity: Activity, user: Any) -> list[tuple[str, list[Hanging]]]:
    """Headings with what hangs there now; empty ones are left out."""
    answers = ((heading, ask(activity, user)) for heading, ask in _slots.items())
    return [(heading, found) for heading, found in answers if found]
