"""The Atom feeds of a village's activities (announced, moved, called off, done), of what they resolve, of trainings."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from attendance.models import Activity, Resolution, Training
from partisipasi.feeds import answer, origin_of, village_feed

LENGTH = 20
LONGEST = 500
"""Letters of a training's goals that an entry shows."""


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


@login_not_required
@require_safe
def resolution_feed(request: HttpRequest) -> HttpResponse:
    """What was last resolved, from the moment at which its minutes were published; with how far it is."""
    village = request.village
    origin = origin_of(village)
    feed = village_feed(
        village,
        f"Keputusan {village.full_name}",
        origin=origin,
        page=reverse("attendance:resolution_list"),
        feed=reverse("attendance:resolution_feed"),
    )
    seen = Resolution.objects.visible_to(AnonymousUser()).with_all().newest_published_first()
    for resolution in seen[:LENGTH]:
        address, minutes = origin + resolution.get_absolute_url(), resolution.activity.minutes
        feed.add_item(
            title=resolution.facts_line,
            link=address,
            unique_id=address,
            description=escape(" · ".join(filter(None, (resolution.text, resolution.follow_ups_line)))),
            pubdate=minutes.published_at,
            updateddate=max(minutes.saved_at, minutes.published_at),
            categories=[resolution.activity.kind.name],
        )
    return answer(feed)


@login_not_required
@require_safe
def training_feed(request: HttpRequest) -> HttpResponse:
    """What can be learnt, with its goals: what was last announced or changed."""
    village = request.village
    origin = origin_of(village)
    feed = village_feed(
        village,
        f"Pelatihan {village.full_name}",
        origin=origin,
        page=reverse("attendance:training_list"),
        feed=reverse("attendance:training_feed"),
    )
    announced = Training.objects.filter(activity__in=Activity.objects.announced().order_by())
    for training in announced.with_line().last_changed_first()[:LENGTH]:
        activity, address = training.activity, origin + training.get_absolute_url()
        goals = Truncator(" ".join(training.goal_lines)).chars(LONGEST)
        feed.add_item(
            title=f"{activity.title} (dibatalkan)" if activity.cancelled_at else activity.title,
            link=address,
            unique_id=address,
            description=escape(" · ".join(filter(None, [training.facts_line, goals]))),
            pubdate=activity.announced_at,
            updateddate=training.changed_at,
            categories=[each.name for each in training.competences.all()],
        )
    return answer(feed)
