"""What pages tell of an activity's minutes and resolutions."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from attendance.models import Activity, FollowUp, Minutes


def minutes_shown(activity: Activity, user: Any) -> Minutes | None:
    """The minutes for everybody once they are published, before that for those who write them."""
    minutes = getattr(activity, "minutes", None)
    if minutes and (minutes.published_at or user.has_perm("attendance.write_minutes", activity)):
        return minutes
    return None


def resolutions_of(activity: Activity) -> dict[str, Any]:
    """Resolutions with their follow-ups, for a page; two statements, however many there are."""
    given = FollowUp.objects.select_related("person", "body")
    return {
        "resolutions": list(activity.resolutions.prefetch_related(Prefetch("follow_ups", given))),
        "agreement_url": reverse("attendance:agreement_pdf", args=[activity.pk]),
        "agreement_docx_url": reverse("attendance:agreement_docx", args=[activity.pk]),
    }


def said_in(minutes: Minutes) -> dict[str, Any]:
    """The items of the agenda with what was said, and how it was corrected since it was published."""
    is_corrected = minutes.published_at and minutes.saved_at > minutes.published_at
    return {
        "minutes": minutes,
        "items": list(minutes.items.all()),
        "corrections": list(minutes.corrections.all()) if is_corrected else [],
    }
