"""Who registered, for officials: the list, how one registers, and taking a registration back."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from attendance.forms import ReasonForm, RegisterForm, RegistrationForm
from attendance.models import Activity, Refusal, Registration
from attendance.registered_codes import registration_path
from attendance.registration_list import HEADINGS, as_csv, as_xlsx, lines_of
from attendance.views.doing import do, sent
from attendance.views.invitations import activity_within_reach
from partisipasi.files.downloads import private_file

PAGE_SIZE = 100


def registrations_url(activity: Activity) -> str:
    return reverse("attendance:registration_list", args=[activity.pk])


@require_safe
def registration_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a place, who waits, who gave up, and what the official does with it."""
    activity = activity_within_reach(request, pk)
    standing = activity.registrations.standing().in_order().select_related("person__region")
    page = Paginator(standing, PAGE_SIZE).get_page(request.GET.get("halaman"))
    waiting = list(standing.waiting().values_list("pk", flat=True))
    lines = {registration: place for place, registration in enumerate(waiting, start=1)}
    context = {
        "activity": activity,
        "page": page,
        "rows": [(each, lines.get(each.pk), registration_path(each)) for each in page],
        "withdrawn": activity.registrations.withdrawn().remembered().select_related("person", "withdrawn_by"),
        "is_to_come": activity.state in {"mendatang", "draf"},
    }
    return render(request, "attendance/registration_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_set(request: HttpRequest, pk: int) -> HttpResponse:
    """From when until when people register, and for how many places."""
    activity = activity_within_reach(request, pk)
    form = RegistrationForm(sent(request), activity=activity)
    if form.is_valid():
        try:
            activity.set_registration(**form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(registrations_url(activity))
    context = {"activity": activity, "form": form}
    return render(request, "attendance/registration_set.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Register somebody who asked at the counter, or by telephone."""
    activity = activity_within_reach(request, pk)
    form = RegisterForm(sent(request), activity=activity)
    if form.is_valid():
        try:
            Registration.objects.register(activity, how=Registration.How.OFFICE, by=request.user, **form.told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(registrations_url(activity))
    context = {"activity": activity, "form": form}
    return render(request, "attendance/registration_note.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_withdraw(request: HttpRequest, pk: int, registration_pk: int) -> HttpResponse:
    """Take somebody's registration back, with a reason that he reads."""
    standing = activity_within_reach(request, pk).registrations.standing()
    registration = get_object_or_404(standing.select_related("activity", "person"), pk=registration_pk)
    form = ReasonForm(
        sent(request), help_text="Yang bersangkutan membaca alasan ini. Misalnya: mendaftar dua kali."
    )
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        do(
            request,
            lambda: registration.withdraw(reason, request.user),
            f"Pendaftaran {registration} dicabut.",
        )
        return redirect(registrations_url(registration.activity))
    context = {"activity": registration.activity, "registration": registration, "form": form}
    return render(
        request, "attendance/registration_withdraw.html", context, status=422 if form.is_bound else 200
    )


@require_safe
def registration_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it lies on paper."""
    activity = activity_within_reach(request, pk)
    context = {"activity": activity, "headings": HEADINGS, "lines": list(lines_of(activity))}
    return render(request, "attendance/registration_print.html", context)


@require_safe
def registration_csv(request: HttpRequest, pk: int) -> HttpResponse:
    activity = activity_within_reach(request, pk)
    return _download(activity, as_csv(activity), ".csv")


@require_safe
def registration_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    activity = activity_within_reach(request, pk)
    return _download(activity, as_xlsx(activity), ".xlsx")


def _download(activity: Activity, content: bytes | str, extension: str) -> HttpResponse:
    return private_file(content, f"pendaftar-{slugify(activity.title)[:60] or activity.pk}{extension}")
