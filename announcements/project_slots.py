"""What hangs on a project: rooms above register here what they have to show on its page."""

from collections.abc import Callable
from typing import Any

from announcements.models import Project
from attendance.slots import Hanging

Question = Callable[[Project, Any], list[Hanging]]

_slots: dict[str, Question] = {}


def hangs_on_project(heading: str) -> Callable[[Question], Question]:
    """Register a function that answers what this visitor may see under `heading` on a project's page."""

    def register(function: Question) -> Question:
        _slots[heading] = function
        return function

    return register


def hanging_on(project: Project, user: Any) -> list[tuple[str, list[Hanging]]]:
    """Headings with what hangs there now; empty ones are left out."""
    answers = ((heading, ask(project, user)) for heading, ask in _slots.items())
    return [(heading, found) for heading, found in answers if found]
