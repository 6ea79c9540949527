"""Reports that this browser has opened with code and PIN: an hour each, in the session, for that report alone."""

from django.conf import settings
from django.http import HttpRequest

from feedback.models import Report
from partisipasi import clock

SECONDS = 60 * 60
_KEY = "aspirasi"


def open_here(request: HttpRequest, report: Report) -> None:
    """Let this browser see the whole of `report` for an hour."""
    # A session that somebody else may have put into this browser gets a new name.
    request.session.cycle_key()
    if not request.user.is_authenticated:
        request.session.set_expiry(SECONDS)
    request.session[_KEY] = _still_open(request) | {report.code: _now() + SECONDS}


def is_open_here(request: HttpRequest, code: str) -> bool:
    # Who brings no session is not asked for one, so that public pages stay everybody's.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and code in _still_open(request)


def _still_open(request: HttpRequest) -> dict[str, int]:
    kept = request.session.get(_KEY)
    return {code: until for code, until in kept.items() if until > _now()} if isinstance(kept, dict) else {}


def _now() -> int:
    return int(clock.now().timestamp())
