"""Being present by one's own phone: scan the code on the screen, one tap or a name, done.

The code is exchanged at once for a ticket in a signed cookie, so that a slow network does not lose against the next
code. A whole hall comes from one address, so nobody is counted by it but who types wrong codes; a ticket makes a few
rows at most, and the QR code's own signs are too many to guess.
"""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance import phone_codes
from attendance.forms import PhoneCodeForm, PhoneGuestForm
from attendance.models import (
    ActivityCancelled,
    AlreadyPresent,
    Attendance,
    CheckInClosed,
    Guest,
    PhoneTicket,
    Refusal,
    Session,
    TicketExpired,
)
from attendance.models.phone import PEOPLE_A_PHONE, PLACES
from partisipasi.http import client_address
from partisipasi.residents.models import Person

COOKIE, SALT = "tiket_hadir", "attendance.phone"
COOKIE_LASTS = 12 * 60 * 60
"""Longer than the ticket: a phone that scans again is known as the same one."""

PLACE_WORDS = {str(place) for place in range(1, PLACES + 1)}

LIMITS = {"typed_code": "200/h/ip,1000/h/key"}
PAUSE = 10 * 60
TOO_MANY = (
    "Terlalu banyak kode salah dari jaringan ini. Pindai kode QR di layar, atau datanglah ke meja presensi."
)
TOO_OLD = "Kode itu sudah berganti. Pakailah kode yang tampil di layar sekarang."
WRONG = "Kode itu tidak dikenal. Periksa lagi kode yang tampil di layar."


def ticket_of(request: HttpRequest) -> PhoneTicket | None:
    """The ticket that this phone holds, valid or not; None where it has none of this village."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    sessions = Session.objects.select_related("activity__kind", "activity__region")
    session = sessions.filter(pk=told["session"], activity__announced_at__isnull=False).first()
    return session and PhoneTicket(UUID(told["pk"]), session, datetime.fromtimestamp(told["at"], UTC))


def _give(request: HttpRequest, session: Session) -> HttpResponse:
    """Put a ticket into the phone, and lead to the page that asks who is there."""
    ticket = PhoneTicket.issue(session, ticket_of(request))
    told = {"pk": ticket.pk.hex, "session": session.pk, "at": ticket.issued_at.timestamp()}
    response = redirect("phone")
    response.set_cookie(
        COOKIE,
        signing.dumps(told, salt=SALT),
        max_age=COOKIE_LASTS,
        path="/hadir/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _found(code: str) -> tuple[Session | None, bool]:
    """The session whose screen shows or showed this code, and whether the code still opens its list."""
    for session in Session.objects.lately().order_by("-starts_at", "-pk"):
        age = phone_codes.age_of(session, code)
        if age is not None:
            return session, age <= phone_codes.GRACE
    return None, False


@login_not_required
@never_cache
@require_safe
def phone_scan(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code leads to."""
    code = phone_codes.typed(code)
    session, is_fresh = _found(code) if len(code) == phone_codes.LENGTH else (None, False)
    if session and is_fresh:
        return _give(request, session)
    return _ask_code(request, TOO_OLD if session else WRONG, status=410 if session else 404)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_code(request: HttpRequest) -> HttpResponse:
    """The same for who types the code; loaded again by its address, it is the page that asks."""
    if request.method != "POST":
        return redirect("phone")
    form = PhoneCodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    code = phone_codes.typed(form.cleaned_data["kode"])
    session, is_fresh = _found(code) if len(code) == phone_codes.SHORT else (None, False)
    if cache.get(_paused(request)):
        form.add_error("kode", TOO_MANY)
    elif session and is_fresh:
        return _give(request, session)
    elif session:
        form.add_error("kode", TOO_OLD)
    else:
        form.add_error("kode", WRONG if _may_err(request) else TOO_MANY)
    return _code_page(request, form, status=422)


def _may_err(request: HttpRequest) -> bool:
    """Count a wrong code. After too many, typed codes from this address wait a while, right ones too."""
    key = str(request.village.pk)  # type: ignore[attr-defined]
    allowed = ratelimit.consume(request, app="attendance", action="typed_code", config=LIMITS, key=key)
    if not allowed:
        cache.set(_paused(request), 1, PAUSE)
    return bool(allowed)


def _paused(request: HttpRequest) -> str:
    address = f"{settings.SECRET_KEY}:{client_address(request)}"
    return f"typed-codes-wait:{hashlib.sha256(address.encode()).hexdigest()}"


