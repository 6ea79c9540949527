"""What everybody sees of activities: the list, the page of one, and who came."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from attendance.bundle import Bundle
from attendance.forms import ActivityFilterForm
from attendance.invited_codes import answer_path
from attendance.models import Activity, Attendance, Evidence, Invitation, Minutes, Session
from attendance.registered_codes import registration_path
from attendance.slots import hanging_on
from attendance.tally import Tally
from attendance.views.told import minutes_shown, resolutions_of
from partisipasi.residents.permissions import coverage

PAGE_SIZE = 20


def visible_activity(request: HttpRequest, pk: int) -> Activity:
    """The activity, if this visitor may see it; else 404."""
    visible = Activity.objects.visible_to(request.user).select_related(
        "kind", "region", "minutes", "training", "series"
    )
    return get_object_or_404(visible, pk=pk)


@login_not_required
@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """What is coming, and below it what was, newest first."""
    visible = Activity.objects.visible_to(request.user).select_related("kind", "region")
    form = ActivityFilterForm(request.GET, years=visible.years())
    chosen = form.cleaned_data if form.is_valid() else {}
    if kind := chosen.get("jenis"):
        visible = visible.filter(kind=kind)
    if year := chosen.get("tahun"):
        visible = visible.in_year(year)
    past = Paginator(visible.past().counted(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "upcoming": visible.upcoming() if past.number == 1 else [],
        "past": past,
        "is_filtered": bool(chosen.get("jenis") or chosen.get("tahun")),
        "may_books": coverage(request.user, "attendance.view_bpd_books").everywhere,
    }
    return render(request, "attendance/activity_list.html", context, status=200 if form.is_valid() else 422)


@login_not_required
@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    activity = visible_activity(request, pk)
    sessions = list(activity.sessions.in_order())
    evidence = activity.evidence.in_bundle_for(request.user, activity).select_related("file")
    may = _acts(request, activity)
    minutes = minutes_shown(activity, request.user)
    resolved = resolutions_of(activity) if minutes else {"resolutions": []}
    activity.resolution_count = len(resolved["resolutions"])
    context = {
        "activity": activity,
        "bundle": bundle_shown(activity, list(evidence), minutes, is_official=may.get("print", False)),
        "sessions": sessions,
        "tallies": [(session, Tally.of_session(session)) for session in sessions]
        if activity.closed_at
        else [],
        "documents": [each for each in evidence if not each.is_public_photo],
        "photos": [each for each in evidence if each.is_public_photo],
        "minutes": minutes,
        **resolved,
        "seats": _seats(request, activity),
        **own_registration(request, activity),
        "slots": hanging_on(activity, request.user),
        "may": may,
        "address": request.village.url(activity.get_absolute_url()),  # type: ignore[attr-defined]
    }
    return render(request, "attendance/activity_detail.html", context)


def _seats(request: HttpRequest, activity: Activity) -> list[tuple[Invitation, str]]:
    """The invitations of who is signed in, each with the page on which it is answered."""
    seats = activity.invitations.standing().of_account(request.user).select_related("person", "body")
    return [(invitation, answer_path(invitation)) for invitation in seats]


def own_registration(request: HttpRequest, activity: Activity) -> dict[str, Any]:
    """The registration of who is signed in with his place in line, and what the button needs; nobody else is asked."""
    if not request.user.is_authenticated or not activity.registration_state:
        return {}
    own = activity.registrations.standing().of_account(request.user).first()
    if own is None:
        return {"nonce": uuid.uuid4()}
    line = None if own.placed_at else own.number_in_line
    return {"registration": own, "line": line, "path": registration_path(own)}


def bundle_shown(
    activity: Activity, evidence: list[Evidence], minutes: Minutes | None, *, is_official: bool
) -> Bundle | None:
    """What its bundle holds: for officials always, for everybody once it took place; None where it was called off."""
    if activity.took_place or (is_official and not activity.cancelled_at):
        return Bundle.of(activity, [(each.kind, each.is_public) for each in evidence], minutes)
    return None


def _acts(request: HttpRequest, activity: Activity) -> dict[str, bool]:
    """What this visitor may do from the activity's page."""
    perms = {
        "desk": "run_desk",
        "print": "view_internal",
        "change": "change_activity",
        "announce": "announce_activity",
        "file": "add_evidence",
        "minute": "write_minutes",
        "publish": "publish_minutes",
        "follow_up": "set_follow_up",
        "pay": "view_paylist",
    }
    if not request.user.is_authenticated:
        return {}
    return {act: request.user.has_perm(f"attendance.{perm}", activity) for act, perm in perms.items()}


@login_not_required
@require_safe
def attendance_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The public version of the Daftar Hadir: counts, and names with unsur if the village so chooses."""
    activity = visible_activity(request, pk)
    lists = [_public_list(session) for session in activity.sessions.in_order()]
    context = {"activity": activity, "lists": lists, "may": _acts(request, activity)}
    return render(request, "attendance/attendance_list.html", context)


def _public_list(session: Session) -> dict[str, Any]:
    tally = Tally.of_session(session)
    names: list[Attendance] = []
    if session.activity.closed_at and session.activity.shows_names:
        rows = session.attendances.present().order_by("number").select_related("unsur")
        names = list(rows.only("number", "name", "age_group", "session", "unsur"))
    # Where one person's unsur is withheld, a gap beside his name alone would tell it: then all are withheld.
    shows_unsur = not any(row.unsur and row.unsur.sensitive for row in names)
    return {"session": session, "tally": tally, "names": names, "shows_unsur": shows_unsur}
