"""The desk without a network: what its queue brings, what it keeps, and what came after closing."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from attendance.address_book import people_for
from attendance.forms import ContactForm, GuestForm, LateForm, TapForm
from attendance.models import (
    Activity,
    Attendance,
    DeskContact,
    Guest,
    LateArrival,
    Refusal,
    SecondTap,
    Session,
)
from attendance.models.desk_queue import Outcome, take_in
from attendance.models.tap import Tap
from attendance.views.desk import Desk, chosen_session
from attendance.views.doing import sent
from partisipasi.residents.models import Unsur

MOST = 50
INCOMPLETE = Outcome("refused", "Catatan ini tidak lengkap. Catat lagi orangnya.")
LEVELS = {"recorded": messages.SUCCESS, "already": messages.INFO, "late": messages.WARNING}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk_queue(request: HttpRequest, pk: int) -> HttpResponse:
    """For the desk's script: what it shows without a network, and what its queue brings.

    Who is signed out gets 401 and keeps his queue.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"sign_in": settings.LOGIN_URL}, status=401)
    at = Desk.of(request, pk)
    return _take_queue(request, at) if request.method == "POST" else JsonResponse(_kept(request, at))


def _kept(request: HttpRequest, at: Desk) -> dict[str, Any]:
    """What the device keeps: no more than the desk's list shows, and nothing once the list is closed."""
    is_open = not at.activity.closed_at and not at.activity.cancelled_at
    standing = at.activity.invitations.standing().select_related("person__region", "body__region", "unsur")
    here = at.session.attendances.present().values_list("invitation", flat=True)
    seated = set(here) if is_open else set()
    invited = [
        {
            "pk": seat.pk,
            "name": str(seat),
            "detail": seat.detail,
            "here": seat.pk in seated,
            "asks_name": seat.asks_name,
            "stand_in": "" if seat.pk in seated else seat.stand_in,
        }
        for seat in (standing.by_name() if is_open else ())
    ]
    registered = _registered(at) if is_open else []
    return {"open": is_open, "token": get_token(request), "invited": [*invited, *registered]}


def _registered(at: Desk) -> list[dict[str, Any]]:
    here = set(at.session.attendances.present().values_list("registration", flat=True))
    standing = at.activity.registrations.standing().in_order().select_related("person__region")
    return [
        {"registration": each.pk, "name": str(each), "detail": each.detail, "here": each.pk in here}
        for each in standing
    ]


def _take_queue(request: HttpRequest, at: Desk) -> HttpResponse:
    told = _json_of(request)
    contact = ContactForm(told)
    taps = told.get("taps", [])
    if not contact.is_valid() or not isinstance(taps, list) or len(taps) > MOST:
        return JsonResponse({"text": "Antrean ini tidak dapat dibaca. Muat ulang halaman."}, status=400)
    heard, user = contact.cleaned_data, request.user
    answers = [_answer(request, at.activity, heard, tap if isinstance(tap, dict) else {}) for tap in taps]
    unsettled = sum(not answer.is_settled for _, answer in answers)
    DeskContact.objects.hear(at.session, heard["desk"], waiting=heard["left"] + unsettled, by=user)
    return JsonResponse(
        {
            "answers": [
                {
                    "nonce": nonce,
                    "state": one.state,
                    "text": one.text,
                    "asks": one.asks,
                    "sign": _sign_url(at, one.line) if one.line else "",
                }
                for nonce, one in answers
            ],
            "news": SecondTap.objects.news_for(heard["desk"], at.activity),
            "open": not at.activity.closed_at and not at.activity.cancelled_at,
        }
    )


def _sign_url(at: Desk, line: Attendance) -> str:
    """Where who was just recorded signs; nothing where this kind of activity does not ask for it."""
    if not at.activity.asks_signatures:
        return ""
    return f"{reverse('attendance:desk_sign', args=[at.activity.pk, line.pk])}?sesi={line.session_id}"


