"""BPD's own books, year by year, for those whose office lets them see the lists behind them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance import bpd_books, bpd_shelf
from attendance.forms import BookYearForm
from partisipasi import clock
from partisipasi.files.downloads import private_file
from partisipasi.residents.permissions import coverage


def _require(request: HttpRequest) -> None:
    if not coverage(request.user, "attendance.view_bpd_books").everywhere:
        raise PermissionDenied


@require_safe
def bpd_book_list(request: HttpRequest) -> HttpResponse:
    """The books of a year with the meetings that stand in them; without a choice the newest year."""
    _require(request)
    years = bpd_shelf.years()
    form = BookYearForm(request.GET, years=years)
    chosen = form.cleaned_data.get("tahun") if form.is_valid() else None
    year = chosen or (years[0] if years and form.is_valid() else None)
    context = {
        "form": form,
        "year": year,
        "years": years,
        "books": bpd_shelf.books_of(year) if year else [],
        "meetings": bpd_books.meetings_of(year) if year else [],
    }
    return render(request, "attendance/bpd_book_list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def bpd_book_pdf(request: HttpRequest, year: int, book: str) -> HttpResponse:
    """The book of a year, to be printed, signed and bound."""
    content = _asked(request, year, book).as_pdf(year, at=clock.now())
    return private_file(content, f"buku-{book}-bpd-{year}.pdf", shown=True)


@require_safe
def bpd_book_xlsx(request: HttpRequest, year: int, book: str) -> HttpResponse:
    return private_file(_asked(request, year, book).as_xlsx(year), f"buku-{book}-bpd-{year}.xlsx")


def _asked(request: HttpRequest, year: int, book: str) -> bpd_shelf.Book:
    _require(request)
    try:
        return dict(bpd_shelf.books_of(year))[book]
    except KeyError:
        raise Http404("There is no such book of that year.") from None
