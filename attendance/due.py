"""What time alone makes due of activities: whom one concerns is reminded the day before, and of tasks from it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from partisipasi import clock
from partisipasi.ledger.chain import record

from .models import Activity, FollowUp, ListImport, Registration
from .models.telling import remind, tell_registration_open

AHEAD = timedelta(days=1)
KEPT_REGISTRATIONS = timedelta(days=90)
"""Who only registered is nobody's concern a quarter of a year after the activity; who came stands on its list."""


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


@clock.due("attendance.forget_registrations")
def forget_registrations() -> int:
    """Take the names out of registrations for activities that are over for a quarter of a year, and record it."""
    over = Activity.objects.filter(until_at__lt=clock.now() - KEPT_REGISTRATIONS)
    known = over.filter(registrations__forgotten_at__isnull=True, registrations__isnull=False).distinct()
    return sum(_forget_registrations_for(activity) for activity in known.order_by("pk"))


@transaction.atomic
def _forget_registrations_for(activity: Activity) -> int:
    Activity.objects.lock(activity.pk)
    forgotten: int = Registration.objects.filter(activity=activity).forget()  # type: ignore[attr-defined]
    if forgotten:
        record("registration.forgotten", activity, {"count": forgotten})
    return forgotten


@clock.due("attendance.forget_lists")
def forget_lists() -> int:
    """Delete sent lists that nobody has confirmed for a day."""
    return ListImport.objects.outdated().delete()[0]
