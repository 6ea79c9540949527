"""The public record for people: what happened, where the chain ended each day, and how to check it."""

from pathlib import Path

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import models
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import chain_file
from .chain import canonical, stated_by
from .forms import EntryFilterForm
from .models import DailyHead, Entry, LedgerHead

PAGE_SIZE = 20
HEADS_ON_A_PAGE = 31
VERIFIER = Path(__file__).with_name("verifier.py")


@login_not_required
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """Newest first; a page begins below a number, since entries are never taken out and only ever added on top."""
    form = EntryFilterForm(request.GET)
    found = list(form.chosen(Entry.objects.order_by("-number"))[: PAGE_SIZE + 1])
    context = {
        "form": form,
        "entries": found[:PAGE_SIZE],
        "older_than": found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else None,
        "begins_above": not request.GET.get("sebelum"),
        "end": LedgerHead.objects.first(),
    }
    return render(request, "ledger/entry_list.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def entry_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One entry in words, and the very text of which its fingerprint is made."""
    entry = get_object_or_404(Entry, number=number)
    context = {
        "entry": entry,
        "text": canonical(stated_by(entry)).decode(),
        "about": _row_of(entry, request),
        "end": LedgerHead.objects.first(),
    }
    return render(request, "ledger/entry_detail.html", context)


def _row_of(entry: Entry, request: HttpRequest) -> models.Model | None:
    """The row that the entry is about, where it has a page that this visitor may see."""
    label, _, pk = entry.subject.partition(":")
    try:
        rows = apps.get_model(label).objects  # type: ignore[attr-defined]
    except (LookupError, ValueError):
        return None
    if not hasattr(rows, "visible_to") or not hasattr(rows.model, "get_absolute_url"):
        return None
    return rows.visible_to(request.user).filter(pk=pk).first()


@login_not_required
@require_safe
def head_list(request: HttpRequest) -> HttpResponse:
    """Where the chain ended on each day, the latest first."""
    heads = Paginator(DailyHead.objects.order_by("-on"), HEADS_ON_A_PAGE)
    return render(request, "ledger/head_list.html", {"page": heads.get_page(request.GET.get("halaman"))})


@login_not_required
@require_safe
def ledger_check(request: HttpRequest) -> HttpResponse:
    """How anybody checks the record with nothing but the file, a fingerprint from outside and Python."""
    return render(request, "ledger/ledger_check.html", {"head": DailyHead.objects.order_by("-on").first()})


@login_not_required
@require_safe
def ledger_chain(request: HttpRequest) -> StreamingHttpResponse:
    """The village's whole chain as JSON lines."""
    return StreamingHttpResponse(
        chain_file.parts(request.village),
        content_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rantai.jsonl"'},
    )


@login_not_required
@require_safe
def ledger_verifier(request: HttpRequest) -> FileResponse:
    """The program that checks the file: stands alone, needs Python and no network."""
    return FileResponse(
        VERIFIER.open("rb"), as_attachment=True, filename="periksa.py", content_type="text/x-python"
    )
