"""A list kept in a spreadsheet: sent, seen as it was understood, and taken into the Daftar Hadir."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from attendance.forms.list_import import ListFileForm, ListMeaningForm
from attendance.models import ListImport, ListRefused, Refusal
from attendance.views.desk import Desk
from attendance.views.doing import sent
from partisipasi.village.words import figures

_SHOWN = 100
"""Lines of each sort that the preview lists."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def list_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file; what was understood of it is shown next."""
    at = Desk.of(request, pk)
    form = ListFileForm(sent(request), request.FILES or None, session=at.session, by=request.user)
    if form.is_valid():
        return redirect(form.read)
    context = {
        "desk": at,
        "activity": at.activity,
        "sessions": list(at.activity.sessions.in_order()),
        "form": form,
        "is_open": at.session.has_come and not at.activity.closed_at and not at.activity.cancelled_at,
    }
    return render(request, "attendance/list_import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def list_import_detail(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """What was understood of the file, whom its lines mean, and the button that records all of it."""
    at = Desk.of(request, pk)
    found = ListImport.objects.filter(session__activity=at.activity).select_related("session")
    if request.method == "POST" and not found.filter(pk=import_pk).exists():
        # Sent twice: the first time has settled it.
        return redirect(at.url())
    waiting = get_object_or_404(found, pk=import_pk)
    waiting.session.activity = at.activity
    if request.method != "POST":
        return _page(request, waiting)
    if "buang" in request.POST:
        waiting.discard()
        messages.info(request, "Berkas dibuang; tidak ada yang dicatat.")
        return redirect(_upload(waiting))
    form = ListMeaningForm(request.POST, sent=waiting, reading=waiting.reading(request.user))
    if not form.is_valid():
        return _page(request, waiting, form)
    is_same = form.meant == waiting.meant
    waiting.understand(form.meant, form.answers)
    if "simpan" not in request.POST or not is_same:
        # Columns that mean something else are seen before they are recorded.
        return redirect(waiting)
    return _record(request, waiting)


def _record(request: HttpRequest, waiting: ListImport) -> HttpResponse:
    try:
        count = waiting.confirm(by=request.user)
    except ListRefused as refusal:
        return _page(request, waiting, refusal=" ".join(refusal.messages))
    except Refusal as refusal:
        return _page(request, waiting, refusal=str(refusal))
    if count is not None:
        told = (
            f"{figures(count)} orang tercatat hadir dari berkas."
            if count
            else "Tidak ada yang baru dalam berkas ini."
        )
        messages.success(request, told)
    query = urlencode({"sesi": waiting.session_id})
    return redirect(f"{reverse('attendance:desk', args=[waiting.session.activity_id])}?{query}")


def _upload(waiting: ListImport) -> str:
    query = urlencode({"sesi": waiting.session_id})
    return f"{reverse('attendance:list_import', args=[waiting.session.activity_id])}?{query}"


def _page(
    request: HttpRequest, waiting: ListImport, form: ListMeaningForm | None = None, *, refusal: str = ""
) -> HttpResponse:
    reading = form.reading if form else waiting.reading(request.user)
    context = {
        "activity": waiting.session.activity,
        "session": waiting.session,
        "reading": reading,
        "form": form or ListMeaningForm(sent=waiting, reading=reading),
        "refusal": refusal,
        "upload_url": _upload(waiting),
        "shown": _SHOWN,
    }
    status = 422 if form or refusal else 200
    return render(request, "attendance/list_import_detail.html", context, status=status)
