"""Telling people by WhatsApp: an official makes a list with one text, opens it person by person and ticks off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partisipasi.residents.audiences import audience_of, bodies_within, give_links, people_within, ready_text
from partisipasi.residents.forms import MessageListForm, RecipientSearchForm
from partisipasi.residents.models import Message, MessageList
from partisipasi.residents.models.message_list import PERM

PAGE_SIZE = 30
OFFERED = 300

may_send = permission_required(PERM, raise_exception=True)


@require_safe
@may_send
def message_lists(request: HttpRequest) -> HttpResponse:
    """The lists that this official may see, newest first."""
    visible = MessageList.objects.visible_to(request.user).with_progress().select_related("made_by")
    page = Paginator(visible.newest_first(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "residents/message_lists.html", {"lists": page})


@require_http_methods(["GET", "HEAD", "POST"])
@may_send
def message_list_new(request: HttpRequest) -> HttpResponse:
    """Choose whom to tell, by search or as the page named concerns them, and write the text."""
    about = request.GET.get("tentang", "")
    people, bodies = people_within(request.user), bodies_within(request.user)
    search, concerned = RecipientSearchForm(request.GET), audience_of(about, request.user)
    initial = {"text": ready_text()}
    if concerned:
        initial = {"title": concerned.title[:120], "text": concerned.text}
    sent = request.POST if request.method == "POST" else None
    has_links = bool(concerned and concerned.links)
    form = MessageListForm(sent, people=people, bodies=bodies, has_links=has_links, initial=initial)
    if form.is_valid():
        made = MessageList.objects.make(**form.cleaned_data, path=about if concerned else "", by=request.user)
        return redirect(made)
    status = 422 if form.is_bound or not search.is_valid() else 200
    if concerned:
        offered, offered_bodies = concerned.people, concerned.bodies
    else:
        offered = search.narrow(people) if search.is_valid() and search.is_asked else people.none()
        offered_bodies = bodies.none()
    context = {
        "search": search,
        "about": about if concerned else "",
        "form": form,
        "people": offered.select_related("region", "unsur", "user").order_by("name", "pk")[:OFFERED],
        "more": max(offered.count() - OFFERED, 0),
        "bodies": offered_bodies.order_by("name", "pk"),
        "ticked": _ticked(form),
    }
    return render(request, "residents/message_list_new.html", context, status=status)


def _ticked(form: MessageListForm) -> dict[str, Any]:
    """Which boxes stay ticked when the form comes back: those that were; before it was sent, all."""
    if not form.is_bound:
        return {"all": True}
    chosen = {
        name: {int(pk) for pk in form.data.getlist(name) if pk.isdecimal()} for name in ("people", "bodies")
    }  # type: ignore[attr-defined]
    return {"all": False, **chosen}


@require_safe
@may_send
def message_list_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: who is still to be told, who has no number, who has been told."""
    found = _list(request, pk)
    rows = found.messages.within(request.user.coverage(PERM)).with_number()
    parts = {
        "belum": rows.waiting().exclude(number="").by_name(),
        "tanpa_nomor": rows.waiting().filter(number="").by_name(),
        "sudah": rows.told().order_by("-told_at", "-pk"),
    }
    chosen = request.GET.get("bagian", "belum")
    chosen = chosen if chosen in parts else "belum"
    counts = {part: within.count() for part, within in parts.items()}
    shown = parts[chosen].select_related("list", "person__region", "body", "told_by")
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("halaman"))
    if chosen == "belum":
        give_links(found.path, list(page), request.user)
    context = {
        "list": found,
        "part": chosen,
        "counts": counts,
        "of": sum(counts.values()),
        "rows": page,
        "can_delete": found.can_be_deleted_by(request.user),
    }
    return render(request, "residents/message_list_detail.html", context)


@require_POST
@may_send
def message_told(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """Tick one off."""
    message = _message(request, pk, message_pk)
    message.mark_told(by=request.user)
    messages.success(request, f"{message}: sudah disampaikan.")
    return redirect(_back(message, "belum" if message.number else "tanpa_nomor"))


@require_POST
@may_send
def message_untold(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """Take a tick back."""
    message = _message(request, pk, message_pk)
    message.mark_untold()
    messages.success(request, f"{message}: tandanya dibatalkan.")
    return redirect(_back(message, "sudah"))


@require_http_methods(["GET", "HEAD", "POST"])
@may_send
def message_list_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Its maker throws a list away, after a look at it."""
    found = _list(request, pk)
    if not found.can_be_deleted_by(request.user):
        raise PermissionDenied
    if request.method == "POST":
        found.delete()
        messages.success(request, "Daftar pesan dihapus.")
        return redirect("message_lists")
    return render(request, "residents/message_list_delete.html", {"list": found})


def _list(request: HttpRequest, pk: int) -> MessageList:
    return get_object_or_404(MessageList.objects.visible_to(request.user), pk=pk)


def _message(request: HttpRequest, pk: int, message_pk: int) -> Message:
    within = _list(request, pk).messages.within(request.user.coverage(PERM))
    rows = within.with_number().select_related("list", "person", "body")
    return get_object_or_404(rows, pk=message_pk)


def _back(message: Message, part: str) -> str:
    return f"{reverse('message_list_detail', args=[message.list_id])}?bagian={part}"
