"""The only way out for files: never guessed at by a browser, never drawn as a page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .models import StoredFile, pointers
from .names import safe_name
from .recognition import IMAGES, PDF

Rows = Callable[[Any], models.QuerySet]

_shown_through: dict[tuple[str, str], Rows] = {}
PUBLIC_SECONDS = 600


def shown_through(model: type[models.Model], field: str, rows: Rows) -> None:
    """Let a public file open through `model.field` only by the rows that `rows(user)` returns.

    Called at start-up by a room whose rows are not public from the first moment (a draft's attachment). A pointer
    that no room speaks for opens its public files to everybody.
    """
    _shown_through[model._meta.label, field] = rows


def file_response(stored: StoredFile, filename: str, *, inline: bool = False) -> FileResponse:
    """The bytes of a stored file, to be saved as `filename`; pictures and PDFs may be shown `inline`.

    Whoever calls this has checked who asks.
    """
    return _response(
        partial(stored.content.open, "rb"),
        stored.media_type,
        safe_name(filename, stored.extension),
        inline=inline,
    )


def preview_response(stored: StoredFile) -> FileResponse:
    """The small version of a stored picture."""
    if not stored.preview:
        raise Http404
    return _response(partial(stored.preview.open, "rb"), "image/webp", "kecil.webp", inline=True)


def version_response(stored: StoredFile, form: str, width: int) -> FileResponse:
    """A stored picture in one of the sizes and formats of a page."""
    name = stored.version(form, width)
    if name is None:
        raise Http404
    return _response(partial(default_storage.open, name), f"image/{form}", f"{width}.{form}", inline=True)


def _response(opening: Callable[[], Any], media_type: str, name: str, *, inline: bool) -> FileResponse:
    shown = inline and media_type in IMAGES | {PDF}
    try:
        opened = opening()
    except FileNotFoundError:
        raise Http404("The row is there, its bytes are not.") from None
    response = FileResponse(opened, as_attachment=not shown, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
@login_not_required
def file_detail(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A public file of this village, while something that this visitor may see points at it."""
    return _public(request, sha256, lambda stored: file_response(stored, name, inline=True))


@require_safe
@login_not_required
def file_preview(request: HttpRequest, sha256: str) -> HttpResponseBase:
    return _public(request, sha256, preview_response)


@require_safe
@login_not_required
def file_version(request: HttpRequest, sha256: str, width: str, form: str) -> HttpResponseBase:
    return _public(request, sha256, lambda stored: version_response(stored, form, int(width)))


def _public(
    request: HttpRequest, sha256: str, respond: Callable[[StoredFile], FileResponse]
) -> HttpResponseBase:
    stored = StoredFile.objects.public().filter(sha256=sha256).first()
    if stored is None:
        raise Http404
    for_everybody = _opens(stored, AnonymousUser())
    if not for_everybody and not _opens(stored, request.user):
        raise Http404
    tag = f'"{sha256[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = respond(stored)
    response["ETag"] = tag
    if for_everybody:
        del response["Cache-Control"]
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS, s_maxage=1)
    return response


def _opens(stored: StoredFile, user: Any) -> bool:
    return any(
        _rows_of(pointer, user).filter(**{pointer.attname: stored.pk}).exists() for pointer in pointers()
    )


def _rows_of(pointer: models.ForeignKey, user: Any) -> models.QuerySet:
    rows = _shown_through.get((pointer.model._meta.label, pointer.name))
    return rows(user) if rows else pointer.model._base_manager.all()
