"""How a resident shows by himself that his account is his: with the code of a letter, or a listed NIK."""

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from partisipasi.db import current_village
from partisipasi.residents import nik
from partisipasi.residents.forms import LetterCodeForm, NikForm
from partisipasi.residents.models import KnownNik, Person, VerificationLetter

# A whole village may share one address, so the limit per address is wide and that per account narrow. The last
# limit of codes is the village's, of NIKs that of the NIK: many accounts behind many addresses guess little more.
LIMITS = {
    "letter_code": "8/h/user,20/d/user,60/h/ip,300/h/key",
    "nik": "5/h/user,10/d/user,60/h/ip,10/d/key",
}
TOO_MANY = "Terlalu banyak percobaan. Coba lagi satu jam lagi, atau datanglah ke kantor desa."


@require_safe
def account_verification(request: HttpRequest) -> HttpResponse:
    """The ways in which one is verified here."""
    return _page(request, code=LetterCodeForm(initial={"code": request.GET.get("kode", "")[:40]}))


@require_POST
@sensitive_post_parameters("code")
def verification_code(request: HttpRequest) -> HttpResponse:
    form = LetterCodeForm(request.POST)
    if _is_verified(request):
        return redirect("account_verification")
    if form.is_valid() and _may_try(request, "letter_code", form):
        try:
            person = VerificationLetter.objects.redeem(form.cleaned_data["code"], by=request.user)
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            return _welcome(request, person)
    return _page(request, code=form, status=422)


@require_POST
@sensitive_post_parameters("nik", "name")
def verification_nik(request: HttpRequest) -> HttpResponse:
    form = NikForm(request.POST)
    if _is_verified(request):
        return redirect("account_verification")
    if form.is_valid() and _may_try(request, "nik", form, _nik_key(form)):
        try:
            person = KnownNik.objects.verify(**_told(form), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _welcome(request, person)
    return _page(request, nik=form, status=422)


def _told(form: NikForm) -> dict[str, str]:
    return {"number": form.cleaned_data["nik"], "name": form.cleaned_data["name"]}


def _nik_key(form: NikForm) -> str:
    """Attempts are counted by the fingerprint, so that the counter knows no NIK."""
    return nik.fingerprint(form.cleaned_data["nik"], current_village().pk)


def _may_try(request: HttpRequest, action: str, form: Any, key: str = "") -> bool:
    """Count this attempt; where it is one too many, say so on the form."""
    allowed = ratelimit.consume(
        request, app="residents", action=action, config=LIMITS, key=f"{request.village.pk}:{key}"
    )
    if not allowed:
        form.add_error(None, TOO_MANY)
    return bool(allowed)


def _is_verified(request: HttpRequest) -> bool:
    return Person.objects.verified().filter(user=request.user).exists()


def _welcome(request: HttpRequest, person: Person) -> HttpResponse:
    messages.success(request, f"Terima kasih, {person.name}. Akun Anda sudah terverifikasi.")
    return redirect("account_detail")


def _page(
    request: HttpRequest,
    *,
    code: LetterCodeForm | None = None,
    nik: NikForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {
        "person": Person.objects.active().of(request.user),
        "code_form": code or LetterCodeForm(),
        "nik_form": (nik or NikForm()) if KnownNik.objects.unused().exists() else None,
    }
    return render(request, "residents/account_verification.html", told, status=status)
