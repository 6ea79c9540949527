"""What everybody sees of reports."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feedback import places
from feedback.forms import ReportFilterForm
from feedback.models import Report
from partisipasi import clock
from partisipasi.files.http import file_response, preview_response
from partisipasi.village.models import Holiday, Region
from partisipasi.village.words import figures as figures_written

from .access import sight_of

PAGE_SIZE = 20

STEPS = (
    {"title": "Anda menulis", "text": "Di portal, di loket, lewat RT, telepon, atau WhatsApp."},
    {
        "title": "Anda mendapat kode dan PIN",
        "text": "Dengan keduanya Anda melacak laporan, juga tanpa akun.",
    },
    {"title": "Kami verifikasi", "text": "Paling lambat 3 hari kerja."},
    {"title": "Kami tindak lanjuti", "text": "Penanggung jawabnya ditetapkan paling lambat 5 hari kerja."},
    {"title": "Anda dijawab", "text": "Paling lambat 14 hari kerja, atau 60 bila perlu pemeriksaan."},
)


@login_not_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The released reports with where they stand, and how well the village keeps its promises."""
    hamlets = list(Region.objects.top())
    form = ReportFilterForm(request.GET or None, hamlets=hamlets)
    reports = form.chosen(Report.objects.released()).select_related("category", "region").newest_first()
    page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("halaman"))
    show_lateness(page.object_list)
    for report in page.object_list:
        report.hamlet = places.hamlet_of(report.region, hamlets)
    context = {
        "form": form,
        "page": page,
        "figures": _figures(),
        "steps": STEPS,
        "is_filtered": form.is_bound and any(form.data.get(name) for name in form.fields),
    }
    return render(request, "feedback/report_list.html", context, status=422 if form.errors else 200)


def _figures() -> dict[str, Any]:
    figures: dict[str, Any] = Report.objects.figures(clock.today())
    words = f"dari {figures_written(figures['answered'])} laporan yang sudah dijawab"
    return figures | {"answered_words": words}


def show_lateness(reports: Any) -> None:
    """Give each report the number of working days by which the village is late, by one look at the calendar."""
    today = clock.today()
    behind = [report for report in reports if report.next_stage and report.next_stage.is_missed(today)]
    calendar = Holiday.objects.calendar() if behind else None
    for report in reports:
        report.late = report.late_days(calendar, today) if calendar and report in behind else 0


@login_not_required
@require_safe
def report_photo(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A photo, for whoever may see it beside its report."""
    photo = get_object_or_404(sight_of(request, code).photos(), pk=pk)
    return file_response(photo.file, f"laporan-{code}-{photo.pk}", inline=True)


@login_not_required
@require_safe
def report_photo_small(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    photo = get_object_or_404(sight_of(request, code).photos(), pk=pk)
    return preview_response(photo.file)
