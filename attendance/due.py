"""What time alone makes due of activities: whom one concerns is reminded the day before, and of tasks from it."""

from datetime import timedelta

from django.db.models import F

from partisipasi import clock

from .models import Activity, FollowUp, ListImport, retention
from .models.reporting import note_late_report, remind_of_report
from .models.telling import remind, tell_names_going, tell_registration_open

AHEAD = timedelta(days=1)
REPORT_AHEAD = timedelta(days=2)
BATCH = 20
"""Activities whose particulars go in one run; the rest follows with the next, a minute later."""


@clock.due("attendance.remind")
def remind_of_coming() -> int:
    """Remind of each activity that begins within a day, unless it was announced within that day itself."""
    now = clock.now()
    coming = Activity.objects.filter(
        starts_at__gt=now,
        starts_at__lte=now + AHEAD,
        announced_at__lte=F("starts_at") - AHEAD,
        cancelled_at__isnull=True,
        closed_at__isnull=True,
    )
    return sum(remind(activity) for activity in coming.order_by("starts_at", "pk"))


@clock.due("attendance.remind_of_follow_ups")
def remind_of_follow_ups() -> int:
    """Three days before a task falls due, remind whoever answers for it."""
    soon = FollowUp.objects.to_remind(clock.today()).with_all().order_by("pk")
    return sum(follow_up.remind() for follow_up in list(soon))


@clock.due("attendance.note_late_follow_ups")
def note_late_follow_ups() -> int:
    """On the working day after a task was due, tell whoever answers for it, and let everybody see that it is late."""
    late = FollowUp.objects.newly_late(clock.today()).with_all().order_by("pk")
    return sum(follow_up.note_missed() for follow_up in list(late) if follow_up.is_noticed_late)


@clock.due("attendance.remind_of_reports")
def remind_of_reports() -> int:
    """Two days before the report of a gathering is due, remind those who write it."""
    soon = Activity.objects.with_report_due_before(clock.today() + REPORT_AHEAD + timedelta(days=1))
    awaited = soon.filter(report_missed_at__isnull=True).select_related("kind", "region")
    return sum(map(remind_of_report, awaited.order_by("until_at", "pk")))


@clock.due("attendance.note_late_reports")
def note_late_reports() -> int:
    """Tell officials of each gathering whose report is late, once, and put it into the record."""
    late = Activity.objects.with_late_report().filter(report_missed_at__isnull=True)
    return sum(
        note_late_report(activity) for activity in late.select_related("kind").order_by("until_at", "pk")
    )


@clock.due("attendance.tell_registration")
def tell_of_registration() -> int:
    """Tell those who follow that registration has opened, on the day that it did."""
    now = clock.now()
    opened = Activity.objects.announced().filter(
        registration_opens_at__lte=now, registration_opens_at__gt=now - AHEAD
    )
    return sum(
        tell_registration_open(activity)
        for activity in opened.order_by("registration_opens_at", "pk")
        if activity.is_registration_open
    )


@clock.due("attendance.forget_particulars")
def forget_particulars() -> int:
    """Take out of past activities what only served their running, once the term of their kind is over."""
    return sum(map(retention.forget_particulars, retention.with_particulars_due(clock.today())[:BATCH]))


@clock.due("attendance.tell_names_going")
def tell_of_names_going() -> int:
    """A month before names go, tell those who could export or keep the list."""
    retention.take_back_told(clock.today())
    return sum(map(tell_names_going, retention.with_names_to_tell(clock.today())[:BATCH]))


@clock.due("attendance.forget_names")
def forget_names() -> int:
    """Take the names out of lists whose archive period is over."""
    return sum(map(retention.forget_names, retention.with_names_due(clock.today())[:BATCH]))


@clock.due("attendance.forget_lists")
def forget_lists() -> int:
    """Delete sent lists that nobody has confirmed for a day."""
    return ListImport.objects.outdated().delete()[0]
