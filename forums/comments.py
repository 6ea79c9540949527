"""The comments under another room's page: what the page's view passes to `forums/_comments.html`."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from partisipasi.residents.permissions import coverage

from .models import Moderation, Post, Topic
from .models.post import PAGE_SIZE


@dataclass(frozen=True)
class Card:
    """What one visitor reads beside a post, and where its links lead; "" where there is none."""

    answering: str = ""
    answering_url: str = ""
    state_kind: str = ""
    state_word: str = ""
    note: str = ""
    reply_url: str = ""
    withdraw_url: str = ""
    moderate_url: str = ""


def comments_context(request: HttpRequest, topic: Topic | None) -> dict[str, Any]:
    """One page (20) of a topic's posts as this visitor may see them; no topic where there is nothing to show."""
    user = request.user
    may_moderate = coverage(user, "forums.moderate_post").everywhere
    if topic is None or not (may_moderate or (topic.opened_at and not topic.hidden_at)):
        return {"topic": None}
    posts = (
        topic.posts.visible_to(user)
        .select_related("author", "person", "reply_to__author", "reply_to__person")
        .in_order()
    )
    page = Paginator(posts, PAGE_SIZE).get_page(request.GET.get("halaman"))
    if user.is_authenticated:
        tell_reasons(page.object_list)
    for post in page.object_list:
        post.card = _card(post, topic, user, may_moderate)
    return {"topic": topic, "posts": page}


def _card(post: Post, topic: Topic, user: Any, may_moderate: bool) -> Card | None:
    own = post.author_id == user.pk
    if not (post.is_readable or own or may_moderate):
        return None
    answered = post.reply_to if post.reply_to and post.reply_to.is_readable else None
    state_word, state_kind = ("", "") if post.is_readable else post.state()
    reply_url = ""
    if post.is_readable and topic.takes_replies:
        reply_url = f"{topic.reply_url()}?kepada={post.pk}"
    return Card(
        answering=answered.author_name if answered else "",
        answering_url=answered.get_absolute_url() if answered else "",
        state_kind=state_kind,
        state_word=state_word,
        note=post.note() if own or may_moderate else "",
        reply_url=reply_url,
        withdraw_url=reverse("forums:post_withdraw", args=[post.pk])
        if own and post.can_be_withdrawn_by(user)
        else "",
        moderate_url=reverse("forums:post_moderate", args=[post.pk]) if may_moderate else "",
    )


def tell_reasons(posts: Any) -> None:
    """Give each post the latest word of a moderator, for its author and for moderators."""
    latest: dict[int, Moderation] = {}
    for moderation in Moderation.objects.filter(post__in=[post.pk for post in posts]).order_by("at", "pk"):
        latest[moderation.post_id] = moderation
    for post in posts:
        post.last_moderation = latest.get(post.pk)
