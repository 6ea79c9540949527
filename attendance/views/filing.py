"""Signed papers come back as scans and are filed in the evidence bundle: risalah, notulen, berita acara, laporan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from attendance.forms import FilingForm
from attendance.forms.filing import FILED
from attendance.models import Activity, Evidence
from attendance.models.reporting import report_state
from attendance.views.doing import sent


@require_http_methods(["GET", "HEAD", "POST"])
def paper_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a signed paper of a gathering. It is internal evidence at once; the same file twice is filed once."""
    within = Activity.objects.within_reach(request.user, "attendance.add_evidence")
    standing = within.filter(cancelled_at__isnull=True, starts_at__isnull=False)
    activity = get_object_or_404(standing.select_related("kind", "region"), pk=pk)
    form = FilingForm(sent(request), request.FILES or None, initial={"kind": request.GET.get("dokumen")})
    if form.is_valid():
        told = form.cleaned_data
        filed = Evidence.objects.file_signed(activity, told["files"], kind=told["kind"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{filed[0].get_kind_display()} tersimpan sebagai bukti internal.")
        return redirect("attendance:paper_upload", pk=pk)
    context = {
        "activity": activity,
        "form": form,
        "report": report_state(activity),
        "filed": activity.evidence.in_bundle_for(request.user, activity)
        .filter(kind__in=FILED)
        .select_related("file"),
    }
    return render(request, "attendance/paper_upload.html", context, status=422 if form.is_bound else 200)
