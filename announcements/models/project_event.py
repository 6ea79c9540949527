from collections.abc import Iterable
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.intake import IMAGES, store
from partisipasi.files.models import StoredFile

MOST_PHOTOS = 3
MILESTONES = {0: (0, 5), 50: (40, 60), 100: (100, 100)}
"""Of these percentages a photo is expected, and any report within the bounds may bring it."""


class Act(models.TextChoices):
    """What a line of a project's history tells."""

    PUBLISHED = "terbit", "Diumumkan"
    PROGRESS = "kemajuan", "Kemajuan"
    CHANGED = "perubahan", "Rencana diubah"
    MISSED = "terlewat", "Terlambat"
    PASSED = "serah-tugas", "Pelaksana berganti"
    STOPPED = "berhenti", "Dihentikan"
    RESUMED = "lanjut", "Dilanjutkan"
    HANDED_OVER = "serah-terima", "Diserahterimakan"
    TAKEN_BACK = "batal-serah", "Serah terima dibatalkan"


class ProjectEventQuerySet(models.QuerySet["ProjectEvent"]):
    def of_published(self) -> Self:
        return self.filter(project__published_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class ProjectEvent(VillageRow):
    """One line of a project's history, for everybody to read. A report of progress says how far it was on a day.

    `spent` is the money spent until then, in rupiah; `delay_reason` why it is late; `correction` why a number is
    lower than an earlier report's.
    """

    project = models.ForeignKey(
        "announcements.Project", models.CASCADE, related_name="events", verbose_name="pembangunan"
    )
    act = models.CharField("kejadian", max_length=12, choices=Act)
    on = models.DateField("tanggal")
    percent = models.PositiveSmallIntegerField(
        "persen selesai", null=True, validators=[MaxValueValidator(100)]
    )
    spent = models.DecimalField("uang terpakai", max_digits=16, decimal_places=2, null=True)
    text = models.TextField("isi", max_length=2000, blank=True)
    delay_reason = models.CharField("alasan terlambat", max_length=300, blank=True)
    correction = models.CharField("alasan perbaikan", max_length=300, blank=True)
    at = models.DateTimeField("pada")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="oleh"
    )
    nonce = models.UUIDField(default=uuid4, editable=False)

    objects = ScopedManager(ProjectEventQuerySet)

    class Meta:
        verbose_name = "kejadian pembangunan"
        verbose_name_plural = "kejadian pembangunan"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "nonce"], name="a_project_is_told_of_once"),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100),
                name="progress_is_at_most_all_of_it",
                violation_error_message="Tulis persentase antara 0 dan 100.",
            ),
        ]
        indexes = [models.Index(fields=["village", "-at", "-id"])]

    def __str__(self) -> str:
        word = self.get_act_display()
        return word if self.percent is None else f"{word} {self.percent}%"

    def shows(self, milestone: int) -> bool:
        """Would a photo of it be the one expected at `milestone`?"""
        least, most = MILESTONES[milestone]
        return self.percent is not None and least <= self.percent <= most


class ProjectPhotoQuerySet(models.QuerySet["ProjectPhoto"]):
    def visible_to(self, user: Any) -> Self:
        """Photos of projects that this visitor may see."""
        from .project import Project

        return self.filter(event__project__in=Project.objects.visible_to(user).order_by())

    def add(self, event: ProjectEvent, photos: Iterable[tuple[Any, str]]) -> None:
        """Keep up to MOST_PHOTOS uploads with what is seen on them, for everybody. Raises Refused."""
        for order, (upload, alt) in enumerate(list(photos)[:MOST_PHOTOS]):
            stored = store(upload, visibility=StoredFile.Visibility.PUBLIC, allow=IMAGES)
            self.create(event=event, file=stored, alt=alt, order=order)


class ProjectPhoto(VillageRow):
    """A photo of a project on the day of its report, without where it was taken."""

    event = models.ForeignKey(ProjectEvent, models.CASCADE, related_name="photos", verbose_name="kejadian")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="berkas")
    alt = models.CharField("yang tampak pada foto", max_length=200)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ScopedManager(ProjectPhotoQuerySet)

    class Meta:
        verbose_name = "foto pembangunan"
        verbose_name_plural = "foto pembangunan"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "order"], name="photos_of_a_project_stand_in_order"),
            models.CheckConstraint(
                condition=models.Q(order__lt=MOST_PHOTOS),
                name="a_report_of_progress_has_few_photos",
                violation_error_message=f"Paling banyak {MOST_PHOTOS} foto.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt
