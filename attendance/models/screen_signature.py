from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from PIL import Image

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.models import StoredFile

LONGEST_SIDE = 600
LEAST_INK = 40
"""Pixels that a signature has at least: a dot is none."""


def require_ink(content: bytes) -> None:
    """Raises ValidationError for a PNG on which nobody has drawn."""
    with Image.open(BytesIO(content), formats=["PNG"]) as drawn:
        ink = drawn.convert("RGBA").getchannel("A").histogram()
    if sum(ink[128:]) < LEAST_INK:
        raise ValidationError("Tanda tangan masih kosong. Tanda tangani dahulu, atau lewati.")


class ScreenSignature(VillageRow):
    """A signature drawn on the desk's screen: an internal picture, printed on the internal sheet alone.

    It goes with its line: undone, erased and kept as long as that.
    """

    attendance = models.OneToOneField(
        "attendance.Attendance", models.CASCADE, related_name="signature", verbose_name="kehadiran"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="gambar")
    signed_at = models.DateTimeField("ditandatangani pada", default=clock.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        verbose_name = "tanda tangan di layar"
        verbose_name_plural = "tanda tangan di layar"
        ordering = ["signed_at", "pk"]

    def __str__(self) -> str:
        return str(self.attendance)
