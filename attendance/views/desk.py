"""The desk at the door: one official, a phone or a laptop, and people who want to sit down."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.address_book import people_for
from attendance.forms import CheckInForm, DeskSearchForm, GuestForm, ReasonForm
from attendance.models import (
    Activity,
    AlreadyPresent,
    Attendance,
    Invitation,
    LateArrival,
    Postponement,
    Refusal,
    Registration,
    ScreenSignature,
    Session,
)
from attendance.tally import Line, Tally
from attendance.views.doing import do, sent
from partisipasi import clock
from partisipasi.residents.models import Person

PAGE_SIZE = 100
ADDRESS_BOOK_HITS = 8


@dataclass(frozen=True)
class Desk:
    """Where an official works: the session whose list it is, and the search he is in."""

    activity: Activity
    session: Session
    search: str
    page: str = ""

    @classmethod
    def of(cls, request: HttpRequest, pk: int, perm: str = "attendance.run_desk") -> "Desk":
        """The desk that the address names. Raises Http404 beyond the reach of this official's appointment."""
        within = Activity.objects.within_reach(request.user, perm).select_related("kind", "region")
        activity = get_object_or_404(within, pk=pk)
        sent = request.POST if request.method == "POST" else request.GET
        search = DeskSearchForm(sent)
        words = search.cleaned_data["q"] if search.is_valid() else ""
        page = sent.get("halaman", "")
        session = chosen_session(activity, sent.get("sesi"))
        return cls(activity, session, words, page if page.isdecimal() else "")

    def url(self, anchor: str = "", **query: Any) -> str:
        query = {"sesi": self.session.pk, "q": self.search, "halaman": self.page} | query
        kept = urlencode({name: value for name, value in query.items() if value})
        path = reverse("attendance:desk", args=[self.activity.pk])
        return f"{path}?{kept}" + (f"#{anchor}" if anchor else "")


def chosen_session(activity: Activity, chosen: str | None) -> Session:
    """The session that the address names, else the one that is on, or comes next, or was last."""
    sessions = list(activity.sessions.in_order())
    for session in sessions:
        # One activity for all: its kind and place are not fetched again for each.
        session.activity = activity
    if not sessions:
        raise Http404
    if chosen:
        found = [session for session in sessions if str(session.pk) == chosen]
        if not found:
            raise Http404
        return found[0]
    now = clock.now()
    return next((session for session in sessions if session.over_at > now), sessions[-1])


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    at = Desk.of(request, pk)
    if at.activity.names_forgotten_at:
        return redirect("attendance:attendance_list", pk)
    return _desk_page(request, at, GuestForm(session=at.session))


def _desk_page(request: HttpRequest, at: Desk, form: GuestForm, status: int = 200) -> HttpResponse:
    present = list(
        at.session.attendances.present()
        .select_related("unsur", "checked_in_by", "invitation__person", "invitation__body")
        .order_by("-checked_in_at", "-pk")
    )
    standing = at.activity.invitations.standing()
    lines = (
        Line(
            row.sex,
            row.unsur.name if row.unsur else "",
            row.invitation_id,
            row.is_stand_in,
            row.registration_id,
        )
        for row in present
    )
    invited = Paginator(_invited(standing, at.search), PAGE_SIZE).get_page(at.page or 1)
    by_seat = {row.invitation_id: row for row in present if row.invitation_id}
    seats = [Seat(invitation, by_seat.get(invitation.pk), uuid.uuid4()) for invitation in invited]
    by_registration = {row.registration_id: row for row in present if row.registration_id}
    registered = [
        Registered(each, by_registration.get(each.pk), uuid.uuid4())
        for each in _registered(at.activity.registrations.standing(), at.search)
    ]
    open_seats = [seat for seat in seats if not seat.attendance]
    context = {
        "desk": at,
        "activity": at.activity,
        "sessions": list(at.activity.sessions.in_order()),
        "search": DeskSearchForm({"q": at.search}),
        "invited": invited,
        "seats": seats,
        "only_seat": open_seats[0] if at.search and len(open_seats) == 1 else None,
        "registered": registered,
        "address_book": _address_book(at, people_for(request.user), standing, present) if at.search else [],
        "present": present,
        "tally": Tally.of(lines, standing.count(), at.activity.quorum_asked),
        "signed": _signed(at),
        "undone": at.session.attendances.undone().select_related("undone_by").order_by("-undone_at"),
        "form": form,
        "may_invite": request.user.has_perm("attendance.change_activity", at.activity),
        "late": LateArrival.objects.waiting().filter(session__activity=at.activity).count(),
        "may_close": request.user.has_perm("attendance.close_activity", at.activity),
        "step": Postponement.objects.next_step(at.session),
        "is_open": at.session.has_come and not at.activity.closed_at and not at.activity.cancelled_at,
    }
    return render(request, "attendance/desk.html", context, status=status)


def _signed(at: Desk) -> set[int]:
    """Whose signature the screen has; nobody is looked for where it does not ask for any."""
    if not at.activity.asks_signatures:
        return set()
    rows = ScreenSignature.objects.filter(attendance__session=at.session)
    return set(rows.values_list("attendance", flat=True))


