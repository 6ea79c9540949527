"""Where in the village is built: a map, and beside it the list that serves without one."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from announcements.models import Project
from announcements.project_forms import ProjectFilterForm

MOST_SHOWN = 150


def map_policy(tiles: str) -> dict[str, Any]:
    """The portal's Content Security Policy, and pictures from the tiles' host where there are any."""
    if not tiles:
        return settings.SECURE_CSP
    parts = urlsplit(tiles)
    return settings.SECURE_CSP | {
        "img-src": [*settings.SECURE_CSP["img-src"], f"{parts.scheme}://{parts.netloc}"]
    }


@login_not_required
@require_safe
def project_map(request: HttpRequest) -> HttpResponse:
    return csp_override(map_policy(settings.MAP_TILES))(_map)(request)


def _map(request: HttpRequest) -> HttpResponse:
    form = ProjectFilterForm(request.GET or None)
    chosen = form.chosen(Project.objects.published()).select_related("region").newest_first()
    shown = list(chosen[: MOST_SHOWN + 1])
    context = {
        "form": form,
        "projects": shown[:MOST_SHOWN],
        "has_points": any(project.latitude is not None for project in shown[:MOST_SHOWN]),
        "has_more": len(shown) > MOST_SHOWN,
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT if settings.MAP_TILES else "",
    }
    return render(request, "announcements/project_map.html", context, status=422 if form.errors else 200)
