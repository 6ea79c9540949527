from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.urls import reverse

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.intake import IMAGES, store
from partisipasi.files.models import StoredFile

from .event import Audience

if TYPE_CHECKING:
    from .event import ReportEvent
    from .report import Report

MOST_PHOTOS = 5


class ReportPhotoQuerySet(models.QuerySet["ReportPhoto"]):
    def of_reporter(self) -> Self:
        """Photos that came with the report itself."""
        return self.filter(event__isnull=True)

    def for_everybody(self) -> Self:
        """Beside a released report: the photos that an official let stand, and those of lines that all may read."""
        shown = models.Q(is_released=True) | models.Q(event__audience=Audience.EVERYBODY)
        return self.filter(shown, report__released_at__isnull=False)

    def for_reporter(self) -> Self:
        return self.exclude(event__audience=Audience.OFFICIALS)

    def add(
        self,
        report: "Report",
        uploads: Sequence[Any],
        captions: Sequence[str] = (),
        *,
        event: "ReportEvent | None" = None,
    ) -> None:
        """Keep up to MOST_PHOTOS uploads, drawn anew, with the captions beside them. Raises Refused."""
        for order, upload in enumerate(uploads[:MOST_PHOTOS]):
            stored = store(upload, visibility=StoredFile.Visibility.INTERNAL, allow=IMAGES)
            caption = captions[order] if order < len(captions) else ""
            self.create(report=report, event=event, file=stored, caption=caption, order=order)


class ReportPhoto(VillageRow):
    """A photo that came with a report or with an official's word, without where it was taken. Never a public file."""

    report = models.ForeignKey(
        "feedback.Report", models.CASCADE, related_name="photos", verbose_name="laporan"
    )
    event = models.ForeignKey(
        "feedback.ReportEvent",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name="kejadian",
    )
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="berkas")
    caption = models.CharField("keterangan", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    is_released = models.BooleanField("ditampilkan untuk umum", default=False)

    objects = ScopedManager(ReportPhotoQuerySet)

    class Meta:
        verbose_name = "foto laporan"
        verbose_name_plural = "foto laporan"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "event", "order"],
                nulls_distinct=False,
                name="photos_of_a_report_stand_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(order__lt=MOST_PHOTOS),
                name="a_report_has_few_photos",
                violation_error_message=f"Paling banyak {MOST_PHOTOS} foto.",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"Foto {self.order + 1}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:report_photo", args=[self.report.code, self.pk])

    @property
    def small_url(self) -> str:
        return reverse("feedback:report_photo_small", args=[self.report.code, self.pk])
