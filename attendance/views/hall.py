"""What the hall's screen shows: the code for phones, and how many are there."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attendance import phone_codes
from attendance.hall import Hall
from attendance.models import Session
from attendance.views.activities import visible_activity
from attendance.views.desk import Desk, chosen_session
from partisipasi.printed import qr_image

NUMBERS_EVERY = 5
"""Seconds between two looks at the numbers."""


@never_cache
@require_safe
def hall_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For the projector: the code that changes, and the numbers beside it. For officials; the hall sees the wall."""
    at = Desk.of(request, pk)
    context = _code(request, at.session) | {"hall": Hall.of(at.session), "numbers_every": NUMBERS_EVERY}
    return render(request, "attendance/hall_screen.html", context)


@never_cache
@require_safe
def hall_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code alone, which the screen fetches when the last one ends."""
    return render(request, "attendance/_hall_code.html", _code(request, Desk.of(request, pk).session))


def _code(request: HttpRequest, session: Session) -> dict[str, object]:
    activity = session.activity
    context: dict[str, object] = {"activity": activity, "session": session, "code": None}
    if Session.objects.lately().filter(pk=session.pk).exists() and not (
        activity.closed_at or activity.cancelled_at
    ):
        code = phone_codes.shown(session)
        address = request.village.url(reverse("phone_scan", args=[code.long]))  # type: ignore[attr-defined]
        page = request.village.url(reverse("phone"))  # type: ignore[attr-defined]
        context |= {"code": code, "qr": qr_image(address), "page": page.partition("://")[2].rstrip("/")}
    return context


@login_not_required
@require_safe
def hall_live(request: HttpRequest, pk: int) -> HttpResponse:
    """How many are there, for everybody: big numbers that renew themselves."""
    session = _session(request, pk)
    context = {
        "activity": session.activity,
        "session": session,
        "hall": Hall.of(session),
        "numbers_every": NUMBERS_EVERY,
    }
    return render(request, "attendance/hall_live.html", context)


@login_not_required
@require_safe
def hall_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers alone; whoever has them as they are gets an empty answer."""
    hall = Hall.of(_session(request, pk))
    etag = f'"{hashlib.sha256(repr(hall).encode()).hexdigest()[:32]}"'
    known = get_conditional_response(request, etag=etag)
    response = known or render(request, "attendance/_hall.html", {"hall": hall})
    response["ETag"] = etag
    return response


def _session(request: HttpRequest, pk: int) -> Session:
    return chosen_session(visible_activity(request, pk), request.GET.get("sesi"))
