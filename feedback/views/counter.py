"""The official's desk for reports: typing in what was told, and the receipt to take home."""

from typing import Any

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from attendance.address_book import people_for
from feedback import receipt as paper
from feedback.forms import CounterForm, PersonSearchForm
from feedback.models import Receipt, Report
from partisipasi.files.downloads import private_file
from partisipasi.residents.models import Person

from .sending import RECEIPT_SALT, render_receipt

MOST_FOUND = 20
TICKET_SECONDS = 60 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("feedback.add_report", raise_exception=True)
def report_counter(request: HttpRequest) -> HttpResponse:
    """Type in a report for somebody of the address book, for a name that was told, or for nobody."""
    person = _chosen_person(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CounterForm(*sent, by=request.user, person=person)
    if form.is_valid():
        return render_receipt(request, form.send(), for_counter=True)
    search = PersonSearchForm(request.GET or None)
    context: dict[str, Any] = {
        "form": form,
        "search": search,
        "person": person,
        "found": _found(request, search),
        "photos_again": bool(request.FILES),
    }
    return render(request, "feedback/report_counter.html", context, status=422 if form.is_bound else 200)


def _chosen_person(request: HttpRequest) -> Person | None:
    key = request.GET.get("orang", "")
    if not key:
        return None
    if not key.isdecimal():
        raise Http404
    return get_object_or_404(people_for(request.user), pk=key)


def _found(request: HttpRequest, search: PersonSearchForm) -> list[Person]:
    asked = search.cleaned_data["cari"] if search.is_bound and search.is_valid() else ""
    if not asked:
        return []
    people = people_for(request.user).named_like(asked).select_related("region")
    return list(people.order_by("name", "pk")[:MOST_FOUND])


@login_not_required
@sensitive_post_parameters()
@require_POST
def report_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt as PDF, for who has just been shown it: the ticket comes from that page and holds the PIN."""
    try:
        pk, pin = signing.loads(request.POST.get("tiket", ""), salt=RECEIPT_SALT, max_age=TICKET_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    report = get_object_or_404(Report.objects.select_related("category"), pk=pk)
    pdf = paper.as_pdf(Receipt(report, pin), request.village)
    return private_file(pdf, f"tanda-terima-{report.code}.pdf")
