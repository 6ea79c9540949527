"""Addresses of the former site go on leading to what was taken over from there."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from partisipasi.portal.models import Origin

ARTICLES = "artikel"
"""The table in which OpenSID keeps articles, and how their addresses begin."""


@login_not_required
@require_safe
def former_article(request: HttpRequest, slug: str = "", key: str = "") -> HttpResponse:
    """An article by the address that it had there: by its day and name, or by its number alone."""
    asked = {"address": slug} if slug else {"key": key}
    origin = Origin.objects.filter(table=ARTICLES, **asked).order_by("pk").first()
    target = origin.target if origin else None
    if target is None or not target.is_published:
        raise Http404("Nothing was taken over from this address.")
    return HttpResponsePermanentRedirect(target.get_absolute_url())
