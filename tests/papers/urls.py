"""The portal's addresses, and pages of every temper for what surrounds views."""

from itertools import count

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from partisipasi.db import current_village

drawn = count(1)


def _page(request: HttpRequest, words: str = "") -> HttpResponse:
    who = request.user.get_username() or "tamu"
    return HttpResponse(f"{current_village().name}, {who}, lukisan {next(drawn)}{words}")


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return _page(request)


@login_not_required
def with_form(request: HttpRequest) -> HttpResponse:
    return _page(request, f" {get_token(request)}")


@login_not_required
def with_nonce(request: HttpRequest) -> HttpResponse:
    return _page(request, f" {request._csp_nonce}")


@login_not_required
def with_message(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Tersimpan.")
    return _page(request)


@login_not_required
def telling_message(request: HttpRequest) -> HttpResponse:
    return _page(request, "".join(map(str, messages.get_messages(request))))


@csp_override({"default-src": [CSP.SELF], "img-src": [CSP.SELF, "data:"]})
@login_not_required
def with_policy(request: HttpRequest) -> HttpResponse:
    return _page(request)


@login_not_required
def failing(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("uji/umum/", public),
    path("uji/masuk/", _page),
    path("uji/formulir/", with_form),
    path("uji/nonce/", with_nonce),
    path("uji/pesan/", with_message),
    path("uji/baca-pesan/", telling_message),
    path("uji/jangan/", never_cache(public)),
    path("uji/kebijakan/", with_policy),
    path("uji/gagal/", failing),
    path("", include("partisipasi.urls")),
]
