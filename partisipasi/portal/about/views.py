"""What the portal is, what it does with data, who can use it, and what machines may read of it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from attendance.asked import asked_by_kinds
from partisipasi.residents import consents
from partisipasi.residents.models import Role

from . import sitemap
from .processing import rooms
from .ways import ways


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/about.html", {"ways": ways(), "roles": Role.labels})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is processed, from the registry itself, so that it stays true."""
    village = request.village.full_name
    asked = [consents.latest(purpose) for purpose in consents.MEANINGS]
    context = {
        "rooms": rooms(),
        "activity_kinds": asked_by_kinds(),
        "consents": [(consents.MEANINGS[text.purpose], text.version, text.to(village)) for text in asked],
    }
    return render(request, "portal/about/privacy.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/accessibility.html")


@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The village's sitemaps: one of its standing pages, and one for each kind of what it publishes."""
    origin = request.village.url("/").rstrip("/")
    parts = [origin + reverse("sitemap_part", args=[name]) for name in sitemap.parts()]
    return HttpResponse(sitemap.index(parts), content_type="application/xml; charset=utf-8")


@login_not_required
@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    if name not in sitemap.parts():
        raise Http404
    origin = request.village.url("/").rstrip("/")
    return HttpResponse(
        sitemap.part([(origin + path, on) for path, on in sitemap.pages(name)]),
        content_type="application/xml; charset=utf-8",
    )


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone: rooms for work, accounts and endless lists of answers."""
    closed = ["/admin/", "/akun/", "/cari/", "/catatan/rantai.jsonl"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {request.village.url(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
