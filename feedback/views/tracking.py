"""Opening a report with what stands on its receipt."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from feedback.forms import TrackForm
from feedback.models import Report, TooManyTries
from feedback.opened import open_here
from partisipasi.http import client_address

NOT_TOGETHER = "Kode dan PIN ini tidak cocok. Periksa lagi pada tanda terima."


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def report_track(request: HttpRequest) -> HttpResponse:
    """Code and PIN open the whole report in this browser for an hour."""
    form = TrackForm(request.POST or None, initial={"code": request.GET.get("kode", "")[:40]})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            told = form.cleaned_data
            report = Report.objects.opened_by(told["code"], told["pin"], address=client_address(request))
        except TooManyTries as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            if report:
                open_here(request, report)
                return redirect(report)
            form.add_error(None, NOT_TOGETHER)
    return render(request, "feedback/report_track.html", {"form": form}, status=status)
