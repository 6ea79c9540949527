"""The only way in for files: recognised by content, pictures drawn anew, each content kept once."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction

from partisipasi import clock

from .models import StoredFile
from .pictures import LONGEST_SIDE, redraw, versions
from .recognition import DOCUMENTS, EXTENSIONS, IMAGES, MAX_BYTES, Refused, recognise

__all__ = ["DOCUMENTS", "IMAGES", "Prepared", "Refused", "prepare", "store"]


@dataclass(frozen=True)
class Prepared:
    """An upload that was accepted, as it will be stored."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None
    preview: bytes = b""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def prepare(
    upload: UploadedFile, *, allow: Collection[str] = DOCUMENTS, longest_side: int = LONGEST_SIDE
) -> Prepared:
    """Check an upload and draw pictures anew. Raises Refused with a sentence for who sent it."""
    if (upload.size or 0) > MAX_BYTES:
        raise Refused(f"Berkas ini terlalu besar. Ukuran paling besar {MAX_BYTES // 1024**2} MB.")
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    kind = recognise(content, upload.name or "", allow)
    if kind not in IMAGES:
        return Prepared(content, kind)
    picture = redraw(content, kind, longest_side)
    return Prepared(picture.content, kind, picture.width, picture.height, picture.preview)


def store(
    upload: UploadedFile,
    *,
    visibility: str,
    allow: Collection[str] = DOCUMENTS,
    longest_side: int = LONGEST_SIDE,
) -> StoredFile:
    """The stored file of this upload in the village in scope; the same content again is the same row.

    `visibility` is one of StoredFile.Visibility. Raises Refused. A file that no row points at is deleted after a
    day (`files.due`), so the caller saves its row in the same transaction.
    """
    # A form field has done the work already; the same bytes are not decoded twice.
    prepared = getattr(upload, "prepared", None) or prepare(upload, allow=allow, longest_side=longest_side)
    same = StoredFile.objects.filter(sha256=prepared.sha256, visibility=visibility)
    return _kept(same) or _kept_anew(prepared, visibility, same)


def _kept(same: models.QuerySet[StoredFile]) -> StoredFile | None:
    # Touching the row keeps the clearing of unused files away from it until the caller's row points at it.
    return same.get() if same.update(stored_at=clock.now()) else None


def _kept_anew(prepared: Prepared, visibility: str, same: models.QuerySet[StoredFile]) -> StoredFile:
    stored = StoredFile(
        sha256=prepared.sha256,
        size=len(prepared.content),
        media_type=prepared.media_type,
        extension=EXTENSIONS[prepared.media_type],
        visibility=visibility,
        width=prepared.width,
        height=prepared.height,
    )
    stored.content.save(f"berkas{stored.extension}", ContentFile(prepared.content), save=False)
    if prepared.preview:
        stored.preview.save("kecil.webp", ContentFile(prepared.preview), save=False)
    if visibility == StoredFile.Visibility.PUBLIC and stored.is_image:
        for version in versions(prepared.content, stored.preview_width):
            stored.keep_version(version.form, version.width, version.content)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except IntegrityError:  # the same content came in at the same moment, and was first
        stored.delete_content()
        return same.get()
    except BaseException:
        stored.delete_content()
        raise
    return stored
