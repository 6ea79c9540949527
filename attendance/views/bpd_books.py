"""BPD's own books, year by year, for those whose office lets them see the lists behind them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance import bpd_books
from attendance.forms import BookYearForm
from attendance.slots import books_elsewhere
from attendance.views.sheets import XLSX
from partisipasi import clock
from partisipasi.residents.permissions import coverage


def _require(request: HttpRequest) -> None:
    if not coverage(request.user, "attendance.view_bpd_books").everywhere:
        raise PermissionDenied


@require_safe
def bpd_book_list(request: HttpRequest) -> HttpResponse:
    """The books of a year with the meetings that stand in them; without a choice the year of the last meeting."""
    _require(request)
    years = bpd_books.years()
    form = BookYearForm(request.GET, years=years)
    chosen = form.cleaned_data.get("tahun") if form.is_valid() else None
    year = chosen or (years[0] if years and form.is_valid() else None)
    context = {
        "form": form,
        "year": year,
        "years": years,
        "books": [(code, book.name) for code, book in bpd_books.BOOKS.items()],
        "elsewhere": books_elsewhere(),
        "meetings": bpd_books.meetings_of(year) if year else [],
    }
    return render(request, "attendance/bpd_book_list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def bpd_book_pdf(request: HttpRequest, year: int, book: str) -> HttpResponse:
    """The book of a year, to be printed, signed and bound."""
    content = bpd_books.as_pdf(_asked(request, year, book), year, at=clock.now())
    return _download(content, "application/pdf", f'inline; filename="buku-{book}-bpd-{year}.pdf"')


@require_safe
def bpd_book_xlsx(request: HttpRequest, year: int, book: str) -> HttpResponse:
    content = bpd_books.as_xlsx(_asked(request, year, book), year)
    return _download(content, XLSX, f'attachment; filename="buku-{book}-bpd-{year}.xlsx"')


def _asked(request: HttpRequest, year: int, book: str) -> bpd_books.Book:
    _require(request)
    if book not in bpd_books.BOOKS or year not in bpd_books.years():
        raise Http404("There is no such book of that year.")
    return bpd_books.BOOKS[book]


def _download(content: bytes, media_type: str, disposition: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    return response
