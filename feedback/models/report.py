import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse

from feedback import tracking
from partisipasi.db import ScopedManager, current_village
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage
from partisipasi.residents.phones import PhoneField

from .event import Audience
from .receiving import Channel, Disclosure, Receiving
from .releasing import Releasing
from .report_queries import assigned_to, within
from .sending import try_pin

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class ReportTracking(Receiving):
    """Finding a report again by what the reporter holds in the hand."""

    def opened_by(self, typed_code: str, pin: str, *, address: str) -> "Report | None":
        """The report whose code and PIN these are, else None: alike and as fast for an unknown code and a wrong PIN.

        Raises TooManyTries where guessing has gone on too long.
        """
        village = current_village()
        code = tracking.normalise(typed_code, village.name)
        report = self.filter(code=code).first()
        kept = report.pin_hash if report else ""
        is_right = tracking.same(kept, tracking.pin_fingerprint(village.pk, code, "".join(pin.split())))
        try_pin(code, address, is_right)
        return report if is_right else None


class Report(Releasing):
    """An aspiration or a complaint of somebody, and what the village promised and did about it."""

    class Kind(models.TextChoices):
        ASPIRATION = "aspirasi", "aspirasi"
        COMPLAINT = "pengaduan", "pengaduan"

    code = models.CharField("kode lacak", max_length=20, editable=False)
    pin_hash = models.CharField(max_length=64, editable=False)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    category = models.ForeignKey(
        "feedback.Category", models.PROTECT, related_name="reports", verbose_name="kategori"
    )
    title = models.CharField("judul", max_length=150)
    body = models.TextField("isi", max_length=5000)
    region = models.ForeignKey(
        "village.Region", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="wilayah"
    )
    project = models.ForeignKey(
        "announcements.Project",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="tentang pembangunan",
    )
    disclosure = models.CharField("sifat", max_length=8, choices=Disclosure, default=Disclosure.OPEN)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="akun pelapor",
    )
    person = models.ForeignKey(
        "residents.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pelapor",
    )
    told_name = models.CharField("nama yang disebut pelapor", max_length=120, blank=True)
    told_phone = PhoneField("nomor HP yang disebut pelapor", blank=True)
    channel = models.CharField("masuk lewat", max_length=8, choices=Channel, default=Channel.WEB)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="diketik oleh",
    )
    typed_by_office = models.CharField("jabatan pengetik", max_length=80, blank=True, editable=False)
    held_at = models.DateTimeField("ditahan untuk diperiksa pada", null=True, editable=False)

    objects = ScopedManager(ReportTracking)

    class Meta:
        verbose_name = "laporan"
        verbose_name_plural = "laporan"
        ordering = ["-received_at", "-pk"]
        permissions = [
            ("view_confidential_report", "Dapat membaca laporan rahasia"),
            ("view_reporter_report", "Dapat melihat pelapor laporan rahasia"),
            ("verify_report", "Dapat memverifikasi laporan"),
            ("assign_report", "Dapat mendisposisikan laporan"),
            ("answer_report", "Dapat menjawab laporan"),
            ("answer_assigned_report", "Dapat menjawab laporan yang didisposisikan kepadanya"),
            ("settle_report", "Dapat menutup, menolak, dan meneruskan laporan"),
            ("release_report", "Dapat menampilkan laporan untuk umum"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["village", "code"], name="a_code_names_one_report"),
            models.UniqueConstraint(fields=["village", "nonce"], name="a_report_is_sent_once"),
            models.CheckConstraint(
                condition=models.Q(reporter__isnull=True) | models.Q(person__isnull=True),
                name="a_reporter_is_an_account_or_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(disclosure=Disclosure.ANONYMOUS)
                | models.Q(reporter__isnull=True, person__isnull=True, told_name="", told_phone=""),
                name="an_anonymous_report_names_nobody",
                violation_error_message="Laporan anonim tidak menyebut pelapornya.",
            ),
            models.CheckConstraint(
                condition=models.Q(channel=Channel.WEB, typed_by__isnull=True)
                | (~models.Q(channel=Channel.WEB) & models.Q(typed_by__isnull=False)),
                name="what_did_not_come_by_the_portal_was_typed_in",
                violation_error_message="Laporan yang tidak dikirim lewat portal diketik oleh petugas.",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True) | ~models.Q(disclosure=Disclosure.CONFIDENTIAL),
                name="what_was_told_in_confidence_is_not_released",
                violation_error_message="Laporan rahasia tidak ditampilkan untuk umum.",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True)
                | (~models.Q(public_title="") & ~models.Q(public_text="")),
                name="what_is_released_has_a_public_title_and_text",
                violation_error_message="Tulis judul dan isi yang boleh dibaca umum.",
            ),
            models.CheckConstraint(
                condition=models.Q(rejected_at__isnull=True, forwarded_at__isnull=True)
                | (~models.Q(reason="") & models.Q(closed_at__isnull=True)),
                name="rejecting_and_forwarding_need_a_reason",
                violation_error_message="Tuliskan alasannya; pelapor akan membacanya.",
            ),
            models.CheckConstraint(
                condition=models.Q(rejected_at__isnull=True) | models.Q(forwarded_at__isnull=True),
                name="a_report_is_settled_in_one_way",
                violation_error_message="Laporan ini sudah selesai ditangani.",
            ),
            models.CheckConstraint(
                condition=models.Q(forwarded_at__isnull=True) | ~models.Q(forwarded_to=""),
                name="a_forwarded_report_says_where_to",
                violation_error_message="Tulis kepada siapa laporan diteruskan.",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(answered_at__isnull=False),
                name="a_report_is_closed_after_an_answer",
                violation_error_message="Laporan ini belum dijawab.",
            ),
            models.CheckConstraint(
                condition=models.Q(verify_due_on__lte=models.F("follow_up_due_on"))
                | models.Q(verified_at__isnull=False)
                | models.Q(taken_up_at__isnull=False),
                name="promises_come_in_their_order",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-received_at"]),
            models.Index(fields=["village", "reporter", "-received_at"]),
            models.Index(
                fields=["project", "-received_at"],
                condition=models.Q(project__isnull=False),
                name="reports_about_projects",
            ),
            models.Index(
                fields=["village", "done_due_on"],
                condition=models.Q(
                    closed_at__isnull=True, rejected_at__isnull=True, forwarded_at__isnull=True
                ),
                name="reports_open",
            ),
            models.Index(
                fields=["village", "-received_at"],
                condition=models.Q(released_at__isnull=False),
                name="reports_released",
            ),
            GinIndex(fields=["search"], name="report_search"),
        ]

    def __str__(self) -> str:
        return self.public_title or self.code

    def get_absolute_url(self) -> str:
        return reverse("feedback:report_detail", args=[self.code])

    def told_as(self) -> str:
        """How notices name it: never by its content."""
        return f"Laporan {self.code}"

    @property
    def is_confidential(self) -> bool:
        return self.disclosure == Disclosure.CONFIDENTIAL

    @property
    def is_anonymous(self) -> bool:
        return self.disclosure == Disclosure.ANONYMOUS

    @property
    def shown_audience(self) -> str:
        """Who may read what officials say about it: everybody, once it is released; never if told in confidence."""
        return Audience.REPORTER if self.is_confidential else Audience.EVERYBODY

    @property
    def is_held(self) -> bool:
        """Does it wait for an official's look, because nobody vouches for its sender?"""
        return bool(self.held_at and not self.verified_at and not self.is_settled)

    @property
    def state(self) -> tuple[str, str]:
        """The kind of its pill and the word on it."""
        if self.closed_at:
            return "done", "Selesai"
        if self.rejected_at:
            return "danger", "Ditolak"
        if self.forwarded_at:
            return "neutral", "Diteruskan"
        if self.answered_at:
            return (
                ("notice", "Dibalas pelapor")
                if self.replied_at
                else ("decision", "Menunggu tanggapan pelapor")
            )
        if self.started_at:
            return "notice", "Sedang diproses"
        if self.reopened_at:
            return "warning", "Dibuka kembali"
        if self.assigned_at:
            return "notice", "Didisposisikan"
        return ("notice", "Terverifikasi") if self.verified_at else ("neutral", "Menunggu verifikasi")

    @property
    def reporter_words(self) -> str:
        """Who sent it, for those who may know."""
        if self.is_anonymous:
            return "Anonim"
        if self.person:
            return self.person.name
        if self.reporter:
            known = getattr(self, "account_name", None) or Person.objects.of(self.reporter)
            return str(known or self.reporter.username)
        return self.told_name or "Tanpa nama"

    @property
    def account(self) -> "User | None":
        """The account to which notices about it go."""
        return self.reporter or (self.person.user if self.person else None)

    # Who may

    def is_own_of(self, user: Any) -> bool:
        return bool(user.is_authenticated and self.account == user)

    def is_handled_by(self, user: Any) -> bool:
        """Does this official see all of it?"""
        return user.is_authenticated and Report.objects.handled_by(user).filter(pk=self.pk).exists()

    def is_read_whole_by(self, user: Any) -> bool:
        return self.is_own_of(user) or self.is_handled_by(user)

    def reporter_can_be_seen_by(self, user: Any) -> bool:
        """Who told something in confidence is known to the complaints officer and to whom it was assigned."""
        if not self.is_confidential:
            return self.is_handled_by(user)
        return coverage(user, "feedback.view_reporter_report").everywhere or self._is_assigned_to(user)

    def can_be_verified_by(self, user: Any) -> bool:
        return self._is_within(user, "feedback.verify_report")

    def can_be_assigned_by(self, user: Any) -> bool:
        return self._is_within(user, "feedback.assign_report")

    def can_be_answered_by(self, user: Any) -> bool:
        return self._is_assigned_to(user) or self._is_within(user, "feedback.answer_report")

    def can_be_settled_by(self, user: Any) -> bool:
        return self._is_within(user, "feedback.settle_report")

    def can_be_released_by(self, user: Any) -> bool:
        return not self.is_confidential and self._is_within(user, "feedback.release_report")

    def _is_assigned_to(self, user: Any) -> bool:
        return Report.objects.filter(assigned_to(user), pk=self.pk).exists()

    def _is_within(self, user: Any, perm: str) -> bool:
        return Report.objects.filter(within(user, perm), pk=self.pk).exists()
