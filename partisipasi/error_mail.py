"""Telling the administrators of the installation by mail that something broke, and nothing about people.

Django's own mail of an error holds what was sent, cookies, addresses and the error's words, which name people. Here
stand the kind of the error, the page's pattern, and where in the program it happened; the rest is in the log.
"""

import hashlib
import logging
import time
import traceback

from django.conf import settings
from django.core.cache import cache
from django.core.mail import mail_admins
from django.db import DatabaseError

from partisipasi import clock

SAME_AGAIN = 60 * 60
"""Seconds for which the same error is not told again."""
MOST_AN_HOUR = 20

# Somebody asking for a host that is none is no fault of ours.
UNTOLD = ("django.security.DisallowedHost", "django.server")

_last_without_cache: list[float] = []


class ErrorMailHandler(logging.Handler):
    """Sends one mail to ADMINS for each new error, and at most MOST_AN_HOUR."""

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS or record.name.startswith(UNTOLD):
            return
        try:
            kind, place = _what(record), _where(record)
            if _is_news(f"{kind} {place}"):
                mail_admins(f"{kind} di {_page(record) or record.name}", _letter(record, kind))
        except Exception:
            self.handleError(record)


def _what(record: logging.LogRecord) -> str:
    error = record.exc_info[0] if record.exc_info else None
    return f"{error.__module__}.{error.__qualname__}" if error else record.levelname


def _frames(record: logging.LogRecord) -> list[traceback.FrameSummary]:
    return traceback.extract_tb(record.exc_info[2]) if record.exc_info else []


def _where(record: logging.LogRecord) -> str:
    frames = _frames(record)
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}"
    return f"{record.pathname}:{record.lineno}"


def _page(record: logging.LogRecord) -> str:
    """The pattern of the page: its address itself may hold a code or somebody's name."""
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    return f"{request.method} /{match.route}" if request and match else ""


def _letter(record: logging.LogRecord, kind: str) -> str:
    request = getattr(record, "request", None)
    village = getattr(request, "village", None)
    facts = {
        "Waktu": clock.now().isoformat(timespec="seconds"),
        "Galat": kind,
        "Halaman": _page(record),
        "Desa": str(village.pk) if village else "",
        "Bagian program": record.name,
        "Tempat": _where(record),
    }
    lines = [f"{name}: {value}" for name, value in facts.items() if value]
    steps = [f"  {step.filename}:{step.lineno} {step.name}" for step in _frames(record)]
    return "\n".join(
        [
            *lines,
            "",
            *(["Jalannya program:", *steps, ""] if steps else []),
            "Kata-kata galatnya ada dalam catatan program (log) saja, karena dapat memuat data orang.",
            "Galat yang sama tidak dikirim lagi selama satu jam.",
        ]
    )


def _is_news(fingerprint: str) -> bool:
    """Was this not told within the hour, and not too much else? Workers count together in the shared cache."""
    try:
        if not cache.add(f"error-mail:{hashlib.sha256(fingerprint.encode()).hexdigest()}", 1, SAME_AGAIN):
            return False
        cache.add("error-mail:count", 0, SAME_AGAIN)
        return cache.incr("error-mail:count") <= MOST_AN_HOUR
    except (DatabaseError, OSError, ValueError):
        return _is_first_in_an_hour()


def _is_first_in_an_hour() -> bool:
    """Without the cache, which may be what broke: one an hour for this process."""
    moment = time.monotonic()
    if _last_without_cache and moment - _last_without_cache[-1] < SAME_AGAIN:
        return False
    _last_without_cache[:] = [moment]
    return True
