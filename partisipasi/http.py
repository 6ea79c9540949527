"""What surrounds every view: the process's sign of life, the village of the request, pages cached for a second."""

import hashlib
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_cache_control

from partisipasi.db import village_scope
from partisipasi.replica import reading_a_public_page
from partisipasi.village.models import Host, Village

GetResponse = Callable[[HttpRequest], HttpResponse]

FRESH_SECONDS = 1
STALE_SECONDS = 5


class LiveMiddleware:
    """Answers /livez before everything else: the process lives, whatever the database does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return HttpResponse("ok\n", content_type="text/plain")
        return self.get_response(request)


def village_of_host(host: str) -> Village | None:
    """The village with this host name (without port); in the trial any other name shows the first village."""
    found = Host.objects.filter(name=host.lower()).select_related("village").first()
    if found:
        return found.village
    return Village.objects.order_by("pk").first() if settings.TRIAL else None


class VillageMiddleware:
    """Runs the request in the scope and time zone of the village whose host it names; 421 for unknown hosts."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        village = village_of_host(request.get_host().partition(":")[0])
        if village is None:
            if request.path == "/healthz":
                return self.get_response(request)
            return render(request, "421.html", status=421)
        request.village = village  # type: ignore[attr-defined]
        with village_scope(village), timezone.override(village.zone):
            return self.get_response(request)


class PageCacheMiddleware:
    """Keeps public pages of anonymous visitors whole for one second; there is no invalidation anywhere.

    The first to find a page stale renews it while the others get the old copy for up to five seconds more.
    Only answers that set no cookie and do not speak of caching themselves are kept, and only a session or message
    cookie passes by.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        personal = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
        if request.method not in {"GET", "HEAD"} or personal or "HX-Request" in request.headers:
            return self.get_response(request)
        cache = caches["pages"]
        address = f"{request.method} {request.get_host()}{request.get_full_path()}"
        key = hashlib.sha256(address.encode()).hexdigest()
        kept = cache.get(key)
        if kept:
            fresh_until, response = kept
            if time.monotonic() < fresh_until or not cache.add(f"renew:{key}", 1, STALE_SECONDS):
                return response
        with reading_a_public_page():
            response = self.get_response(request)
        if self.may_keep(response):
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=FRESH_SECONDS, stale_while_revalidate=STALE_SECONDS
            )
            cache.set(key, (time.monotonic() + FRESH_SECONDS, response), FRESH_SECONDS + STALE_SECONDS)
        cache.delete(f"renew:{key}")
        return response

    @staticmethod
    def may_keep(response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")  # who speaks of caching knows better
        )


DOORS = (
    ("Informasi", "/informasi/"),
    ("Kegiatan", "/kegiatan/"),
    ("Forum", "/forum/"),
    ("Aspirasi", "/aspirasi/"),
    ("Transparansi", "/transparansi/"),
)


@cache
def client_address(request: HttpRequest) -> str:
    """The network address of who asks: what the last of our own proxies saw, none of what a visitor can write himself.

    `settings.TRUSTED_PROXIES` says how many proxies stand before the portal; 0 believes no header.
    """
    seen = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = min(settings.TRUSTED_PROXIES, len(seen))
    return seen[-trusted] if trusted else request.META.get("REMOTE_ADDR", "")


def _open_doors() -> tuple[tuple[str, str], ...]:
    """The doors that this installation has: those whose address leads somewhere."""
    return tuple((label, path) for label, path in DOORS if _leads_somewhere(path))


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page: the village and the doors of the header, as (label, address, current)."""
    return {
        "village": getattr(request, "village", None),
        "navigation": [(label, path, request.path.startswith(path)) for label, path in _open_doors()],
    }


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that came without a valid token: most often an old page or blocked cookies."""
    return render(request, "403_csrf.html", status=403)
