"""How a resident shows by himself that his account is his: with the code of a letter."""

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from partisipasi.residents.forms import LetterCodeForm
from partisipasi.residents.models import Person, VerificationLetter

# A whole village may share one address, so the limit per address is wide and that per account narrow. The last one
# is of a village: whoever makes himself many accounts behind many addresses does not guess much more.
LIMITS = {"letter_code": "8/h/user,20/d/user,60/h/ip,300/h/key"}
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


def _page(request: HttpRequest, *, code: LetterCodeForm, status: int = 200) -> HttpResponse:
    told = {"person": Person.objects.active().of(request.user), "code_form": code}
    return render(request, "residents/account_verification.html", told, status=status)
