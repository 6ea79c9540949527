"""A thread as one visitor reads it: the replies to a topic, or the comments under another room's page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from partisipasi.village import words

from .models import PAGE_SIZE, Moderation, Post, Reaction, Topic


@dataclass(frozen=True)
class Card:
    """What one visitor reads beside a post, and where its links lead; "" where there is none."""

    answering: str = ""
    answering_url: str = ""
    state_kind: str = ""
    state_word: str = ""
    note: str = ""
    reply_url: str = ""
    react_url: str = ""
    flag_url: str = ""
    withdraw_url: str = ""
    moderate_url: str = ""
    # Pairs of an icon's name and words: ("heart", "2 berterima kasih").
    reactions: list[tuple[str, str]] = field(default_factory=list)
    own_reaction: str = ""


def comments_context(request: HttpRequest, topic: Topic | None) -> dict[str, Any]:
    """The comments of a page for `forums/_comments.html`; no topic where there is nothing to show."""
    if topic is None or not (topic.is_readable or topic.can_be_moderated_by(request.user)):
        return {"topic": None}
    return thread_context(request, topic)


def thread_context(request: HttpRequest, topic: Topic, above: Iterable[Post] = ()) -> dict[str, Any]:
    """One page (20) of a topic's replies as this visitor may see them; posts `above` them get their cards too."""
    posts = (
        topic.posts.visible_to(request.user)
        .replies()
        .select_related("author", "person", "reply_to__author", "reply_to__person")
        .with_reactions()
        .in_order()
    )
    page = Paginator(posts, PAGE_SIZE).get_page(request.GET.get("halaman"))
    deal_cards([*above, *page.object_list], topic, request.user)
    return {"topic": topic, "posts": page, "may_moderate": topic.can_be_moderated_by(request.user)}


def deal_cards(posts: Iterable[Post], topic: Topic, user: Any) -> None:
    """Give each post of a topic, read `with_reactions`, its card; the same few questions for one post and for many."""
    may_moderate = topic.can_be_moderated_by(user)
    chosen: dict[int, str] = {}
    if user.is_authenticated:
        tell_reasons(posts)
        own = Reaction.objects.filter(post__in=[post.pk for post in posts], by=user)
        chosen = {reaction.post_id: reaction.get_kind_display() for reaction in own}
    for post in posts:
        post.topic = topic
        post.card = _card(post, user, may_moderate, chosen.get(post.pk, ""))


def _card(post: Post, user: Any, may_moderate: bool, chosen: str) -> Card | None:
    own = post.author_id == user.pk
    if not (post.is_readable or own or may_moderate):
        return None
    answered = post.reply_to if post.reply_to and post.reply_to.is_readable else None
    state_word, state_kind = ("", "") if post.is_readable else post.state()
    takes_words = post.is_readable and post.topic.takes_replies

    def act(name: str, offered: bool) -> str:
        return reverse(f"forums:post_{name}", args=[post.pk]) if offered else ""

    return Card(
        answering=answered.author_name if answered else "",
        answering_url=answered.get_absolute_url() if answered else "",
        state_kind=state_kind,
        state_word=state_word,
        note=post.note() if own or may_moderate else "",
        reply_url=_reply_url(post) if takes_words else "",
        react_url=act("react", takes_words and not own),
        flag_url=act("flag", post.is_readable and not own),
        withdraw_url=act("withdraw", own and post.can_be_withdrawn_by(user)),
        moderate_url=act("moderate", may_moderate),
        reactions=_in_words(post.reacted),
        own_reaction=chosen,
    )


def _in_words(reacted: list[dict[str, Any]]) -> list[tuple[str, str]]:
    counts = {pair["kind"]: pair["n"] for pair in reacted}
    kinds = [kind for kind in Reaction.Kind if kind in counts]
    return [(Reaction.ICONS[kind], f"{words.figures(counts[kind])} {kind.label}") for kind in kinds]


def _reply_url(post: Post) -> str:
    # Who answers the opening post answers the topic.
    address = post.topic.reply_url()
    return address if post.is_opening else f"{address}?kepada={post.pk}"


def tell_reasons(posts: Iterable[Post]) -> None:
    """Give each post the latest word of a moderator, for its author and for moderators."""
    keys = [post.pk for post in posts]
    said = Moderation.objects.filter(post__in=keys).exclude(act=Moderation.Act.DISMISS)
    latest = {moderation.post_id: moderation for moderation in said.order_by("at", "pk")}
    for post in posts:
        post.last_moderation = latest.get(post.pk)


def tell_reasons_of_topics(topics: Iterable[Topic]) -> None:
    """Give each topic the latest word of a moderator, for its author."""
    said = Moderation.objects.filter(topic__in=[topic.pk for topic in topics])
    latest = {moderation.topic_id: moderation for moderation in said.order_by("at", "pk")}
    for topic in topics:
        topic.last_moderation = latest.get(topic.pk)
