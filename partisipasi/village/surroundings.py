"""What every page needs to know of its village, found together with the village's own row."""

from collections.abc import Callable
from typing import Any

from django.db import models

from .models.village import VillageQuerySet

_coming: dict[str, Callable[[], Any]] = {}


def comes_with_village(name: str, expression: Callable[[], Any]) -> None:
    """Let the village of each request carry `name`: an expression over the village's row, made anew each time.

    Called at start-up by a room that has something to say on all pages of the portal.
    """
    _coming[name] = expression


def with_surroundings(villages: VillageQuerySet) -> models.QuerySet[Any]:
    """`villages`, each with all that pages show of it."""
    return villages.annotate(**{name: expression() for name, expression in _coming.items()})
