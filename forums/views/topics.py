"""A topic of a forum: how it is read, and how it begins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forums.comments import tell_reasons_of_topics, thread_context
from forums.forms import TopicForm
from forums.models import Forum, ForumArchived, TooManyPosts, TooManyTopics, Topic


@login_not_required
@require_safe
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The opening post, and below it the replies, 20 a page."""
    visible = Topic.objects.visible_to(request.user).select_related("forum__region", "author", "person")
    topic = get_object_or_404(visible, pk=pk)
    if topic.page_path:
        return redirect(topic)
    openings = topic.posts.visible_to(request.user).filter(is_opening=True).with_reactions()
    opening = list(openings.select_related("author", "person"))
    thread = thread_context(request, topic, opening)
    knows_why = thread["may_moderate"] or topic.author_id == request.user.pk
    if knows_why:
        tell_reasons_of_topics([topic])
    context = thread | {
        "opening": opening[0] if opening else None,
        "note": topic.note() if knows_why else "",
        "state": topic.state(),
        "address": request.village.url(topic.path),  # type: ignore[attr-defined]
    }
    return render(request, "forums/topic_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a topic: a page of its own, since the pages that link here are cached."""
    forum = get_object_or_404(Forum, slug=slug)
    form = TopicForm(request.POST or None)
    if request.method != "POST" and forum.archived_at:
        return _start_page(request, forum, form, status=403)
    if not form.is_valid():
        return _start_page(request, forum, form, status=422 if form.is_bound else 200)
    try:
        topic = Topic.objects.start(forum=forum, author=request.user, **form.cleaned_data)
    except ForumArchived:
        forum.refresh_from_db()
        return _start_page(request, forum, form, status=403)
    except (TooManyTopics, TooManyPosts) as refusal:
        form.add_error(None, str(refusal))
        return _start_page(request, forum, form, status=429)
    if topic.opened_at:
        messages.success(request, "Topik Anda sudah tayang.")
    else:
        messages.info(
            request,
            "Topik Anda sudah kami terima. Karena akun Anda baru, moderator membacanya dahulu sebelum tayang.",
        )
    return redirect(topic)


def _start_page(request: HttpRequest, forum: Forum, form: Any, status: int) -> HttpResponse:
    return render(request, "forums/topic_start.html", {"forum": forum, "form": form}, status=status)
