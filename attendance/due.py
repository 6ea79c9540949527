"""What time alone makes due of activities: whom one concerns is reminded the day before, and of tasks from it."""

from datetime import timedelta

from django.db.models import F

from partisipasi import clock

from .models import Activity, FollowUp
from .models.telling import remind

AHEAD = timedelta(days=1)


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
