"""What an account was told, and what it follows."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partisipasi.residents import notice_mail, notices
from partisipasi.residents.forms import FollowForm, NoticeSettingsForm
from partisipasi.residents.models import Follow, Notice, NoticePreference

PAGE_SIZE = 30


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What this account was told: the unread first, then the rest, each from the newest on."""
    told = Notice.objects.of(request.user)
    context = {
        "notices": Paginator(told.unread_first(), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "unread": told.unread().count(),
    }
    return render(request, "residents/notice_list.html", context)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """All of it is read."""
    Notice.objects.of(request.user).mark_read()
    messages.success(request, "Semua pemberitahuan ditandai sudah dibaca.")
    return redirect("notice_list")


@require_safe
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and lead to its page, or say that the page is open to this account no more."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    Notice.objects.of(request.user).filter(pk=pk).mark_read()
    if notices.is_open_to(request.user, notice.path):
        return redirect(notice.path)
    return render(request, "residents/notice_gone.html", {"notice": notice}, status=410)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """When by mail, and what not at all."""
    chosen = NoticePreference.objects.of(request.user)
    form = NoticeSettingsForm(request.POST if request.method == "POST" else None, preference=chosen)
    if form.is_valid():
        NoticePreference.choose(request.user, mail=form.cleaned_data["mail"], off=form.off)
        messages.success(request, "Pengaturan pemberitahuan Anda disimpan.")
        return redirect("notice_list")
    confirmed = EmailAddress.objects.filter(user=request.user, verified=True).order_by("-primary", "pk")
    context = {"form": form, "address": confirmed.first()}
    return render(request, "residents/notice_settings.html", context, status=422 if form.is_bound else 200)


@csrf_exempt  # A mail programme posts here for its user: the token allows this one act, and nothing but it is done.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_stop(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in a mail leads to: a page with a button, which ends what the token names."""
    stop = notice_mail.stop_by(token)
    if stop is None:
        return render(request, "residents/notice_stop.html", status=410)
    if request.method == "POST":
        stop.carry_out()
    context = {"stop": stop, "is_done": request.method == "POST"}
    return render(request, "residents/notice_stop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The page with the button: follow what is at the address named, if this account may see it."""
    form = FollowForm(request.POST or request.GET, user=request.user)
    if not form.is_valid():
        raise Http404
    page = form.cleaned_data["halaman"]
    if request.method == "POST":
        notices.follow(request.user, page.path, page.title)
        messages.success(request, "Anda mengikuti halaman ini dan diberi tahu bila ada yang baru.")
        return redirect(page.path)
    followed = Follow.objects.standing().of(request.user).filter(path=page.path).first()
    return render(request, "residents/follow.html", {"page": page, "followed": followed})


@require_safe
def follow_list(request: HttpRequest) -> HttpResponse:
    """What this account follows, newest first."""
    followed = Follow.objects.standing().of(request.user).order_by("-began_at", "-pk")
    page = Paginator(followed, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "residents/follow_list.html", {"follows": page})


@require_POST
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear no more of one page."""
    followed = get_object_or_404(Follow.objects.of(request.user), pk=pk)
    notices.unfollow(request.user, followed.path)
    messages.success(request, f"Anda tidak lagi mengikuti “{followed.title}”.")
    return redirect("follow_list")
