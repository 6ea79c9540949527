"""A new password with a code from an official who knows the person."""

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partisipasi.residents.forms import PasswordCodeForm
from partisipasi.residents.models import PasswordCode

# A whole village may share one address, so the limit per address is wide and that per name narrow; names that are
# nobody's count as well.
LIMITS = {"password_code": "60/h/ip,12/h/key"}
TOO_MANY = "Terlalu banyak percobaan. Coba lagi satu jam lagi, atau datanglah ke kantor desa."


@login_not_required
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password_by_code(request: HttpRequest) -> HttpResponse:
    """Name, code and new password in one form; the answer is the same for whatever does not fit."""
    form = PasswordCodeForm(request.POST or None)
    if form.is_valid() and _may_try(request, form):
        told = form.cleaned_data
        try:
            user = PasswordCode.objects.redeem(told["login"], told["code"], told["password1"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            get_adapter().send_notification_mail("account/email/password_by_code", user)
            messages.success(request, "Kata sandi Anda sudah diganti. Silakan masuk.")
            return redirect("account_login")
    return render(
        request, "residents/password_by_code.html", {"form": form}, status=422 if form.errors else 200
    )


def _may_try(request: HttpRequest, form: PasswordCodeForm) -> bool:
    """Count this attempt; where it is one too many, say so on the form."""
    key = f"{request.village.pk}:{form.cleaned_data['login'].strip().lower()}"
    allowed = ratelimit.consume(request, app="residents", action="password_code", config=LIMITS, key=key)
    if not allowed:
        form.add_error(None, TOO_MANY)
    return bool(allowed)
