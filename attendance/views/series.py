"""Regular meetings: begin them by a rule, see the days before, announce them, and end them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.forms import ExtendForm, ReasonForm, SeriesForm
from attendance.models import ActivitySeries, Refusal
from attendance.views.doing import do, sent
from partisipasi.residents.permissions import coverage


def _series(request: HttpRequest, pk: int) -> ActivitySeries:
    """The series, if this official's appointment reaches it; else 404."""
    within = ActivitySeries.objects.within_reach(request.user).select_related("kind", "region")
    return get_object_or_404(within, pk=pk)


def _require_preparer(request: HttpRequest) -> None:
    if not coverage(request.user, "attendance.add_activity"):
        raise PermissionDenied


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """All regular meetings within this official's reach, the newest first."""
    _require_preparer(request)
    found = ActivitySeries.objects.within_reach(request.user).select_related("kind", "region")
    ending = set(ActivitySeries.objects.running_out().values_list("pk", flat=True))
    shown = [(each, each.state_pill(is_running_out=each.pk in ending)) for each in found]
    return render(request, "attendance/series_list.html", {"found": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: HttpRequest) -> HttpResponse:
    """Say by which rule it comes again, look at the days, and make an activity for each that is left."""
    _require_preparer(request)
    form = SeriesForm(sent(request), user=request.user)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, "attendance/series_new.html", context, status=422 if form.is_bound else 200)
    if form.is_confirmed and form.chosen:
        told = form.cleaned_data
        series = ActivitySeries.objects.begin(
            form.series,
            form.chosen,
            by=request.user,  # type: ignore[arg-type]
            nonce=told["nonce"],
            announced=told["announced"] and form.may_announce.includes(told["region"]),
            like=told["like"],
        )
        messages.success(request, f"{series.activities.count()} kegiatan dibuat.")
        return redirect(series)
    context["offered"] = list(form.offered)
    context["is_empty"] = form.is_confirmed
    return render(request, "attendance/series_new.html", context, status=422 if form.is_confirmed else 200)


@require_safe
def series_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of a regular meeting, each with where it stands and a way to change it alone."""
    series = _series(request, pk)
    activities = list(series.activities.order_by("starts_at", "pk").select_related("kind", "region"))
    context = {
        "series": series,
        "activities": activities,
        "may_announce": request.user.has_perm("attendance.announce_activity", series),
        "has_drafts": any(each.state == "draf" for each in activities),
        "is_running_out": ActivitySeries.objects.running_out().filter(pk=pk).exists(),
    }
    return render(request, "attendance/series_detail.html", context)


@require_POST
def series_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody see what is still a draft."""
    series = _series(request, pk)
    if not request.user.has_perm("attendance.announce_activity", series):
        raise PermissionDenied
    do(request, lambda: f"{series.announce_all(request.user)} kegiatan diumumkan.")  # type: ignore[arg-type]
    return redirect(series)


@require_http_methods(["GET", "HEAD", "POST"])
def series_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off all that is still to come, with a reason."""
    series = _series(request, pk)
    if not request.user.has_perm("attendance.announce_activity", series):
        raise PermissionDenied
    form = ReasonForm(
        sent(request), help_text="Warga membaca alasan ini pada setiap kegiatan yang dibatalkan."
    )
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        do(request, lambda: f"Rangkaian diakhiri; {series.end(reason, request.user)} kegiatan dibatalkan.")  # type: ignore[arg-type]
        return redirect(series)
    context = {"series": series, "form": form}
    return render(request, "attendance/series_end.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def series_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when it goes on; look at the days, and make an activity for each that is left."""
    series = _series(request, pk)
    if series.has_all(request.POST.getlist("dates")):
        return redirect(series)  # sent twice
    may_announce = request.user.has_perm("attendance.announce_activity", series)
    form = ExtendForm(sent(request), series=series, may_announce=may_announce)
    context: dict[str, Any] = {"series": series, "form": form}
    if not form.is_valid():
        return render(request, "attendance/series_extend.html", context, status=422 if form.is_bound else 200)
    if form.is_confirmed and form.chosen:
        announced = form.cleaned_data.get("announced", False)
        try:
            made = series.extend(form.chosen, by=request.user, announced=announced)  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return render(request, "attendance/series_extend.html", context, status=422)
        messages.success(request, f"{made} kegiatan dibuat.")
        return redirect(series)
    context["offered"] = list(form.offered)
    context["is_empty"] = form.is_confirmed
    return render(request, "attendance/series_extend.html", context, status=422 if form.is_confirmed else 200)
