"""Follow-ups of resolutions: the public board, the page of one, and what those responsible do there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from attendance.forms import (
    DelayForm,
    FollowUpFilterForm,
    FollowUpForm,
    ProgressForm,
    ReassignForm,
    ReopenForm,
)
from attendance.models import FOLLOW_UP_STATES, FollowUp, FollowUpEvent, Refusal, Resolution
from attendance.views.doing import sent
from partisipasi import clock
from partisipasi.residents.models import Body, Person
from partisipasi.residents.permissions import coverage
from partisipasi.village.words import figures, long_date

PAGE_SIZE = 30


@login_not_required
@require_safe
def follow_up_list(request: HttpRequest) -> HttpResponse:
    """The board: who has to do what because of which resolution, until when, and who is late."""
    visible = FollowUp.objects.visible_to(request.user)
    form = FollowUpFilterForm({"keadaan": request.GET.get("keadaan", "")})
    chosen = form.chosen(visible.with_all().by_responsible())
    counts = visible.counts(clock.today())
    context = {
        "form": form,
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "counts": [
            (state, figures(counts[state]), word.lower()) for state, (_, word) in FOLLOW_UP_STATES.items()
        ],
        "any": any(counts.values()),
    }
    return render(request, "attendance/follow_up_list.html", context, status=422 if form.errors else 200)


def _visible(request: HttpRequest, pk: int) -> FollowUp:
    return get_object_or_404(FollowUp.objects.visible_to(request.user).with_all(), pk=pk)


@login_not_required
@require_safe
def follow_up_detail(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = _visible(request, pk)
    told = follow_up.events.select_related("former_person", "former_body").prefetch_related("photos__file")
    first, events = _by_holder(follow_up, list(told))
    context = {
        "follow_up": follow_up,
        "activity": follow_up.resolution.activity,
        "first": first,
        "events": events,
        "facts": _facts(follow_up),
        "may_report": not follow_up.done_at and follow_up.is_worked_on_by(request.user),
        "may_change": request.user.has_perm("attendance.set_follow_up", follow_up),
        "address": request.village.url(follow_up.get_absolute_url()),  # type: ignore[attr-defined]
    }
    return render(request, "attendance/follow_up_detail.html", context)


def _by_holder(
    follow_up: FollowUp, events: list[FollowUpEvent]
) -> tuple[Person | Body, list[tuple[FollowUpEvent, str]]]:
    """Who answered for it first, and each event with `dari A kepada B` where it went from one to another."""
    holder, told = follow_up.responsible, []
    for event in reversed(events):
        former = event.former
        told.append((event, f"dari {former} kepada {holder}" if former else ""))
        holder = former or holder
    return holder, told[::-1]


def _facts(follow_up: FollowUp) -> list[tuple[str, str]]:
    moved = follow_up.due_on != follow_up.first_due_on
    return [
        ("Penanggung jawab", str(follow_up.responsible)),
        ("Tenggat", long_date(follow_up.due_on)),
        ("Tenggat semula", long_date(follow_up.first_due_on) if moved else ""),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_add(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give somebody what a resolution asks for."""
    reach = coverage(request.user, "attendance.set_follow_up")
    within = Resolution.objects.filter(
        reach.as_q("activity__region"), activity__minutes__published_at__isnull=False
    )
    resolution = get_object_or_404(within.select_related("activity__region"), activity=pk, number=number)
    form = FollowUpForm(sent(request))
    if form.is_valid():
        try:
            given = resolution.set_follow_up(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("due_on", str(refusal))
        else:
            messages.success(request, f"Tindak lanjut diberikan kepada {given.responsible}.")
            return redirect(given)
    context = {"resolution": resolution, "activity": resolution.activity, "form": form}
    return render(request, "attendance/follow_up_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell and show how far it is; for whoever answers for it, his deputy, or who gives such tasks."""
    follow_up = _visible(request, pk)
    if not follow_up.is_worked_on_by(request.user):
        raise PermissionDenied
    form = ProgressForm(sent(request), request.FILES or None)
    return _act(request, follow_up, form, follow_up.report, "Laporkan perkembangan", "Kirim laporan")


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_delay(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it more time, with a reason that everybody reads."""
    follow_up = _changeable(request, pk)
    form = DelayForm(sent(request))
    return _act(request, follow_up, form, follow_up.delay, "Undur tenggat", "Undur tenggat")


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another person or body answer for it, with a reason that everybody reads."""
    follow_up = _changeable(request, pk)
    form = ReassignForm(sent(request))
    return _act(request, follow_up, form, follow_up.reassign, "Alihkan tugas", "Alihkan tugas")


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let what was told to be done be open again, with a reason that everybody reads."""
    follow_up = _changeable(request, pk)
    form = ReopenForm(sent(request))
    return _act(request, follow_up, form, follow_up.reopen, "Buka kembali", "Buka kembali", is_done=True)


def _changeable(request: HttpRequest, pk: int) -> FollowUp:
    """The follow-up, for who gives such tasks."""
    follow_up = _visible(request, pk)
    if not request.user.has_perm("attendance.set_follow_up", follow_up):
        raise PermissionDenied
    return follow_up


def _act(
    request: HttpRequest,
    follow_up: FollowUp,
    form: Any,
    verb: Any,
    heading: str,
    button: str,
    *,
    is_done: bool = False,
) -> HttpResponse:
    """Ask what the verb needs, and let it happen; what it refuses is said above what was typed."""
    if form.is_valid():
        try:
            verb(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Tersimpan. Semua orang kini membacanya.")
            return redirect(follow_up)
    context = {
        "follow_up": follow_up,
        "form": form,
        "heading": heading,
        "button": button,
        "is_over": bool(follow_up.done_at) != is_done,
        "photos_again": bool(request.FILES),
    }
    return render(request, "attendance/follow_up_act.html", context, status=422 if form.is_bound else 200)
