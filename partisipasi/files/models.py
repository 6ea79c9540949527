"""Stored files: one row per village, content and visibility."""

import secrets
from functools import cache
from typing import Any, Self

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow

from .names import safe_name


def _storage_key(stored: "StoredFile", name: str) -> str:
    """A key that nobody can guess from the content, since a bucket may be readable by mistake."""
    secret = secrets.token_urlsafe(24)
    return f"{stored.village_id}/{stored.visibility}/{secret[:2]}/{secret}.{name.rpartition('.')[2]}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def public(self) -> Self:
        return self.filter(visibility=StoredFile.Visibility.PUBLIC)

    def referenced(self) -> Self:
        """Files that at least one row points at."""
        return self.filter(self._pointed_at())

    def unreferenced(self) -> Self:
        return self.exclude(self._pointed_at())

    @staticmethod
    def _pointed_at() -> models.Q:
        used = models.Q(pk__in=[])
        for pointer in pointers():
            rows = pointer.model._base_manager.filter(**{pointer.attname: models.OuterRef("pk")})
            used |= models.Q(models.Exists(rows))
        return used


class StoredFile(VillageRow):
    """The bytes of one file of a village, recognised by content (`files.intake`). Rows that use it point at it.

    An internal file only ever leaves through a view that checks who asks.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "publik", "publik"
        INTERNAL = "internal", "internal"

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    media_type = models.CharField("jenis isi", max_length=100)
    extension = models.CharField(max_length=10)
    visibility = models.CharField("sifat", max_length=8, choices=Visibility)
    content = models.FileField(upload_to=_storage_key, max_length=200)
    preview = models.FileField("versi kecil", upload_to=_storage_key, max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Of public pictures: [{"form": "avif", "width": 800, "name": storage key}, …], smallest first.
    versions = models.JSONField("versi untuk halaman", default=list, blank=True, editable=False)
    stored_at = models.DateTimeField("disimpan pada", default=clock.now)

    objects = ScopedManager(StoredFileQuerySet)

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "visibility", "sha256"], name="file_stored_once_per_village"
            )
        ]
        indexes = [models.Index(fields=["village", "stored_at"])]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}{self.extension}"

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def kind_word(self) -> str:
        """The kind as people name it: PDF, DOCX, JPG."""
        return self.extension.removeprefix(".").upper()

    def public_url(self, filename: str = "") -> str:
        """The address of a public file; what it is called there is `filename` made harmless."""
        name = safe_name(filename or "berkas", self.extension)
        return reverse("file_detail", args=[self.sha256, name])

    @property
    def preview_url(self) -> str:
        """The address of the small version of a public picture, for covers and lists."""
        return reverse("file_preview", args=[self.sha256])

    @property
    def preview_width(self) -> int:
        from .pictures import PREVIEW_SIDE

        width, height = self.width or 0, self.height or 0
        return min(width, round(width * PREVIEW_SIDE / (max(width, height) or 1)))

    @property
    def srcset(self) -> str:
        """The small version and the whole of a public picture with their widths, for a browser to choose from."""
        return f"{self.preview_url} {self.preview_width}w, {self.public_url()} {self.width or 0}w"

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The newer formats of a public picture, best first, each with the addresses and widths to choose from."""
        sets: dict[str, list[str]] = {"avif": [], "webp": []}
        if self.versions and self.preview:
            sets["webp"].append(f"{self.preview_url} {self.preview_width}w")
        for version in self.versions:
            form, width = version["form"], version["width"]
            url = reverse("file_version", args=[self.sha256, width, form])
            sets[form].append(f"{url} {width}w")
        return [(f"image/{form}", ", ".join(urls)) for form, urls in sets.items() if urls]

    def keep_version(self, form: str, width: int, content: bytes) -> None:
        """Keep the bytes of a version; whoever calls this saves the row."""
        name = default_storage.save(_storage_key(self, f"versi.{form}"), ContentFile(content))
        self.versions.append({"form": form, "width": width, "name": name})

    def version(self, form: str, width: int) -> str | None:
        """The storage key of a version; None where there is none like that."""
        found = (each["name"] for each in self.versions if (each["form"], each["width"]) == (form, width))
        return next(found, None)

    def references(self) -> list[models.Model]:
        """The rows that point at this file, in whichever room they live."""
        found: list[models.Model] = []
        for pointer in pointers():
            found.extend(pointer.model._base_manager.filter(**{pointer.attname: self.pk}))
        return found

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the row; its bytes go once that is certain."""
        transaction.on_commit(self.delete_content)
        return super().delete(*args, **kwargs)

    def delete_content(self) -> None:
        for name in self.names:
            default_storage.delete(name)

    @property
    def names(self) -> list[str]:
        """The storage keys of all its bytes."""
        named = [self.content.name, self.preview.name, *(each["name"] for each in self.versions)]
        return [name for name in named if name]


@cache
def pointers() -> tuple[models.ForeignKey, ...]:
    """Every foreign key to StoredFile, those of many-to-many tables included."""
    relations: Any = StoredFile._meta.get_fields(include_hidden=True)
    return tuple(
        relation.field
        for relation in relations
        if relation.auto_created and not relation.concrete and not relation.many_to_many
    )
