"""Stored files: one row per village, content and visibility."""

from django.db import models

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow


def _path(stored: "StoredFile", name: str) -> str:
    return f"{stored.village_id}/{stored.visibility}/{stored.sha256[:2]}/{stored.sha256}{stored.extension}"


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
    content = models.FileField(upload_to=_path, max_length=200)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    stored_at = models.DateTimeField("disimpan pada", default=clock.now)

    objects = ScopedManager()

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "visibility", "sha256"], name="file_stored_once_per_village"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}{self.extension}"
