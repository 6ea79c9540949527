"""The whole Daftar Hadir for officials: printed from the browser, as PDF, as a spreadsheet, as CSV."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from attendance.forms import SheetOptionsForm
from attendance.models import Activity, PrintedSheet, Session
from attendance.roster import sheet_of
from attendance.sheet import as_css, as_csv, as_pdf, as_xlsx
from attendance.views.desk import chosen_session
from partisipasi import clock
from partisipasi.files.downloads import private_file
from partisipasi.pdf_pages import count_pages


def _session(request: HttpRequest, pk: int) -> Session:
    """The session whose sheet is asked for, if this official may see it; else 404."""
    within = Activity.objects.within_reach(request.user, "attendance.view_internal")
    activity = get_object_or_404(within.select_related("kind", "region"), pk=pk)
    return chosen_session(activity, request.GET.get("sesi"))


def _form(request: HttpRequest, session: Session) -> SheetOptionsForm:
    return SheetOptionsForm(request.GET, session=session)


@require_safe
def sheet_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it will lie on paper, with the choices above it, which are not printed."""
    session = _session(request, pk)
    form = _form(request, session)
    valid = form.is_valid()
    context: dict[str, Any] = {
        "activity": session.activity,
        "session": session,
        "sessions": list(session.activity.sessions.in_order()),
        "form": form,
        "sheet": sheet_of(session, form.options) if valid else None,
        "query": request.GET.urlencode(),
        "may_run_desk": request.user.has_perm("attendance.run_desk", session.activity),
    }
    return render(request, "attendance/sheet_print.html", context, status=200 if valid else 422)


def _download(request: HttpRequest, pk: int, write: Any, extension: str) -> HttpResponse:
    session = _session(request, pk)
    form = _form(request, session)
    if not form.is_valid():
        return sheet_print(request, pk)
    name = slugify(session.activity.title)[:60] or session.activity.pk
    content = write(sheet_of(session, form.options))
    return private_file(content, f"daftar-hadir-{name}-{session.day}{extension}")


@require_safe
def sheet_css(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands at the edge of each printed page; the policy of portal pages allows no style within them."""
    session = _session(request, pk)
    form = _form(request, session)
    if not form.is_valid():
        raise Http404
    return HttpResponse(as_css(sheet_of(session, form.options)), content_type="text/css")


@require_safe
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to print. How many pages it has is kept: the signed paper is checked against it."""
    response = _download(request, pk, partial(as_pdf, at=clock.now()), ".pdf")
    may_run_desk = Activity.objects.within_reach(request.user, "attendance.run_desk").filter(pk=pk).exists()
    if response.status_code == 200 and request.method == "GET" and may_run_desk:
        session = _session(request, pk)
        form = _form(request, session)
        form.is_valid()
        pages = count_pages(response.content)
        PrintedSheet.objects.note(session, form.options.filling, pages, request.user)
    return response


@require_safe
def sheet_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    return _download(request, pk, partial(as_xlsx, at=clock.now()), ".xlsx")


@require_safe
def sheet_csv(request: HttpRequest, pk: int) -> HttpResponse:
    return _download(request, pk, as_csv, ".csv")
