"""What the village tells of itself: its pages, and one of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from announcements import rich_text
from announcements.models import Page


@login_not_required
@require_safe
def page_list(request: HttpRequest) -> HttpResponse:
    """All pages by what they tell of."""
    return render(
        request, "announcements/page_list.html", {"pages": list(Page.objects.published().in_order())}
    )


@login_not_required
@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A page as everybody reads it; for who works on pages also a draft's preview and the archive."""
    page = get_object_or_404(Page.objects.visible_to(request.user), slug=slug)
    pictures = [picture.file for picture in page.pictures.select_related("file")]
    context = {
        "page": page,
        "body": rich_text.shown(page.body, pictures),
        "address": request.village.url(page.get_absolute_url()),  # type: ignore[attr-defined]
        "others": Page.objects.published().in_order().exclude(pk=page.pk),
    }
    response = render(request, "announcements/page_detail.html", context)
    if not page.is_published:
        add_never_cache_headers(response)
    return response
