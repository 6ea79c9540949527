"""What an official does with a report: each verb with its words, its form, and who may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from feedback.models import Refusal, Report

from .forms import (
    ActForm,
    AnswerForm,
    AssignForm,
    CloseForm,
    ForwardForm,
    MessageForm,
    ProgressForm,
    ReasonForm,
    ReleaseForm,
    VerifyForm,
)


@dataclass(frozen=True)
class Act:
    """One verb of a report with its words on admin's pages, and what it asks first."""

    address: str
    button: str
    explained: str
    done: str
    fits: Callable[[Report], bool]
    may: Callable[[Report, Any], bool]
    do: Callable[..., None]
    form: type[ActForm]


def _is_open(report: Report) -> bool:
    return not report.is_settled


ACTS = (
    Act(
        "verifikasi",
        "Verifikasi laporan",
        "Laporan ini jelas dan menjadi urusan desa. Pelapor dikabari.",
        "Laporan sudah diverifikasi.",
        lambda report: _is_open(report) and not report.verified_at,
        Report.can_be_verified_by,
        Report.verify,
        VerifyForm,
    ),
    Act(
        "disposisi",
        "Disposisikan laporan",
        "Tetapkan siapa yang menangani dan menjawab. Ia dikabari.",
        "Penanggung jawab sudah ditetapkan.",
        _is_open,
        Report.can_be_assigned_by,
        Report.assign,
        AssignForm,
    ),
    Act(
        "perkembangan",
        "Tulis perkembangan",
        "Kabarkan sampai di mana penanganannya.",
        "Perkembangan sudah dicatat.",
        _is_open,
        Report.can_be_answered_by,
        Report.note_progress,
        ProgressForm,
    ),
    Act(
        "jawab",
        "Jawab laporan",
        "Pelapor dikabari. Tanpa balasannya, laporan ditutup sendiri sesudah sepuluh hari kerja.",
        "Jawaban sudah disampaikan.",
        _is_open,
        Report.can_be_answered_by,
        Report.answer,
        AnswerForm,
    ),
    Act(
        "pesan",
        "Kirim pesan kepada pelapor",
        "Misalnya bertanya tempatnya. Umum tidak membacanya.",
        "Pesan sudah dikirim.",
        _is_open,
        Report.can_be_answered_by,
        Report.write_to_reporter,
        MessageForm,
    ),
    Act(
        "tutup",
        "Tutup laporan",
        "Penanganan selesai. Pelapor masih dapat membukanya kembali selama 30 hari.",
        "Laporan sudah ditutup.",
        lambda report: _is_open(report) and bool(report.answered_at),
        Report.can_be_settled_by,
        Report.close,
        CloseForm,
    ),
    Act(
        "tolak",
        "Tolak laporan",
        "Laporan tidak ditindaklanjuti. Pelapor membaca alasannya.",
        "Laporan sudah ditolak.",
        _is_open,
        Report.can_be_settled_by,
        Report.reject,
        ReasonForm,
    ),
    Act(
        "teruskan",
        "Teruskan ke luar desa",
        "Bukan wewenang desa: laporan disampaikan kepada yang berwenang.",
        "Laporan sudah diteruskan.",
        _is_open,
        Report.can_be_settled_by,
        Report.forward,
        ForwardForm,
    ),
    Act(
        "tampilkan",
        "Tampilkan untuk umum",
        "Semua orang membaca judul dan isi ini beserta penanganannya. Periksa dahulu: tanpa nama siapa pun.",
        "Laporan sudah ditampilkan untuk umum.",
        lambda report: not report.is_confidential and not report.is_held,
        Report.can_be_released_by,
        Report.release,
        ReleaseForm,
    ),
    Act(
        "sembunyikan",
        "Sembunyikan dari umum",
        "Laporan tidak lagi tampil untuk umum; penanganannya berjalan terus.",
        "Laporan tidak lagi ditampilkan.",
        lambda report: bool(report.released_at),
        Report.can_be_released_by,
        Report.unrelease,
        ReasonForm,
    ),
)


class ActsMixin:
    """Buttons and pages that call a report's verbs."""

    change_form_template = "admin/feedback/report/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.act)
        acting = path("<int:pk>/<slug:address>/", view, name="feedback_report_act")
        own = super().get_urls()
        # Before the catch-all, behind history, delete and change.
        return [*own[:-1], acting, own[-1]]

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        report = kwargs.get("obj")
        context["acts"] = [
            act for act in ACTS if report and act.fits(report) and act.may(report, request.user)
        ]
        return super().render_change_form(request, context, **kwargs)

    def act(self, request: HttpRequest, pk: int, address: str) -> HttpResponse:
        """Ask what the act needs to know, then do it."""
        report = get_object_or_404(self.get_queryset(request), pk=pk)
        act = next((act for act in ACTS if act.address == address), None)
        if act is None:
            raise Http404
        if not act.may(report, request.user):
            raise PermissionDenied
        back = reverse("admin:feedback_report_change", args=[report.pk])
        if not act.fits(report):
            messages.warning(request, f"Keadaan laporan sudah berubah: {report.state[1].lower()}.")
            return redirect(back)
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = act.form(*sent, report=report)
        if form.is_valid():
            try:
                act.do(report, by=request.user, **form.cleaned_data)
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, act.done)
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.button,
            "act": act,
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
            "report": report,
            "back": back,
            "media": self.media + form.media,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/feedback/report/act.html", context, status=status)
