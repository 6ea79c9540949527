"""The comments under another room's page: what the page's view passes to `forums/_comments.html`."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from partisipasi.residents.permissions import coverage

from .models import Moderation, Topic
from .models.post import PAGE_SIZE


def comments_context(request: HttpRequest, topic: Topic | None) -> dict[str, Any]:
    """One page (20) of a topic's posts as this visitor may see them; empty where there is nothing to show."""
    user = request.user
    if topic is None or not Topic.objects.visible_to(user).filter(pk=topic.pk).exists():
        return {"topic": None}
    posts = (
        topic.posts.visible_to(user)
        .select_related("author", "person", "reply_to__author", "reply_to__person")
        .in_order()
    )
    page = Paginator(posts, PAGE_SIZE).get_page(request.GET.get("halaman"))
    if user.is_authenticated:
        tell_reasons(page.object_list)
    return {
        "topic": topic,
        "posts": page,
        "may_moderate": bool(coverage(user, "forums.moderate_post")),
    }


def tell_reasons(posts: Any) -> None:
    """Give each post the latest word of a moderator, for its author and for moderators."""
    latest: dict[int, Moderation] = {}
    for moderation in Moderation.objects.filter(post__in=[post.pk for post in posts]).order_by("at", "pk"):
        latest[moderation.post_id] = moderation
    for post in posts:
        post.last_moderation = latest.get(post.pk)
