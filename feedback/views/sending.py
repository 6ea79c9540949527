"""Sending a report, by account or without one, and the receipt that is shown once."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feedback.forms import ReportForm
from feedback.models import Receipt, TooManyReports
from partisipasi.http import client_address
from partisipasi.village.words import full_date

RECEIPT_SALT = "feedback.receipt"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """The form; sent, it answers with the receipt, and with the same one if it comes again."""
    if request.method != "POST":
        form = ReportForm(user=request.user, initial=_initial(request))
        return render(request, "feedback/report_new.html", {"form": form})
    form = ReportForm(request.POST, request.FILES, user=request.user)
    status = 422
    if form.is_valid():
        try:
            receipt = form.send(address=client_address(request))
        except TooManyReports as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            return render_receipt(request, receipt)
    context = {"form": form, "photos_again": bool(request.FILES)}
    return render(request, "feedback/report_new.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What a link from another page has already said."""
    return {
        "kind": request.GET.get("jenis"),
        "title": request.GET.get("tentang", "")[:150],
        "project": request.GET.get("pembangunan"),
    }


def render_receipt(request: HttpRequest, receipt: Receipt, *, for_counter: bool = False) -> HttpResponse:
    """Code and PIN, large, and when what will happen. Not an address: the PIN stands in none."""
    report = receipt.report
    context = {
        "report": report,
        "pin": receipt.pin,
        "for_counter": for_counter,
        "ticket": signing.dumps([report.pk, receipt.pin], salt=RECEIPT_SALT),
        "facts": [
            (f"{stage.label.capitalize()} paling lambat", full_date(stage.due_on)) for stage in report.stages
        ],
    }
    return render(request, "feedback/report_receipt.html", context)
