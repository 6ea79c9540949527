from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from partisipasi.db import ScopedManager, VillageRow


class Role(models.TextChoices):
    """What an appointment lets one do; each room grants its permissions to these (`residents.permissions.grant`)."""

    OPERATOR = "operator", "Operator (isi portal)"
    MODERATOR = "moderator", "Moderator"
    COMPLAINTS = "petugas", "Petugas Pengaduan"
    PPID = "ppid", "PPID"
    PPID_SUPERIOR = "atasan-ppid", "Atasan PPID"
    SECRETARY = "sekretaris", "Sekretaris"
    TREASURER = "keuangan", "Kaur Keuangan"
    DRAFTING_TEAM = "penyusun", "Tim Penyusun"
    PROJECT_TEAM = "tpk", "Pelaksana Kegiatan/TPK"
    BPD_CHAIR = "ketua-bpd", "Ketua BPD"
    HAMLET_HEAD = "kadus", "Kepala Dusun"
    VILLAGE_HEAD = "kades", "Kepala Desa"
    SUPERVISOR = "pengawas", "Pengawas"
    ADMIN = "admin", "Admin Desa"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date) -> Self:
        return self.filter(
            models.Q(until_on__isnull=True) | models.Q(until_on__gte=on),
            from_on__lte=on,
            revoked_at__isnull=True,
        )


class Appointment(VillageRow):
    """A *penugasan*: this person holds this role, here, from then until then, by that decree.

    The village's officials are its appointments: they open admin, stand on the page of who answers for what, and sign.
    """

    person = models.ForeignKey(
        "residents.Person", models.PROTECT, related_name="appointments", verbose_name="orang"
    )
    role = models.CharField("penugasan", max_length=12, choices=Role)
    title = models.CharField(
        "jabatan",
        max_length=80,
        help_text="Seperti tercetak di bawah tanda tangan, misalnya Sekretaris Desa.",
    )
    region = models.ForeignKey(
        "village.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah tugas",
        help_text="Kosongkan bila seluruh desa. Kepala Dusun wajib mempunyai wilayah.",
    )
    from_on = models.DateField("sejak")
    until_on = models.DateField("sampai dengan", null=True, blank=True)
    decree_number = models.CharField("nomor SK", max_length=80, blank=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)
    revoked_reason = models.CharField("alasan pencabutan", max_length=200, blank=True, editable=False)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ditetapkan oleh",
    )

    objects = ScopedManager(AppointmentQuerySet)

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["role", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="appointment_ends_after_it_begins",
                violation_error_message="Tanggal akhir tidak boleh mendahului tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.HAMLET_HEAD) | models.Q(region__isnull=False),
                name="hamlet_head_has_a_hamlet",
                violation_error_message="Kepala Dusun harus mempunyai wilayah tugas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.person}"
