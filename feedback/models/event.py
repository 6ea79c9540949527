import uuid

from django.conf import settings
from django.db import models

from partisipasi.db import ScopedManager, VillageRow


class Act(models.TextChoices):
    """What can happen to a report, in the words of its timeline."""

    RECEIVED = "received", "Laporan diterima"
    VERIFIED = "verified", "Laporan diverifikasi"
    ASSIGNED = "assigned", "Penanggung jawab ditetapkan"
    NOTED = "noted", "Catatan disposisi"
    PROGRESS = "progress", "Perkembangan"
    ANSWERED = "answered", "Laporan dijawab"
    MESSAGE = "message", "Pesan petugas"
    REPLY = "reply", "Balasan pelapor"
    ACCEPTED = "accepted", "Jawaban diterima pelapor"
    CLOSED = "closed", "Laporan ditutup"
    REJECTED = "rejected", "Laporan ditolak"
    FORWARDED = "forwarded", "Laporan diteruskan"
    REOPENED = "reopened", "Laporan dibuka kembali"
    MISSED = "missed", "Terlambat"
    RELEASED = "released", "Ditampilkan untuk umum"
    UNRELEASED = "unreleased", "Tidak lagi ditampilkan untuk umum"


class Audience(models.TextChoices):
    """Who reads a line of the timeline; each also shows it to those after it."""

    EVERYBODY = "umum", "umum"
    REPORTER = "pelapor", "pelapor dan petugas"
    OFFICIALS = "petugas", "petugas saja"


class EventQuerySet(models.QuerySet["ReportEvent"]):
    def for_everybody(self) -> "EventQuerySet":
        return self.filter(audience=Audience.EVERYBODY)

    def for_reporter(self) -> "EventQuerySet":
        return self.exclude(audience=Audience.OFFICIALS)

    def in_order(self) -> "EventQuerySet":
        return self.order_by("at", "pk")


class ReportEvent(VillageRow):
    """One line of a report's timeline: what happened, when, by which office, and for whom to read."""

    report = models.ForeignKey(
        "feedback.Report", models.CASCADE, related_name="events", verbose_name="laporan"
    )
    act = models.CharField("kejadian", max_length=12, choices=Act)
    at = models.DateTimeField("pada")
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="petugas",
    )
    office = models.CharField("jabatan", max_length=80, blank=True)
    text = models.TextField("isi", max_length=4000, blank=True)
    audience = models.CharField("dapat dibaca", max_length=8, choices=Audience)
    from_reporter = models.BooleanField("dari pelapor", default=False)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ScopedManager(EventQuerySet)

    class Meta:
        verbose_name = "riwayat laporan"
        verbose_name_plural = "riwayat laporan"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "nonce"], name="a_line_of_a_report_is_sent_once"),
            models.CheckConstraint(
                condition=models.Q(from_reporter=False) | models.Q(official__isnull=True, office=""),
                name="a_reporters_word_names_no_official",
            ),
        ]
        indexes = [models.Index(fields=["report", "at", "id"])]

    def __str__(self) -> str:
        return self.get_act_display()

    @property
    def title(self) -> str:
        return self.get_act_display()

    @property
    def by(self) -> str:
        return "Pelapor" if self.from_reporter else self.office
