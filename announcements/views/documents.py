"""The pages of public documents (*Daftar Informasi Publik*) and of the list of exempt information."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Value
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from announcements import information_list, minimum
from announcements.document_forms import DocumentFilterForm
from announcements.models import Budget, DocumentVersion, ExemptInformation, LawChange, Page, PublicDocument
from announcements.models.law import law_state_pill
from partisipasi import clock
from partisipasi.files.http import file_response
from partisipasi.files.recognition import XLSX
from partisipasi.typeset import NotTypesettable

PAGE_SIZE = 12
EXCERPT = 1200
"""Characters of a document's text on its page."""

CSV = "text/csv; charset=utf-8"


@login_not_required
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Everything that is published, by its number; and what should be and is not."""
    published = PublicDocument.objects.published()
    known, budgets = known_now()
    form = DocumentFilterForm(request.GET or None, years=sorted({year for _, year in known}, reverse=True))
    documents = form.chosen(published).with_versions().order_by("-year", "-number")
    points = points_of(known, budgets)
    context = {
        "form": form,
        "page": Paginator(documents, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "missing": [point for point in points if not point.is_there],
        "points": len(points),
    }
    status = 422 if form.errors else 200
    return render(request, "announcements/document_list.html", context, status=status)


Known = set[tuple[str, int]]


def known_now() -> tuple[Known, Known]:
    """Category and year of every document, and what else the portal publishes, by year: one query."""
    documents = PublicDocument.objects.published().order_by().values_list("category", "year")
    budgets = Budget.objects.published().order_by().values_list("stage", "year")
    profile = Page.objects.published().filter(part=Page.Part.PROFILE).order_by()
    marked = profile.values_list(Value(minimum.PROFILE), Value(minimum.ANY_YEAR))
    found = set(documents.union(budgets, marked).order_by())
    by_portal = {row for row in found if row[0] in Budget.Stage.values or row[1] == minimum.ANY_YEAR}
    return found - by_portal, by_portal


def points_of(known: Known, budgets: Known) -> list[minimum.Point]:
    """The points of the minimum as they stand today."""
    realised = {Budget.Stage.YEAR.value}
    portal = {
        (word if year == minimum.ANY_YEAR else "realisation" if word in realised else "budget", year)
        for word, year in budgets
    }
    return minimum.points(known, portal, this_year=clock.today().year)


@login_not_required
@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One document with all its versions; for who works on documents also a draft's preview and the archive."""
    documents = PublicDocument.objects.visible_to(request.user).with_law_state(clock.today())
    document = get_object_or_404(documents, slug=slug)
    versions = list(document.versions.newest_first().select_related("file"))
    standing = [each for each in versions if not each.withdrawn_at]
    newest = standing[0] if standing else None
    context = {
        "document": document,
        "newest": newest,
        "excerpt": newest.text[:EXCERPT] if newest else "",
        "is_cut": bool(newest and len(newest.text) > EXCERPT),
        "others": [each for each in versions if each != newest],
        "address": request.village.url(document.get_absolute_url()),  # type: ignore[attr-defined]
    }
    if document.is_law:
        context |= _law_context(document)
    response = render(request, "announcements/document_detail.html", context)
    if not document.is_published:
        add_never_cache_headers(response)
    return response


def _law_context(document: Any) -> dict[str, Any]:
    state_kind, state_word = law_state_pill(document.law_state)
    made = document.changes_made.on_published().select_related("law", "target")
    met = LawChange.objects.by_published().filter(target=document).select_related("law")
    return {
        "state_kind": state_kind,
        "state_word": state_word,
        "changes_made": made,
        "changes_met": met,
    }


@login_not_required
@require_safe
def document_file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponseBase:
    """The file of a version that this visitor may open; a PDF or picture is shown, anything else is saved."""
    versions = DocumentVersion.objects.visible_to(request.user).select_related("file", "document")
    version = get_object_or_404(versions, document__slug=slug, number=number)
    return file_response(version.file, version.filename, inline=True)


@login_not_required
@require_safe
def exempt_list(request: HttpRequest) -> HttpResponse:
    """What is exempt, on which ground and until when."""
    exempt = ExemptInformation.objects.standing().in_list()
    page = Paginator(exempt, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "announcements/exempt_list.html", {"page": page})


@login_not_required
@require_safe
def list_file(request: HttpRequest, form: str) -> HttpResponse:
    """The DIP to print, to sign and to count with."""
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: information_list.documents_as_pdf(at=clock.now()),
        "xlsx": lambda: information_list.as_xlsx(
            information_list.DOCUMENTS, information_list.document_rows()
        ),
        "csv": lambda: information_list.as_csv(information_list.DOCUMENTS, information_list.document_rows()),
    }
    return _file(request, makers[form], "daftar-informasi-publik", form, "announcements:document_list")


@login_not_required
@require_safe
def exempt_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list of exempt information to print, to sign and to count with."""
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: information_list.exempt_as_pdf(at=clock.now()),
        "xlsx": lambda: information_list.as_xlsx(information_list.EXEMPT, information_list.exempt_rows()),
        "csv": lambda: information_list.as_csv(information_list.EXEMPT, information_list.exempt_rows()),
    }
    return _file(request, makers[form], "informasi-dikecualikan", form, "announcements:exempt_list")


def _file(
    request: HttpRequest, make: Callable[[], bytes], name: str, form: str, otherwise: str
) -> HttpResponse:
    try:
        content = make()
    except NotTypesettable:
        messages.error(
            request, "Daftar tidak dapat dicetak. Coba lagi; bila tetap gagal, periksa lambang desa."
        )
        return redirect(otherwise)
    media_type = {"pdf": "application/pdf", "xlsx": XLSX, "csv": CSV}[form]
    response = HttpResponse(content, content_type=media_type)
    shown = "inline" if form == "pdf" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}.{form}"'
    return response
