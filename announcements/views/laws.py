"""The village's regulations and decrees (*produk hukum*), by kind, year and what became of them."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from announcements.document_forms import LawFilterForm
from announcements.models import LawState, PublicDocument
from announcements.models.law import law_state_pill
from partisipasi import clock, spreadsheet

from .documents import CSV, PAGE_SIZE

COLUMNS = {
    "jenis": "jenis produk hukum",
    "nomor": "nomor",
    "tahun": "tahun penomoran",
    "tentang": "apa yang diatur atau diputuskan",
    "bidang": "bidang yang diatur",
    "ditetapkan": "tanggal ditetapkan, TTTT-BB-HH",
    "diundangkan": "tanggal diundangkan, TTTT-BB-HH",
    "lembaran": "nomor lembaran atau berita desa",
    "berlaku_sejak": "tanggal mulai berlaku, TTTT-BB-HH",
    "keadaan": "keadaan pada hari diunduh",
    "tautan": "halaman dokumennya",
}


@login_not_required
@require_safe
def law_list(request: HttpRequest) -> HttpResponse:
    """Every published law with its state of today, newest first."""
    laws = PublicDocument.objects.published().laws()
    years = [day.year for day in laws.dates("enacted_on", "year", order="DESC")]
    form = LawFilterForm(request.GET or None, years=years)
    with_state = laws.with_law_state(clock.today()).order_by("-enacted_on", "-pk")
    page = Paginator(form.chosen(with_state), PAGE_SIZE).get_page(request.GET.get("halaman"))
    rows = [(law, *law_state_pill(law.law_state)) for law in page]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "announcements/law_list.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def law_data(request: HttpRequest) -> HttpResponse:
    """The same as open data."""
    origin = request.village.url("/").rstrip("/")  # type: ignore[attr-defined]
    laws = PublicDocument.objects.published().laws().with_law_state(clock.today())
    rows = [
        [
            str(law.get_law_kind_display()),
            law.law_number,
            str(law.enacted_on.year if law.enacted_on else ""),
            law.about,
            law.subject,
            str(law.enacted_on or ""),
            str(law.promulgated_on or ""),
            law.gazette,
            str(law.in_force_on or ""),
            str(LawState(law.law_state).label),
            origin + law.get_absolute_url(),
        ]
        for law in laws.order_by("enacted_on", "pk")
    ]
    response = HttpResponse(spreadsheet.as_csv([[*COLUMNS], *rows]), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="produk-hukum.csv"'
    return response
