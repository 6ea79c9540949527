from django.conf import settings
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.models import User
from partisipasi.village.models import LetterNumber

from .activity import Activity
from .refusals import Refusal

BOOK = "surat-keluar"
CLASSIFICATION = "005"
"""Invitations, in the classification of letters that villages use."""


class InvitationLetterQuerySet(models.QuerySet["InvitationLetter"]):
    @transaction.atomic
    def of(self, activity: Activity, by: User) -> "InvitationLetter":
        """The letter of this activity; its number is drawn from the agenda book the first time and kept."""
        locked = Activity.objects.lock(activity.pk)
        if letter := self.filter(activity=activity).first():
            return letter
        locked.require_open()
        if not locked.starts_at:
            raise Refusal("Tulis dahulu waktu kegiatan, sedikitnya satu sesi.")
        subject = f"Undangan {activity}"[:200]
        number = LetterNumber.objects.give(BOOK, subject, classification=CLASSIFICATION)
        return self.create(
            activity=activity, number=number.text, dated=number.given_on, given_at=clock.now(), given_by=by
        )


class InvitationLetter(VillageRow):
    """The *undangan* of an activity as it stands in the agenda book (domain: 1.9)."""

    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="invitation_letter", verbose_name="kegiatan"
    )
    number = models.CharField("nomor surat", max_length=120)
    dated = models.DateField("tanggal surat")
    given_at = models.DateTimeField("dinomori pada")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(InvitationLetterQuerySet)

    class Meta:
        verbose_name = "surat undangan"
        verbose_name_plural = "surat undangan"

    def __str__(self) -> str:
        return self.number
