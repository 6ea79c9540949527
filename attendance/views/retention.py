"""What of an activity is kept how long, exporting it before it goes, and keeping it longer for a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attendance.forms import ReasonForm
from attendance.models import Activity, RetentionHold
from attendance.views.doing import do
from attendance.views.invitations import activity_within_reach

PERM = "attendance.close_activity"


@require_safe
def retention_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """When particulars and names of this activity go, by the terms of its kind."""
    activity = activity_within_reach(request, pk, "attendance.view_internal")
    return _page(request, activity, ReasonForm(help_text=_help(activity)))


@require_POST
def retention_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing of it goes until that is released."""
    activity = activity_within_reach(request, pk, PERM)
    form = ReasonForm(request.POST, help_text=_help(activity))
    if not form.is_valid():
        return _page(request, activity, form)
    reason = form.cleaned_data["reason"]
    do(
        request,
        lambda: RetentionHold.objects.hold(activity, reason, request.user),
        "Penghapusan ditangguhkan.",
    )
    return redirect(_path(activity))


@require_POST
def retention_release(request: HttpRequest, pk: int) -> HttpResponse:
    """The terms run again; sent a second time it changes nothing."""
    activity = activity_within_reach(request, pk, PERM)
    form = ReasonForm(request.POST, help_text=_help(activity))
    hold = activity.standing_hold
    if hold and not form.is_valid():
        return _page(request, activity, form)
    if hold:
        reason = form.cleaned_data["reason"]
        do(request, lambda: hold.release(reason, request.user), "Penangguhan dilepas.")
    return redirect(_path(activity))


def _path(activity: Activity) -> str:
    return reverse("attendance:retention_detail", args=[activity.pk])


def _help(activity: Activity) -> str:
    if activity.standing_hold:
        return "Tersimpan bersama penangguhannya, misalnya: pemeriksaan selesai."
    return "Misalnya: pemeriksaan Inspektorat, atau sengketa hasil musyawarah."


def _page(request: HttpRequest, activity: Activity, form: ReasonForm) -> HttpResponse:
    del form.fields["reason"].widget.attrs["autofocus"]
    holds = activity.holds.newest_first().select_related("held_by", "released_by")
    context: dict[str, Any] = {
        "activity": activity,
        "hold": activity.standing_hold,
        "past_holds": [hold for hold in holds if hold.released_at],
        "form": form,
        "may_hold": request.user.has_perm(PERM, activity),
        "sessions": list(activity.sessions.in_order()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "attendance/retention_detail.html", context, status=status)
