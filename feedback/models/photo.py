from typing import Any, Self

from django.db import models
from django.urls import reverse

from partisipasi.db import ScopedManager, VillageRow

MOST_PHOTOS = 5


class ReportPhotoQuerySet(models.QuerySet["ReportPhoto"]):
    def for_everybody(self) -> Self:
        """Photos that an official let stand beside a report that everybody may read."""
        return self.filter(is_released=True, report__released_at__isnull=False)


class ReportPhoto(VillageRow):
    """A photo that came with a report, without where and by which phone it was taken. Never a public file."""

    report = models.ForeignKey(
        "feedback.Report", models.CASCADE, related_name="photos", verbose_name="laporan"
    )
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="berkas")
    order = models.PositiveSmallIntegerField("urutan", default=0)
    is_released = models.BooleanField("ditampilkan untuk umum", default=False)

    objects = ScopedManager(ReportPhotoQuerySet)

    class Meta:
        verbose_name = "foto laporan"
        verbose_name_plural = "foto laporan"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="photos_of_a_report_stand_in_order"),
            models.CheckConstraint(
                condition=models.Q(order__lt=MOST_PHOTOS),
                name="a_report_has_few_photos",
                violation_error_message=f"Paling banyak {MOST_PHOTOS} foto.",
            ),
        ]

    def __str__(self) -> str:
        return f"Foto {self.order + 1}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:report_photo", args=[self.report.code, self.pk])

    def small_url(self) -> str:
        return f"{self.get_absolute_url()}kecil/"

    def can_be_seen_by(self, user: Any) -> bool:
        """For visitors by account; who opened the report with its PIN sees what the reporter sees."""
        shown = self.is_released and self.report.released_at is not None
        return shown or self.report.is_read_whole_by(user)
