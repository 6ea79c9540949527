from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Person, Unsur, User
from partisipasi.village.words import clock_time

from .activity import Activity
from .attendee import NO_GUARDIAN, initials
from .invitation import Invitation
from .refusals import Refusal
from .registration import Registration
from .screen_signature import LONGEST_SIDE, ScreenSignature
from .session import Session


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def present(self) -> Self:
        return self.filter(undone_at__isnull=True)

    def undone(self) -> Self:
        return self.filter(undone_at__isnull=False)

    def in_order(self) -> Self:
        """The order of the sheet: as people arrived, which is the order in which they sign."""
        return self.order_by("checked_in_at", "pk")


class Attendance(VillageRow):
    """One line of a Daftar Hadir: this person was here, in an invited seat or as a walk-in.

    Name and the rest are written as they were on the day; a later change in the address book leaves them.
    """

    class Method(models.TextChoices):
        DESK = "meja", "meja presensi"
        PAPER = "kertas", "dari kertas"
        PHONE = "hp", "HP sendiri"
        HOUSEHOLD = "titip", "HP orang serumah"

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name="sesi")
    invitation = models.ForeignKey(
        Invitation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name="undangan",
    )
    is_stand_in = models.BooleanField("mewakili", default=False)
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name="pendaftaran",
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="orang"
    )
    name = models.CharField("nama", max_length=120)
    sex = models.CharField("L/P", max_length=1, choices=Person.Sex, blank=True)
    age_group = models.CharField("kelompok umur", max_length=5, choices=Person.AgeGroup, blank=True)
    guardian = models.CharField("wali", max_length=120, blank=True)
    unsur = models.ForeignKey(
        Unsur, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unsur"
    )
    region = models.ForeignKey(
        "village.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wilayah"
    )
    address = models.CharField("alamat", max_length=200, blank=True)
    phone = models.CharField("nomor HP", max_length=16, blank=True)
    institution = models.CharField("instansi", max_length=120, blank=True)

    method = models.CharField("cara", max_length=6, choices=Method, default=Method.DESK)
    nonce = models.UUIDField(editable=False)
    desk = models.UUIDField("meja", null=True, editable=False)
    device_at = models.DateTimeField("jam perangkat", null=True, editable=False)
    checked_in_at = models.DateTimeField("hadir pada", default=clock.now)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    number = models.PositiveIntegerField("nomor", null=True, blank=True, editable=False)
    undone_at = models.DateTimeField("dibatalkan pada", null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    undone_reason = models.CharField("alasan pembatalan", max_length=200, blank=True, editable=False)

    objects = ScopedManager(AttendanceQuerySet)

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        ordering = ["session", "checked_in_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nonce"], name="one_row_a_nonce"),
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(undone_at__isnull=True),
                name="person_present_once_a_session",
                violation_error_message="Orang ini sudah tercatat hadir.",
            ),
            models.UniqueConstraint(
                fields=["session", "invitation"],
                condition=Q(undone_at__isnull=True),
                name="seat_filled_once_a_session",
                violation_error_message="Kursi undangan ini sudah terisi.",
            ),
            models.UniqueConstraint(
                fields=["session", "registration"],
                condition=Q(undone_at__isnull=True),
                name="registered_present_once_a_session",
                violation_error_message="Pendaftar ini sudah tercatat hadir.",
            ),
            models.UniqueConstraint(
                fields=["session", "number"],
                condition=Q(number__isnull=False),
                name="sheet_number_once_a_session",
            ),
            models.CheckConstraint(
                condition=Q(is_stand_in=False) | Q(invitation__isnull=False),
                name="stand_in_stands_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(undone_at__isnull=True),
                name="undone_rows_have_no_number",
            ),
            models.CheckConstraint(
                condition=~Q(age_group=Person.AgeGroup.CHILD) | ~Q(guardian=""),
                name="a_minor_present_has_a_guardian",
                violation_error_message=NO_GUARDIAN,
            ),
        ]
        indexes = [models.Index(fields=["session"], condition=~Q(phone=""), name="attendance_with_phone")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self):
        return self.session.activity.region

    @property
    def is_minor(self) -> bool:
        return self.age_group == Person.AgeGroup.CHILD

    @property
    def public_name(self) -> str:
        """The name for everybody: of who is under 18 its first letters alone."""
        return initials(self.name) if self.is_minor else self.name

    @property
    def is_walk_in(self) -> bool:
        return self.invitation_id is None and self.registration_id is None

    @property
    def stands_for(self) -> Invitation | None:
        """The invitation whose seat this person fills for somebody else (*mewakili*)."""
        return self.invitation if self.is_stand_in else None

    @property
    def checked_in_clock(self) -> str:
        return clock_time(timezone.localtime(self.checked_in_at))

    @property
    def arrived_text(self) -> str:
        """When he came; of who signed on paper nobody knows it."""
        return "Hadir, dari kertas" if self.method == self.Method.PAPER else f"Hadir {self.checked_in_clock}"

    @transaction.atomic
    def sign(self, drawn, by: User) -> ScreenSignature:
        """Keep a signature drawn on the desk's screen; a later one takes its place.

        Raises CheckInClosed after the list is closed, Refusal where the line was undone, `intake.Refused` for what is
        no picture.
        """
        from partisipasi.files.intake import store
        from partisipasi.files.models import StoredFile
        from partisipasi.files.recognition import PNG

        Activity.objects.lock(self.session.activity_id).require_open()
        if not Attendance.objects.present().filter(pk=self.pk).exists():
            raise Refusal("Kehadiran ini sudah diurungkan, jadi tidak dapat ditandatangani.")
        stored = store(
            drawn, visibility=StoredFile.Visibility.INTERNAL, allow={PNG}, longest_side=LONGEST_SIDE
        )
        now = {"file": stored, "signed_at": clock.now(), "taken_by": by}
        signature, _ = ScreenSignature.objects.update_or_create(attendance=self, defaults=now)
        return signature

    @transaction.atomic
    def undo(self, reason: str, by: User) -> None:
        """This was a mistake: the row leaves the list, and stays with its reason. A new check-in may follow.

        A signature drawn on the screen is withdrawn with it.

        Raises CheckInClosed after the list is closed. Undoing twice changes nothing.
        """
        activity = Activity.objects.lock(self.session.activity_id)
        activity.require_open()
        undone = (
            Attendance.objects.present()
            .filter(pk=self.pk)
            .update(undone_at=clock.now(), undone_by=by, undone_reason=reason)
        )
        self.refresh_from_db(fields=["undone_at", "undone_by", "undone_reason"])
        if undone:
            ScreenSignature.objects.filter(attendance=self).delete()
            record("attendance.undone", self, {"activity": activity.pk}, sealed={"reason": reason})
