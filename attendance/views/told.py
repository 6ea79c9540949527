"""What pages tell of an activity's minutes."""

from typing import Any

from django.urls import reverse

from attendance.models import Activity, Minutes


def minutes_of(activity: Activity) -> dict[str, Any]:
    """Minutes, items and resolutions with their follow-ups, for a page; three statements, none for each row."""
    minutes = Minutes.objects.filter(activity=activity).first()
    if minutes is None:
        return {"minutes": None}
    resolutions = activity.resolutions.prefetch_related("follow_ups__person", "follow_ups__body")
    return {
        "minutes": minutes,
        "items": list(minutes.items.all()),
        "resolutions": list(resolutions),
        "corrections": list(minutes.corrections.all()) if minutes.published_at else [],
        "agreement_url": reverse("attendance:agreement_pdf", args=[activity.pk]),
    }
