"""What surrounds every view: the process's sign of life, the village of the request, pages cached for a second."""

import hashlib
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.middleware.csp import get_nonce
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_cache_control

from partisipasi.db import village_scope
from partisipasi.replica import reading_a_public_page
from partisipasi.village.models import Village
from partisipasi.village.surroundings import with_surroundings

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
    """The village of a plain host name; in the trial any other name shows the first village."""
    villages = with_surroundings(Village.objects.with_first_host())
    found = villages.filter(hosts__name=host).first()
    if found or not settings.TRIAL:
        return found
    return villages.order_by("pk").first()


def plain_host(request: HttpRequest) -> str:
    """The host that the request names, in small letters, without port and closing dot; empty if it is none."""
    try:
        return split_domain_port(request.get_host())[0]
    except DisallowedHost:
        return ""


class CompressionMiddleware(GZipMiddleware):
    """Sends pages and feeds compressed, where no proxy does. Files go as they are: they are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/atom+xml")):
            return response
        return super().process_response(request, response)


class VillageMiddleware:
    """Runs the request in the scope and time zone of the village whose host it names; 421 for unknown hosts.

    /healthz belongs to no village and must answer, whatever host a watchman asks: it skips all that comes after.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return resolve(request.path).func(request)
        host = plain_host(request)
        village = village_of_host(host) if host else None
        if village is None:
            return render(request, "421.html", status=421)
        request.village = village  # type: ignore[attr-defined]
        with village_scope(village), timezone.override(village.zone):
            return self.get_response(request)


class PageCacheMiddleware:
    """Keeps public pages of anonymous visitors whole for one second; there is no invalidation anywhere.

    The first to find a page stale renews it while the others get the old copy for up to five seconds more. Only a
    session or message cookie passes by. Kept is only what sets no cookie, holds no CSRF token and no nonce, and does
    not speak of caching itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = plain_host(request)
        if not host or not self.is_everybodys(request):
            return self.get_response(request)
        cache = caches["pages"]
        address = f"{request.method} {request.scheme} {host} {request.get_full_path()}"
        key = hashlib.sha256(address.encode()).hexdigest()
        kept = cache.get(key)
        if kept:
            fresh_until, response = kept
            if time.monotonic() < fresh_until or not cache.add(f"renew:{key}", 1, STALE_SECONDS):
                return response
        try:
            return self.renewed(request, key)
        finally:
            cache.delete(f"renew:{key}")

    def renewed(self, request: HttpRequest, key: str) -> HttpResponse:
        with reading_a_public_page():
            response = self.get_response(request)
        if self.may_keep(request, response):
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=FRESH_SECONDS, stale_while_revalidate=STALE_SECONDS
            )
            kept = (time.monotonic() + FRESH_SECONDS, response)
            caches["pages"].set(key, kept, FRESH_SECONDS + STALE_SECONDS)
        return response

    @staticmethod
    def is_everybodys(request: HttpRequest) -> bool:
        """May this request be answered with what another visitor got?"""
        personal = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
        speaking = {"HX-Request", "Authorization"} & request.headers.keys()
        return request.method in {"GET", "HEAD"} and not personal and not speaking

    @staticmethod
    def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")  # who speaks of caching knows better
            and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            and not get_nonce(request)
        )


DOORS = (
    ("Informasi", "/informasi/"),
    ("Kegiatan", "/kegiatan/"),
    ("Forum", "/forum/"),
    ("Aspirasi", "/aspirasi/"),
    ("Transparansi", "/transparansi/"),
)
_ROOMS_BEHIND = {
    "/kegiatan/": ("/pelatihan/", "/keputusan/", "/tindak-lanjut/"),
    "/transparansi/": ("/anggaran/", "/pembangunan/"),
}
"""Addresses that belong to a door without beginning with its own."""


def client_address(request: HttpRequest) -> str:
    """The network address of who asks: what the last of our own proxies saw, none of what a visitor can write himself.

    `settings.TRUSTED_PROXIES` says how many proxies stand before the portal; 0 believes no header.
    """
    seen = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = min(settings.TRUSTED_PROXIES, len(seen))
    return seen[-trusted] if trusted else request.META.get("REMOTE_ADDR", "")


@cache
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
    """What base.html needs on every page: the village, and the doors of the header as (label, address, current)."""
    return {
        "village": getattr(request, "village", None),
        "source_url": settings.SOURCE_URL,
        "navigation": [
            (label, path, request.path.startswith((path, *_ROOMS_BEHIND.get(path, ()))))
            for label, path in _open_doors()
        ],
    }


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that came without a valid token: most often an old page or blocked cookies."""
    return render(request, "403_csrf.html", status=403)
