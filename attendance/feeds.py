"""The Atom feed of a village's activities: what is announced, moved, called off and done."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from attendance.models import Activity

LENGTH = 20


@login_not_required
@require_safe
def activity_feed(request: HttpRequest) -> HttpResponse:
    """What was last announced or changed; every address in it is the village's own, whatever host asked."""
    village = request.village
    origin = village.url("/").rstrip("/")
    feed = Atom1Feed(
        title=f"Kegiatan {village.full_name}",
        subtitle="Musyawarah, rapat, pelatihan, dan kerja bakti",
        link=origin + reverse("attendance:activity_list"),
        feed_url=origin + reverse("attendance:activity_feed"),
        description="",
        language="id",
        author_name=f"Pemerintah {village.full_name}",
    )
    for activity in (
        Activity.objects.announced().select_related("kind", "region").last_changed_first()[:LENGTH]
    ):
        address = origin + activity.get_absolute_url()
        _, state = activity.state_pill
        feed.add_item(
            title=f"{activity.title} ({state.lower()})" if activity.cancelled_at else activity.title,
            link=address,
            unique_id=address,
            description=escape(" · ".join(filter(None, [state, activity.facts_line, activity.agenda]))),
            pubdate=activity.announced_at,
            updateddate=activity.changed_at,
            categories=[activity.kind.name],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
