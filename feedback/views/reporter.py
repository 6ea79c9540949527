"""A report on its page, and what its reporter does there."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from feedback import places
from feedback.forms import ReopenForm, ReplyForm
from feedback.models import Act, Refusal, Report, ReportEvent
from partisipasi.village.models import Region
from partisipasi.village.words import full_date

from .access import Sight, own_report, sight_of
from .public import PAGE_SIZE, show_lateness


@login_not_required
@require_safe
def report_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The public part for everybody; all of it for its reporter and for who handles it."""
    sight = sight_of(request, code)
    response = render(request, "feedback/report_detail.html", page_of(request, sight))
    if sight.is_whole:
        add_never_cache_headers(response)
    return response


def page_of(request: HttpRequest, sight: Sight, **forms: Any) -> dict[str, Any]:
    report, events = sight.report, list(sight.events())
    show_lateness([report])
    photos = list(sight.photos())
    told = {
        "report": report,
        "sight": sight,
        "events": events,
        "answer": _lifted_answer(events),
        "own_photos": [photo for photo in photos if not photo.event_id],
        "official_photos": [photo for photo in photos if photo.event_id],
        "facts": _facts(request, sight),
        "work_url": reverse("admin:feedback_report_change", args=[report.pk]) if sight.is_handler else "",
        "address": request.village.url(report.get_absolute_url()),
    }
    if sight.is_reporter:
        told["reply_form"] = ReplyForm(action=reverse("feedback:report_reply", args=[report.code]))
    return told | forms


def _lifted_answer(events: list[ReportEvent]) -> ReportEvent | None:
    """The latest answer, to stand above the timeline, which then need not say it again."""
    answers = [event for event in events if event.act == Act.ANSWERED and event.text]
    if not answers:
        return None
    lifted = copy(answers[-1])
    answers[-1].text = ""
    return lifted


def _facts(request: HttpRequest, sight: Sight) -> list[tuple[str, Any]]:
    report = sight.report
    place = report.region.full_name if report.region and sight.is_whole else None
    facts = [
        ("Kode", report.code),
        ("Jenis", report.get_kind_display().capitalize()),
        ("Kategori", report.category.name),
        ("Letak", place or places.hamlet_of(report.region, Region.objects.top() if report.region else ())),
        ("Penanggung jawab", report.assigned_office),
        ("Diteruskan kepada", report.forwarded_to),
    ]
    if stage := report.next_stage:
        facts.append((f"{stage.label.capitalize()} paling lambat", full_date(stage.due_on)))
    if report.closes_on and not report.replied_at:
        facts.append(("Ditutup sendiri sesudah", full_date(report.closes_on)))
    if sight.is_whole:
        facts += [
            ("Sifat", report.get_disclosure_display().capitalize()),
            ("Masuk lewat", report.get_channel_display().capitalize()),
        ]
    if sight.is_handler and report.reporter_can_be_seen_by(request.user):
        facts += [("Pelapor", report.reporter_words), ("Nomor HP", report.told_phone)]
    return facts


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_reply(request: HttpRequest, code: str) -> HttpResponse:
    """A word of the reporter to those who handle the report."""
    report = own_report(request, code)
    form = ReplyForm(request.POST or None)
    return _written(request, report, form, report.reply, "Balasan Anda sudah kami terima.", "Tulis balasan")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """The matter is not settled after all."""
    report = own_report(request, code)
    form = ReopenForm(request.POST or None)
    done = "Laporan dibuka kembali. Tenggatnya dihitung dari hari ini."
    return _written(request, report, form, report.reopen, done, "Buka kembali laporan")


def _written(
    request: HttpRequest, report: Report, form: Any, verb: Callable[..., None], done: str, heading: str
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            verb(form.cleaned_data["text"], nonce=form.cleaned_data["nonce"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 403
        else:
            messages.success(request, done)
            return redirect(report)
    context = {"report": report, "form": form, "heading": heading}
    return render(request, "feedback/report_write.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_accept(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter is content; asked once more, for the report is closed by it."""
    report = own_report(request, code)
    if request.method == "POST":
        try:
            report.accept()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Terima kasih. Laporan Anda selesai.")
        return redirect(report)
    return render(request, "feedback/report_accept.html", {"report": report})


@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    """What I sent by my account, and where it stands."""
    reports = Report.objects.sent_by(request.user).select_related("category").newest_first()
    page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("halaman"))
    show_lateness(page.object_list)
    return render(request, "feedback/my_reports.html", {"page": page})
