from collections.abc import Sequence
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.intake import IMAGES, store
from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Body, Person

from .activity import Activity

MOST_PHOTOS = 5


class Act(models.TextChoices):
    """What a line of a follow-up's history tells."""

    PROGRESS = "perkembangan", "Perkembangan"
    DONE = "selesai", "Selesai"
    DELAYED = "ditunda", "Tenggat diundur"
    MISSED = "terlewat", "Terlambat"
    PASSED = "serah-terima", "Penanggung jawab berganti"
    REASSIGNED = "dialihkan", "Dialihkan"
    REOPENED = "dibuka-lagi", "Dibuka kembali"


class FollowUpEvent(VillageRow):
    """One line of a follow-up's history, for everybody to read."""

    follow_up = models.ForeignKey(
        "attendance.FollowUp", models.CASCADE, related_name="events", verbose_name="tindak lanjut"
    )
    act = models.CharField("kejadian", max_length=12, choices=Act)
    text = models.TextField("isi", max_length=4000, blank=True)
    at = models.DateTimeField("pada")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="oleh"
    )
    # Where somebody else answers for it from then on: who did before.
    former_person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="penanggung jawab sebelumnya (orang)",
    )
    former_body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="penanggung jawab sebelumnya (lembaga)",
    )
    nonce = models.UUIDField(default=uuid4, editable=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "kejadian tindak lanjut"
        verbose_name_plural = "kejadian tindak lanjut"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "nonce"], name="a_follow_up_is_told_once")
        ]

    def __str__(self) -> str:
        return self.get_act_display()

    @property
    def former(self) -> Person | Body | None:
        """Who answered for it until then, where that changed."""
        return self.former_person or self.former_body


class FollowUpPhotoQuerySet(models.QuerySet["FollowUpPhoto"]):
    def open_to(self, user: Any) -> Self:
        """Photos of follow-ups that this visitor may see."""
        seen = Activity.objects.visible_to(user).order_by()
        return self.filter(event__follow_up__resolution__activity__in=seen)

    def add(self, event: FollowUpEvent, uploads: Sequence[Any]) -> None:
        """Keep up to MOST_PHOTOS uploads, drawn anew, for everybody. Raises Refused."""
        for order, upload in enumerate(uploads[:MOST_PHOTOS]):
            stored = store(upload, visibility=StoredFile.Visibility.PUBLIC, allow=IMAGES)
            self.create(event=event, file=stored, order=order)


class FollowUpPhoto(VillageRow):
    """A photo that shows how far a follow-up is, without where it was taken."""

    event = models.ForeignKey(FollowUpEvent, models.CASCADE, related_name="photos", verbose_name="kejadian")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="berkas")
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ScopedManager(FollowUpPhotoQuerySet)

    class Meta:
        verbose_name = "foto tindak lanjut"
        verbose_name_plural = "foto tindak lanjut"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "order"], name="photos_of_progress_stand_in_order"),
            models.CheckConstraint(
                condition=models.Q(order__lt=MOST_PHOTOS),
                name="progress_has_few_photos",
                violation_error_message=f"Paling banyak {MOST_PHOTOS} foto.",
            ),
        ]

    def __str__(self) -> str:
        return f"Foto {self.order + 1}"