def _json_of(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _answer(request: HttpRequest, activity: Activity, heard: dict, told: dict) -> tuple[str, Outcome]:
    """One check-in of the queue and what became of it; said as a message too where its page is open."""
    form = TapForm(told)
    if not form.is_valid():
        return str(told.get("nonce", "")), INCOMPLETE
    tap = form.cleaned_data
    answer = _take_tap(request, activity, heard, tap, told)
    if told.get("flash") is True and answer.state in LEVELS:
        messages.add_message(request, LEVELS[answer.state], answer.text)
    return str(told["nonce"]), answer


def _take_tap(request: HttpRequest, activity: Activity, heard: dict, tap: dict, told: dict) -> Outcome:
    try:
        session = chosen_session(activity, str(tap["session"]))
    except Http404:
        return INCOMPLETE
    who = _who(request, session, tap, told)
    if isinstance(who, Outcome):
        return who
    clocks = Tap.on(session, heard["desk"], tapped=tap["at"], sent=heard["now"])
    return take_in(session, clocks, nonce=tap["nonce"], by=request.user, **who)


def _who(request: HttpRequest, session: Session, tap: dict, told: dict) -> dict[str, Any] | Outcome:
    """Whom the tap names, as the verb takes it; else why nobody."""
    activity = session.activity
    guest = told.get("guest")
    if tap["invitation"]:
        seat = activity.invitations.standing().filter(pk=tap["invitation"]).first()
        if not seat:
            return Outcome("refused", "Undangannya sudah dicabut.")
        if guest is None:
            return {"invitation": seat}
        who = _guest(session, tap, guest, for_seat=True)
        return who if isinstance(who, Outcome) else {"who": who} | seat.filled_by_another
    if tap["registration"]:
        found = activity.registrations.standing().filter(pk=tap["registration"]).first()
        return {"registration": found} if found else Outcome("refused", "Pendaftarannya sudah dibatalkan.")
    if tap["person"]:
        person = people_for(request.user).filter(pk=tap["person"]).first()
        return {"who": person} if person else INCOMPLETE
    who = _guest(session, tap, guest)
    return who if isinstance(who, Outcome) else {"who": who}


def _guest(session: Session, tap: dict, told: object, *, for_seat: bool = False) -> Guest | Outcome:
    """Who was written down at the desk; else why not."""
    facts = (told if isinstance(told, dict) else {}) | {"nonce": tap["nonce"]}
    form = GuestForm(facts, session=session, for_seat=for_seat)
    if not for_seat:
        # What a desk was offered when it lost the network stays good.
        form.fields["unsur"].queryset = Unsur.objects.all()  # type: ignore[attr-defined]
    if form.is_valid():
        return form.guest
    sentences = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return Outcome("refused", sentences, asks="same_name" in form.fields)


@require_safe
@never_cache
def desk_worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk's service worker; it stands at this address because its reach is the path that it comes from."""
    Desk.of(request, pk)
    script = (settings.BASE_DIR / "static/js/desk_worker.js").read_text()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def desk_late(request: HttpRequest, pk: int) -> HttpResponse:
    """What came after closing: the secretary takes it in, reopening the list, or declines it."""
    at = Desk.of(request, pk, "attendance.close_activity")
    form = LateForm(sent(request), activity=at.activity)
    if form.is_valid() and _settle(request, at, form):
        return redirect(reverse("attendance:desk_late", args=[pk]))
    settled = LateArrival.objects.settled().filter(session__activity=at.activity)
    context = {
        "desk": at,
        "activity": at.activity,
        "form": form,
        "waiting": form.fields["arrivals"].queryset.count(),  # type: ignore[attr-defined]
        "settled": settled.select_related("settled_by", "person", "invitation__person", "invitation__body"),
    }
    return render(request, "attendance/desk_late.html", context, status=422 if form.is_bound else 200)


def _settle(request: HttpRequest, at: Desk, form: LateForm) -> bool:
    arrivals, reason = form.cleaned_data["arrivals"], form.cleaned_data["reason"]
    try:
        if form.cleaned_data["act"] == "tolak":
            for late in arrivals:
                late.decline(reason, request.user)
            messages.success(request, f"{len(arrivals)} susulan tidak diterima.")
        else:
            number = arrivals.take(at.activity, reason, request.user)
            messages.success(
                request, f"{number} susulan diterima. Daftar hadir terbuka lagi; tutuplah sesudah diperiksa."
            )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    return True
