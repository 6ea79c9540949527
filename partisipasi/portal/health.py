"""Whether the installation works: asked by the watchman of the server, and by `make run` before it says so."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partisipasi.village.models import Heartbeat

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=5)
"""How long the task worker and `due`, which show a sign of life each minute, may be silent."""


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache() -> bool:
    cache.set("healthz", "ya", 30)
    return cache.get("healthz") == "ya"


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "cache": _cache,
    "tasks": lambda: Heartbeat.is_alive("tasks", SILENCE),
    "due": lambda: Heartbeat.is_alive("due", SILENCE),
}


def _answers(name: str) -> bool:
    try:
        return CHECKS[name]()
    except Exception:
        logger.exception("%s does not answer", name)
        return False


@never_cache
@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Each part of the installation and whether it answers; 503 if one does not."""
    found = {name: _answers(name) for name in CHECKS}
    words = {name: "ok" if answers else "silent" for name, answers in found.items()}
    return JsonResponse(words, status=200 if all(found.values()) else 503)
