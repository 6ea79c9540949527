"""Atom feeds of the forums: what is new in all of them, and what is said in one topic."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from forums.models import Post, Topic
from partisipasi.feeds import answer, origin_of, village_feed

LENGTH = 20
WORDS = 60


@login_not_required
@require_safe
def forum_feed(request: HttpRequest) -> HttpResponse:
    """The newest topics of all forums."""
    village = request.village
    origin = origin_of(village)
    feed = village_feed(
        village,
        f"Forum {village.full_name}",
        origin=origin,
        page=reverse("forums:forum_list"),
        feed=reverse("forums:forum_feed"),
    )
    topics = Topic.objects.listed().with_opening_text().select_related("author", "person", "forum")
    for topic in topics.order_by("-opened_at", "-pk")[:LENGTH]:
        address = origin + topic.path
        feed.add_item(
            title=topic.title,
            link=address,
            unique_id=address,
            description=_excerpt(topic.opening_text),
            author_name=topic.author_name,
            pubdate=topic.opened_at,
            updateddate=topic.last_posted_at,
            categories=[str(topic.forum)],
        )
    return answer(feed)


@login_not_required
@require_safe
def topic_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest of what was said in a topic."""
    topic = get_object_or_404(Topic.objects.listed(), pk=pk)
    village = request.village
    origin = origin_of(village)
    feed = village_feed(
        village,
        topic.title,
        origin=origin,
        page=topic.path,
        feed=reverse("forums:topic_feed", args=[topic.pk]),
    )
    posts = Post.objects.readable().filter(topic=topic).select_related("author", "person")
    for post in posts.order_by("-published_at", "-pk")[:LENGTH]:
        address = origin + post.get_absolute_url()
        feed.add_item(
            title=topic.title if post.is_opening else f"{post.author_name} menanggapi",
            link=address,
            unique_id=address,
            description=_excerpt(post.body),
            author_name=post.author_name,
            pubdate=post.published_at,
            updateddate=post.published_at,
        )
    return answer(feed)


def _excerpt(body: str) -> str:
    return escape(Truncator(body).words(WORDS))
