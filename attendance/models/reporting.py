"""The *laporan penyelenggaraan* (domain: 1.8): until when it is due after a gathering, and what if it is late."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.ledger.chain import record
from partisipasi.residents import notices
from partisipasi.village.models import Holiday
from partisipasi.village.words import full_date

from .activity import Activity
from .papers import PaperKind


def needs_report(activity: Activity) -> bool:
    """Does its kind ask for a report?"""
    return PaperKind.REPORT in activity.kind.papers


def report_due_on(activity: Activity) -> date | None:
    """Until when the report is to be there, by the working days of its kind; None before it is over."""
    if not activity.until_at or activity.until_at > clock.now():
        return None
    last_day = timezone.localtime(activity.until_at, current_village().zone).date()
    return Holiday.objects.calendar().add_working_days(last_day, activity.kind.report_days)


def report_state(activity: Activity) -> dict[str, Any]:
    """What a page tells officials of the report: its day while it is awaited, and whether that day is over."""
    due_on = report_due_on(activity) if needs_report(activity) and not activity.cancelled_at else None
    if due_on is None or activity.evidence.filter(kind=PaperKind.REPORT).exists():
        return {}
    return {"due_on": due_on, "days": activity.kind.report_days, "is_late": due_on < clock.today()}


def remind_of_report(activity: Activity) -> int:
    """Tell those who answer for the minutes until when its report is due; each once. Returns how many were told."""
    due_on = report_due_on(activity)
    if due_on is None or due_on < clock.today():
        return 0
    return _tell(
        activity, f"Laporan penyelenggaraan ditunggu sampai {full_date(due_on)}: {activity}", "ingat"
    )


@transaction.atomic
def note_late_report(activity: Activity) -> int:
    """Tell those who answer for the minutes that its report is late, and record it; once."""
    taken = Activity.objects.with_late_report().filter(pk=activity.pk, report_missed_at__isnull=True)
    due_on = report_due_on(activity)
    if due_on is None or not taken.update(report_missed_at=clock.now()):
        return 0
    _tell(activity, f"Laporan penyelenggaraan belum ada, tenggatnya {full_date(due_on)}: {activity}", "lewat")
    record("report.deadline_missed", activity, {"due_on": due_on})
    return 1


def _tell(activity: Activity, text: str, event: str) -> int:
    return notices.tell_officials(
        "attendance.publish_minutes",
        "report_late",
        text,
        path=reverse("attendance:paper_upload", args=[activity.pk]),
        region=activity.region,
        key=f"laporan:{activity.pk}:{event}",
    )
