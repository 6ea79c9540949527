"""The account's own page; the rest of accounts is allauth's, at our addresses (`urls`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from partisipasi import clock
from partisipasi.residents import consents
from partisipasi.residents.forms import PhoneForm, ProfileForm
from partisipasi.residents.models import Appointment, Consent, Person

View = Callable[..., HttpResponse]


def answering_422(view: View) -> View:
    """A refused form of allauth's answers 422, as ours do."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if (
            request.method == "POST"
            and isinstance(response, TemplateResponse)
            and response.status_code == 200
        ):
            form = (response.context_data or {}).get("form")
            if form is not None and form.errors:
                response.status_code = 422
        return response

    return answer


@require_safe
def account_detail(request: HttpRequest) -> HttpResponse:
    person = Person.objects.active().select_related("region__parent__parent", "unsur").of(request.user)
    held = Appointment.objects.current(clock.today()).of(person).select_related("region") if person else []
    return render(
        request,
        "residents/account_detail.html",
        {
            "person": person,
            "appointments": held,
            "email": EmailAddress.objects.filter(user=request.user).order_by("-verified", "-primary").first(),
            "second_factor": is_mfa_enabled(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def account_phone(request: HttpRequest) -> HttpResponse:
    form = PhoneForm(request.POST or None, initial={"phone": request.user.phone})
    if request.method != "POST":
        return render(request, "residents/account_phone.html", {"form": form})
    if not form.is_valid():
        return render(request, "residents/account_phone.html", {"form": form}, status=422)
    request.user.change_phone(form.cleaned_data["phone"])
    if form.cleaned_data["phone"]:
        Consent.objects.give(request.user, consents.CONTACT)
    messages.success(request, "Nomor HP Anda sudah disimpan.")
    return redirect("account_detail")


@require_http_methods(["GET", "HEAD", "POST"])
def account_profile(request: HttpRequest) -> HttpResponse:
    """What one may change oneself; a guest is not in the address book and has nothing to change."""
    person = Person.objects.active().of(request.user)
    if person is None:
        raise Http404
    form = ProfileForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        person.correct(**form.cleaned_data)
        messages.success(request, "Data Anda sudah disimpan.")
        return redirect("account_detail")
    return render(
        request, "residents/account_profile.html", {"form": form}, status=422 if form.errors else 200
    )