@login_not_required
@never_cache
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Who is there? Or, after that: you are on the list."""
    ticket = ticket_of(request)
    if ticket is None:
        return _ask_code(request)
    return _page(request, ticket)


@login_not_required
@never_cache
@require_POST
def phone_here(request: HttpRequest) -> HttpResponse:
    """The one tap of a verified resident."""
    ticket, person = ticket_of(request), _resident(request)
    place = request.POST.get("place", "")
    if ticket and person and place in PLACE_WORDS:
        _record(request, ticket, person, int(place))
    return redirect("phone")


@login_not_required
@never_cache
@require_POST
def phone_check_in(request: HttpRequest) -> HttpResponse:
    """A name, and what the sheet asks besides."""
    ticket = ticket_of(request)
    if ticket is None:
        return _ask_code(request, "HP ini belum membawa kode. Pindai dahulu kode di layar.", status=422)
    if _sent_before(request, ticket):
        return redirect("phone")
    is_here = bool(_here(ticket, _resident(request)))
    form = PhoneGuestForm(request.POST, ticket=ticket, holder_is_here=is_here)
    if form.is_valid():
        place = form.cleaned_data["place"]
        refused = _record(request, ticket, form.guest, place, for_household=is_here)
        if not refused:
            return redirect("phone")
        form.add_error(None, refused)
    return _page(request, ticket, form)


def _record(
    request: HttpRequest, ticket: PhoneTicket, who: Person | Guest, place: int, *, for_household: bool = False
) -> str:
    """Record and say so. What the form can still mend comes back; what it cannot, the next page says."""
    by = request.user if request.user.is_authenticated else None
    try:
        row = ticket.check_in(who, place=place, by=by, for_household=for_household)
    except TicketExpired as late:
        return str(late)
    except ValidationError as wrong:
        return " ".join(wrong.messages)
    except AlreadyPresent as there:
        messages.info(request, f"{there} Tidak dicatat dua kali.")
    except Refusal as refusal:
        if not isinstance(refusal, CheckInClosed | ActivityCancelled):
            messages.error(request, str(refusal))
    else:
        _tell_if_another(request, row, who.name)
    return ""


def _sent_before(request: HttpRequest, ticket: PhoneTicket) -> bool:
    """Did this very form come before? Then nothing is asked again."""
    place, rows = request.POST.get("place", ""), ticket.rows()
    if place not in PLACE_WORDS or int(place) > len(rows):
        return False
    _tell_if_another(request, rows[int(place) - 1], " ".join(request.POST.get("name", "").split())[:120])
    return True


def _tell_if_another(request: HttpRequest, row: Attendance, name: str) -> None:
    """A phone that is handed on with the same form open recorded only the first."""
    if name and row.name != name and row.undone_at is None:
        messages.info(request, f"Dari HP ini sudah tercatat {row.name}; {name} belum tercatat.")


def _here(ticket: PhoneTicket, person: Person | None) -> list[Attendance]:
    """Whom this phone recorded, or its signed-in holder whom the desk did."""
    here = [row for row in ticket.rows() if row.undone_at is None]
    if person and not here:
        here = list(ticket.session.attendances.present().filter(person=person))
    return here


def _resident(request: HttpRequest) -> Person | None:
    """The verified resident who is signed in on this phone."""
    return Person.objects.verified().of(request.user)  # type: ignore[arg-type]


def _ask_code(request: HttpRequest, said: str = "", status: int = 200) -> HttpResponse:
    return _code_page(request, PhoneCodeForm(), said, status)


def _code_page(request: HttpRequest, form: PhoneCodeForm, said: str = "", status: int = 200) -> HttpResponse:
    return render(request, "attendance/phone_code.html", {"form": form, "said": said}, status=status)


def _page(request: HttpRequest, ticket: PhoneTicket, form: PhoneGuestForm | None = None) -> HttpResponse:
    person = _resident(request)
    here, rows, activity = _here(ticket, person), ticket.rows(), ticket.session.activity
    may_ask = (
        not (activity.closed_at or activity.cancelled_at)
        and len(here) < PEOPLE_A_PHONE
        and (ticket.is_valid or form is not None)
    )
    asks = may_ask and (not here or form is not None or "lagi" in request.GET)
    taps = asks and person is not None and not here and form is None and "lain" not in request.GET
    if asks and not taps and form is None:
        form = PhoneGuestForm(ticket=ticket, holder_is_here=bool(here))
    context = {
        "ticket": ticket,
        "activity": activity,
        "is_open": not (activity.closed_at or activity.cancelled_at),
        "here": here,
        "undone": rows[-1] if rows and rows[-1].undone_at else None,
        "person": person,
        "may_add": may_ask and bool(here),
        "tap": taps,
        "form": form if asks and not taps else None,
    }
    is_wrong = form is not None and form.is_bound
    return render(request, "attendance/phone.html", context, status=422 if is_wrong else 200)
