"""What somebody says in a topic, and what readers make of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.comments import tell_reasons, tell_reasons_of_topics
from forums.forms import FlagForm, ReactionForm, ReplyForm
from forums.models import PAGE_SIZE, Post, Reaction, TooManyFlags, TooManyPosts, Topic


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
    return redirect(_post(request, pk).place_url(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def post_react(request: HttpRequest, pk: int) -> HttpResponse:
    """Three buttons; the one pressed before takes the reaction back."""
    post = _post(request, pk)
    if not post.can_be_reacted_to_by(request.user):
        raise PermissionDenied
    form = ReactionForm(request.POST or None)
    if form.is_valid():
        post.react(by=request.user, kind=form.kind)
        messages.success(request, "Reaksi Anda dicatat." if form.kind else "Reaksi Anda ditarik.")
        return redirect(post)
    own = post.reactions.filter(by=request.user).first()
    context = {
        "post": post,
        "form": form,
        "buttons": [(kind, Reaction.BUTTONS[kind], Reaction.ICONS[kind]) for kind in Reaction.Kind],
        "chosen": own.kind if own else "",
        "withdraw": ReactionForm.WITHDRAW,
    }
    return render(request, "forums/post_react.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def post_flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators, and nobody else, that a post breaks the rules."""
    post = _post(request, pk)
    flagged = post.flags.filter(by=request.user).first()
    if not (flagged or post.can_be_flagged_by(request.user)):
        raise PermissionDenied
    form = FlagForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            post.flag(by=request.user, **form.cleaned_data)
        except TooManyFlags as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            messages.success(
                request, "Terima kasih, moderator akan membacanya. Keputusannya kami beritahukan kepada Anda."
            )
            return redirect(post.topic)
    context = {"post": post, "form": form, "flagged": flagged}
    return render(request, "forums/post_flag.html", context, status=status)


def _post(request: HttpRequest, pk: int) -> Post:
    """The post, if this visitor may see it where it stands; else 404."""
    reachable = Post.objects.reachable_by(request.user)
    return get_object_or_404(reachable.select_related("topic__forum__region", "author", "person"), pk=pk)


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
    posts = Post.objects.filter(author=request.user).select_related("topic__forum", "person", "author")
    page = Paginator(posts.order_by("-posted_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("halaman"))
    tell_reasons(page.object_list)
    tell_reasons_of_topics([post.topic for post in page.object_list if post.is_opening])
    return render(request, "forums/my_posts.html", {"posts": page})
