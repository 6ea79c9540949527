"""The village's activities by month, and as iCalendar."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from attendance.forms import MonthForm
from attendance.ics import as_ics
from attendance.models import Activity, Session
from attendance.month import Month, days_between
from attendance.views.activities import visible_activity
from partisipasi import clock
from partisipasi.village.models import Holiday

KEPT_FOR = timedelta(days=366)
ICS = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def calendar_month(request: HttpRequest) -> HttpResponse:
    """One month, day by day; without a valid `bulan` the present one."""
    form = MonthForm(request.GET)
    month = (form.cleaned_data.get("bulan") if form.is_valid() else None) or Month.of(clock.today())
    zone = request.village.zone
    visible = Activity.objects.visible_to(request.user)
    sessions = Session.objects.of(visible).touching(*month.span(zone))
    first, last = visible.bounds(zone)
    context = {
        "form": form,
        "month": month,
        "weeks": _weeks(month, sessions),
        "is_empty": not sessions,
        # Only where something is: a search engine need not leaf through all time.
        "before": month.before if first and Month.of(first) < month else None,
        "after": month.after if last and Month.of(last) > month else None,
        "this_month": Month.of(clock.today()),
    }
    return render(request, "attendance/calendar_month.html", context, status=200 if form.is_valid() else 422)


def _weeks(month: Month, sessions: Any) -> list[list[dict[str, Any]]]:
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in sessions:
        for day in days_between(session.day, session.last_day):
            by_day[day].append(session)
    weeks = month.weeks
    off = Holiday.objects.filter(on__range=(weeks[0][0], weeks[-1][-1]))
    names = {holiday.on: holiday.name for holiday in off if holiday.kind != Holiday.Kind.JOINT_LEAVE}
    today = clock.today()
    return [
        [
            {
                "date": day,
                "is_ours": month.holds(day),
                "is_today": day == today,
                "holiday": names.get(day, ""),
                "sessions": by_day[day] if month.holds(day) else [],
            }
            for day in week
        ]
        for week in weeks
    ]


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """What is announced, from a year back on, to subscribe to; the same for whoever asks."""
    village = request.village
    announced = Activity.objects.announced().filter(until_at__gte=clock.now() - KEPT_FOR)
    ics = as_ics(
        Session.objects.of(announced),
        origin=village.url("/").rstrip("/"),
        name=f"Kegiatan {village.full_name}",
    )
    return HttpResponse(ics, content_type=ICS)


@login_not_required
@require_safe
def activity_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One announced activity, to put into a calendar by hand."""
    activity = visible_activity(request, pk)
    sessions = Session.objects.of(Activity.objects.announced().filter(pk=activity.pk))
    if not sessions:
        raise Http404
    response = HttpResponse(as_ics(sessions, origin=request.village.url("/").rstrip("/")), content_type=ICS)
    name = slugify(activity.title)[:60] or f"kegiatan-{activity.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