@dataclass(frozen=True)
class Seat:
    """An invitation on the desk's list, with who fills it, and the nonce of its button."""

    invitation: Invitation
    attendance: Attendance | None
    nonce: uuid.UUID


@dataclass(frozen=True)
class Registered:
    """A registration on the desk's list, with the line of who came by it, and the nonce of its button."""

    registration: Registration
    attendance: Attendance | None
    nonce: uuid.UUID


def _registered(standing: Any, search: str) -> Any:
    """Those who registered, in their order: a list that is bounded by the room."""
    rows = standing.in_order().select_related("person__region")
    return rows.named_like(search) if search else rows


def _invited(standing: Any, search: str) -> Any:
    rows = standing.select_related("person__region", "body__region", "unsur").by_name()
    return rows.named_like(search) if search else rows


def _address_book(
    at: Desk, people: Any, standing: Any, present: list[Attendance]
) -> list[tuple[Person, uuid.UUID]]:
    """Those who are neither invited nor here yet, by the same words."""
    here = {row.person_id for row in present if row.person_id}
    found = (
        people.named_like(at.search)
        .exclude(pk__in=standing.filter(person__isnull=False).values("person"))
        .exclude(pk__in=at.activity.registrations.standing().filter(person__isnull=False).values("person"))
        .exclude(pk__in=here)
        .select_related("region", "unsur")[:ADDRESS_BOOK_HITS]
    )
    return [(person, uuid.uuid4()) for person in found]


@require_POST
def desk_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap for somebody invited, or from the address book."""
    at = Desk.of(request, pk)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tombol itu tidak lengkap. Muat ulang halaman, lalu coba lagi.")
        return redirect(at.url())
    told = form.cleaned_data
    if told["invitation"]:
        invitation = get_object_or_404(at.activity.invitations.standing(), pk=told["invitation"])
        if invitation.asks_name:
            return redirect(_stand_in_url(at, invitation))
        who: dict[str, Any] = {"invitation": invitation}
        anchor = f"undangan-{invitation.pk}"
    elif told["registration"]:
        standing = at.activity.registrations.standing()
        who = {"registration": get_object_or_404(standing, pk=told["registration"])}
        anchor = f"pendaftaran-{told['registration']}"
    else:
        who = {"who": get_object_or_404(people_for(request.user), pk=told["person"])}
        anchor = "hadir"
    _check_in(request, at, nonce=told["nonce"], **who)
    return redirect(at.url("" if at.search else anchor))


def _check_in(request: HttpRequest, at: Desk, **who: Any) -> bool:
    """Record and say so; what is refused is said as well. Whether it was recorded."""
    try:
        attendance = at.session.check_in(by=request.user, **who)
    except AlreadyPresent as there:
        messages.info(request, f"{there} Tidak dicatat dua kali.")
        return False
    except (Refusal, ValidationError) as refusal:
        messages.error(
            request, " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        )
        return False
    stands_for = f", mewakili {attendance.stands_for}" if attendance.stands_for else ""
    messages.success(request, f"{attendance.name} tercatat hadir{stands_for}.")
    return True


@require_POST
def desk_walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody without an invitation."""
    at = Desk.of(request, pk)
    form = GuestForm(request.POST, session=at.session)
    if not form.is_valid():
        return _desk_page(request, at, form, status=422)
    _check_in(request, at, who=form.guest, nonce=form.cleaned_data["nonce"])
    return redirect(at.url("tamu"))


def _stand_in_url(at: Desk, invitation: Invitation) -> str:
    path = reverse("attendance:desk_stand_in", args=[at.activity.pk, invitation.pk])
    return f"{path}?{urlencode({'sesi': at.session.pk, 'q': at.search, 'halaman': at.page})}"


@require_http_methods(["GET", "HEAD", "POST"])
def desk_stand_in(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Somebody who fills the seat of one invited, or whom an invited body has sent."""
    at = Desk.of(request, pk)
    invitation = get_object_or_404(
        at.activity.invitations.standing().select_related("person", "body", "unsur"), pk=invitation_pk
    )
    named = {"name": invitation.stand_in}
    form = GuestForm(sent(request), initial=named, session=at.session, for_seat=True)
    if form.is_valid():
        seat = invitation.filled_by_another
        _check_in(request, at, who=form.guest, nonce=form.cleaned_data["nonce"], **seat)
        return redirect(at.url("" if at.search else f"undangan-{invitation.pk}"))
    context = {"desk": at, "activity": at.activity, "invitation": invitation, "form": form}
    return render(request, "attendance/desk_stand_in.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_undo(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """Take one line off the list, with a reason."""
    at = Desk.of(request, pk)
    attendance = get_object_or_404(at.session.attendances.all(), pk=attendance_pk)
    form = ReasonForm(sent(request), help_text="Tersimpan bersama barisnya, misalnya: salah orang.")
    if form.is_valid():
        do(
            request,
            lambda: attendance.undo(form.cleaned_data["reason"], request.user),
            f"{attendance.name} tidak lagi tercatat hadir.",
        )
        return redirect(at.url())
    context = {"desk": at, "activity": at.activity, "attendance": attendance, "form": form}
    return render(request, "attendance/desk_undo.html", context, status=422 if form.is_bound else 200)
