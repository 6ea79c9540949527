"""What moderators see and do: the queue, one post, one topic. Each act may be undone on the same page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forums.forms import PostActForm, TopicActForm
from forums.models import MODERATE, PAGE_SIZE, Flag, Forum, ForumArchived, Moderation, Post, Topic
from partisipasi.residents.permissions import coverage

Act = Moderation.Act

ALREADY = "Sudah ada keputusan lain sementara Anda membaca. Lihat keadaannya sekarang."
DONE = {
    Act.RELEASE: "Tanggapan sudah tayang.",
    Act.HIDE: "Sudah disembunyikan. Penulisnya membaca alasannya.",
    Act.RESTORE: "Sudah tampil kembali.",
    Act.DISMISS: "Laporan ditolak; tanggapan tetap tayang.",
    Act.LOCK: "Topik dikunci. Semua orang membaca alasannya.",
    Act.UNLOCK: "Topik dibuka kembali.",
    Act.PIN: "Topik disematkan di atas forumnya.",
    Act.UNPIN: "Sematan topik dilepas.",
    Act.MOVE: "Topik sudah dipindahkan.",
}


@require_safe
def moderation_queue(request: HttpRequest) -> HttpResponse:
    """What is held or flagged within this moderator's reach, newest first, each with its context."""
    if not coverage(request.user, MODERATE):
        raise PermissionDenied
    flags = Flag.objects.open().select_related("by", "person")
    posts = (
        Post.objects.to_moderate(request.user)
        .select_related("topic__forum", "author", "person", "reply_to__author", "reply_to__person")
        .prefetch_related(Prefetch("flags", queryset=flags, to_attr="open_flags"))
    )
    page = Paginator(posts, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "forums/moderation_queue.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def post_moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let through, hide, restore one post or dismiss its flags, with a reason that its author reads."""
    visible = Post.objects.visible_to(request.user)
    post = get_object_or_404(visible.select_related("topic__forum__region", "author", "person"), pk=pk)
    if not post.can_be_moderated_by(request.user):
        raise PermissionDenied
    form = PostActForm(request.POST or None)
    if form.is_valid():
        act, reason = Act(form.cleaned_data["tindakan"]), form.cleaned_data["reason"]
        _say(request, act, _post_verb(post, act, reason)(by=request.user))
        return redirect("forums:moderation_queue" if request.POST.get("kembali") == "antrean" else post)
    context: dict[str, Any] = {
        "post": post,
        "form": form,
        "flags": post.flags.select_related("by", "person"),
        "flagged": post.flags.open().exists(),
        "history": post.moderations.select_related("by"),
        "state": post.state(),
    }
    return render(request, "forums/post_moderate.html", context, status=422 if form.is_bound else 200)


def _post_verb(post: Post, act: Moderation.Act, reason: str) -> Callable[..., bool]:
    match act:
        case Act.RELEASE:
            return post.release
        case Act.DISMISS:
            return post.dismiss_flags
        case Act.HIDE:
            return lambda by: post.hide(by=by, reason=reason)
    return lambda by: post.restore(by=by, reason=reason)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock, hide, pin, move one topic, or undo it."""
    visible = Topic.objects.visible_to(request.user).select_related("forum__region", "author", "person")
    topic = get_object_or_404(visible, pk=pk)
    if not topic.can_be_moderated_by(request.user):
        raise PermissionDenied
    elsewhere = Forum.objects.current().moderated_by(request.user).exclude(pk=topic.forum_id).in_order()
    form = TopicActForm(request.POST or None, forums=elsewhere)
    if form.is_valid():
        _say(request, Act(form.cleaned_data["tindakan"]), _moderate(topic, request.user, form.cleaned_data))
        return redirect("forums:topic_moderate", pk)
    context = {
        "topic": topic,
        "form": form,
        "elsewhere": elsewhere,
        "history": topic.moderations.select_related("by"),
        "state": topic.state(),
    }
    return render(request, "forums/topic_moderate.html", context, status=422 if form.is_bound else 200)


def _moderate(topic: Topic, by: Any, asked: dict[str, Any]) -> bool:
    reason = asked["reason"]
    match Act(asked["tindakan"]):
        case Act.LOCK:
            return topic.lock(by=by, reason=reason)
        case Act.UNLOCK:
            return topic.unlock(by=by, reason=reason)
        case Act.PIN:
            return topic.pin(by=by)
        case Act.UNPIN:
            return topic.unpin(by=by)
        case Act.MOVE:
            try:
                return topic.move_to(asked["forum"], by=by, reason=reason)
            except ForumArchived:
                return False
        case Act.HIDE:
            return topic.take_down(by=by, reason=reason)
    return topic.bring_back(by=by, reason=reason)


def _say(request: HttpRequest, act: Moderation.Act, was_done: bool) -> None:
    if was_done:
        messages.success(request, DONE[act])
    else:
        messages.warning(request, ALREADY)
