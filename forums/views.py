from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .comments import tell_reasons
from .forms import ModerationForm, ReplyForm
from .models import Post, TooManyPosts, Topic
from .models.post import PAGE_SIZE


@require_http_methods(["GET", "HEAD", "POST"])
def post_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a reply: a page of its own, since the pages that link here are cached."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    readable = topic.posts.published().filter(hidden_at__isnull=True)
    initial = {"reply_to": request.GET.get("kepada")}
    form = ReplyForm(request.POST or None, posts=readable, initial=initial)
    if request.method != "POST" and not topic.takes_replies:
        return _reply_page(request, topic, form, status=403)
    if not form.is_valid():
        return _reply_page(request, topic, form, status=422 if form.is_bound else 200)
    try:
        post = topic.reply(author=request.user, **form.cleaned_data)
    except TooManyPosts as refusal:
        form.add_error("body", str(refusal))
        return _reply_page(request, topic, form, status=429)
    except PermissionDenied:
        topic.refresh_from_db()
        return _reply_page(request, topic, form, status=403)
    if post.published_at:
        messages.success(request, "Tanggapan Anda sudah tayang.")
    else:
        messages.info(
            request,
            "Tanggapan Anda sudah kami terima. Karena akun Anda baru, moderator membacanya dahulu "
            "sebelum tayang.",
        )
    return redirect(post)


def _reply_page(request: HttpRequest, topic: Topic, form: ReplyForm, status: int) -> HttpResponse:
    answered = form["reply_to"].value()
    readable = form.fields["reply_to"].queryset  # type: ignore[attr-defined]
    context = {
        "topic": topic,
        "form": form,
        "answered": readable.filter(pk=answered).first() if str(answered or "").isdigit() else None,
    }
    return render(request, "forums/post_reply.html", context, status=status)


@login_not_required
@require_safe
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The lasting address of a post: leads to its place on its page."""
    visible = Post.objects.visible_to(request.user).filter(topic__in=Topic.objects.visible_to(request.user))
    post = get_object_or_404(visible.select_related("topic"), pk=pk)
    page = post.page_number(request.user)
    query = f"?halaman={page}" if page > 1 else ""
    return redirect(f"{post.topic.page_path}{query}#tanggapan-{post.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def post_moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let through, hide or restore one post, with a reason that its author reads."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("topic"), pk=pk)
    if not post.can_be_moderated_by(request.user):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("tindakan") == "loloskan":
        post.release(by=request.user)
        messages.success(request, "Tanggapan sudah tayang.")
        return redirect(post)
    form = ModerationForm(
        request.POST or None, button="Pulihkan tanggapan" if post.hidden_at else "Sembunyikan tanggapan"
    )
    if form.is_valid():
        act = post.restore if post.hidden_at else post.hide
        act(by=request.user, reason=form.cleaned_data["reason"])
        messages.success(
            request, "Tanggapan disembunyikan." if post.hidden_at else "Tanggapan tampil kembali."
        )
        return redirect(post)
    context: dict[str, Any] = {
        "post": post,
        "form": form,
        "history": post.moderations.all(),
        "state": post.state(),
    }
    return render(request, "forums/post_moderate.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def post_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own post back, after a look at it."""
    post = get_object_or_404(Post.objects.filter(author=request.user).select_related("topic"), pk=pk)
    if request.method == "POST":
        if not post.withdrawn_at:
            post.withdraw(by=request.user)
        messages.success(request, "Tanggapan Anda ditarik. Anda dapat menayangkannya lagi kapan saja.")
        return redirect("forums:my_posts")
    return render(request, "forums/post_withdraw.html", {"post": post})


@require_POST
def post_resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.filter(author=request.user).select_related("topic"), pk=pk)
    post.resubmit(by=request.user)
    messages.success(request, "Tanggapan Anda dikembalikan.")
    return redirect("forums:my_posts")


@require_safe
def my_posts(request: HttpRequest) -> HttpResponse:
    """What I wrote, where it stands, and what moderators said about it."""
    posts = Post.objects.filter(author=request.user).select_related("topic", "person", "author")
    page = Paginator(posts.order_by("-posted_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("halaman"))
    tell_reasons(page.object_list)
    return render(request, "forums/my_posts.html", {"posts": page})
