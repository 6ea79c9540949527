"""What pages tell of an activity's minutes."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from attendance.models import Activity, FollowUp


def minutes_of(activity: Activity) -> dict[str, Any]:
    """Minutes, items and resolutions with their follow-ups, for a page; three statements, none for each row."""
    minutes = getattr(activity, "minutes", None)
    if minutes is None:
        return {"minutes": None}
    given = FollowUp.objects.select_related("person", "body")
    resolutions = activity.resolutions.prefetch_related(Prefetch("follow_ups", given))
    is_corrected = minutes.published_at and minutes.saved_at > minutes.published_at
    return {
        "minutes": minutes,
        "items": list(minutes.items.all()),
        "resolutions": list(resolutions),
        "corrections": list(minutes.corrections.all()) if is_corrected else [],
        "agreement_url": reverse("attendance:agreement_pdf", args=[activity.pk]),
    }
