"""What time alone makes due of activities: those whom one concerns are reminded the day before."""

from datetime import timedelta

from django.db.models import F

from partisipasi import clock

from .models import Activity
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
