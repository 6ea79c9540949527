"""The forums of the village, their topics, what is found in them, and the rules of discussion."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forums.forms import TopicFilterForm
from forums.models import FLAGS_TO_HOLD, MODERATE, PAGE_SIZE, Forum, Moderation, Topic
from forums.models.forum import with_newest
from forums.models.post_queries import FIRST_POSTS_HELD
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage
from partisipasi.village import words


@login_not_required
@require_safe
def forum_list(request: HttpRequest) -> HttpResponse:
    """Every forum with its newest topics; the one of the visitor's own hamlet comes first."""
    found = Forum.objects.with_figures().in_order().select_related("region", "body")
    forums = with_newest(list(found))
    person = Person.objects.select_related("region").of(request.user)
    if home := person and person.region:
        forums.sort(key=lambda forum: not (forum.region and home.lies_in(forum.region)))
    context = {
        "forums": [forum for forum in forums if not forum.archived_at],
        "archived": [forum for forum in forums if forum.archived_at],
        "form": TopicFilterForm(request.GET),
        "moderates": bool(coverage(request.user, MODERATE)),
    }
    return render(request, "forums/forum_list.html", context)


@login_not_required
@require_safe
def forum_detail(request: HttpRequest, slug: str) -> HttpResponse:
    forum = get_object_or_404(Forum.objects.select_related("region", "body"), slug=slug)
    topics = Topic.objects.listed().filter(forum=forum).select_related("author", "person")
    context, status = _topics_page(request, topics)
    return render(request, "forums/forum_detail.html", context | {"forum": forum}, status=status)


@login_not_required
@require_safe
def topic_search(request: HttpRequest) -> HttpResponse:
    """Topics of all forums by their words and those of their replies."""
    topics = Topic.objects.listed().select_related("author", "person", "forum")
    context, status = _topics_page(request, topics)
    return render(request, "forums/topic_search.html", context, status=status)


def _topics_page(request: HttpRequest, topics: Any) -> tuple[dict[str, Any], int]:
    form = TopicFilterForm(request.GET)
    page = Paginator(form.chosen(topics), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return {"form": form, "page": page}, 200 if form.is_valid() else 422


@login_not_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """How people talk here, what moderators do, and how often they did it."""
    context = {
        "flags_to_hold": FLAGS_TO_HOLD,
        "first_posts_held": FIRST_POSTS_HELD,
        "months": [
            (
                f"{words.month_name(month.month)} {month.year}",
                ", ".join(f"{words.figures(number)} {act}" for number, act in done),
            )
            for month, done in Moderation.objects.by_month()
        ],
    }
    return render(request, "forums/rules.html", context)
