"""What the village resolved: the public list of all gatherings' resolutions, on the page and as a table."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.forms import ResolutionFilterForm
from attendance.models import Resolution
from attendance.resolution_table import as_csv

PAGE_SIZE = 20


def _asked(request: HttpRequest) -> tuple[ResolutionFilterForm, Any]:
    """The form as this address fills it, and the resolutions that fit, newest first."""
    visible = Resolution.objects.visible_to(request.user)
    form = ResolutionFilterForm(request.GET, years=visible.years())
    return form, form.chosen(visible).with_all().newest_first()


@login_not_required
@require_safe
def resolution_list(request: HttpRequest) -> HttpResponse:
    """What was resolved, by which gathering, and how far those are who follow it up."""
    form, chosen = _asked(request)
    context = {
        "form": form,
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "is_filtered": bool(form.errors or form.asked),
    }
    return render(request, "attendance/resolution_list.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def resolution_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, whole and by the same filter, to count with."""
    form, chosen = _asked(request)
    response = HttpResponse(
        as_csv(chosen, request.village),
        content_type="text/csv; charset=utf-8",
        status=422 if form.errors else 200,
    )
    response["Content-Disposition"] = 'attachment; filename="putusan.csv"'
    return response
