"""Sheets that were printed, and the signed paper as it comes back: no page may be missing unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.files.models import StoredFile
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User
from partisipasi.village.words import full_moment

from .activity import Activity
from .papers import PaperKind
from .refusals import Refusal
from .session import Session


class PrintedSheetQuerySet(models.QuerySet["PrintedSheet"]):
    def note(self, session: Session, filling: str, pages: int, by: User) -> "PrintedSheet":
        """A sheet of this sort and length was handed out for printing; the same again only moves its time."""
        now = {"printed_at": clock.now(), "printed_by": by}
        sheet, _ = self.update_or_create(session=session, filling=filling, pages=pages, defaults=now)
        return sheet

    def newest_first(self) -> Self:
        return self.order_by("-printed_at", "-pk")


class PrintedSheet(VillageRow):
    """A Daftar Hadir as PDF, and how many pages it has: what comes back signed is checked against it."""

    FILLINGS = [("hadir", "Yang hadir"), ("undangan", "Nama undangan"), ("kosong", "Lembar kosong")]

    session = models.ForeignKey(Session, models.CASCADE, related_name="printed_sheets", verbose_name="sesi")
    filling = models.CharField("isi", max_length=8, choices=FILLINGS)
    pages = models.PositiveSmallIntegerField("halaman")
    printed_at = models.DateTimeField("dicetak pada", default=clock.now)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(PrintedSheetQuerySet)

    class Meta:
        verbose_name = "lembar tercetak"
        verbose_name_plural = "lembar tercetak"
        ordering = ["session", "-printed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "filling", "pages"], name="printed_sheet_once_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_filling_display()}, {self.pages} halaman"


@dataclass(frozen=True)
class Scanned:
    """One file of a scan, checked and counted."""

    upload: Any
    pages: int


class SignedScanQuerySet(models.QuerySet["SignedScan"]):
    def settled(self) -> Self:
        return self.filter(settled_at__isnull=False)

    def waiting(self) -> Self:
        """Those whose number of pages nobody has explained yet."""
        return self.filter(settled_at__isnull=True).order_by("uploaded_at", "pk")

    @transaction.atomic
    def bring(
        self, session: Session, files: Iterable[Scanned], *, pages_printed: int, nonce: UUID, by: User
    ) -> "SignedScan":
        """Keep a scan; with as many pages as were printed it is evidence at once, else it waits for a word.

        `pages_printed` is 0 where no print is known: then there is nothing to check. Twice with one nonce is once.
        Raises Refusal where the names on the list are gone.
        """
        activity = Activity.objects.lock(session.activity_id)
        if brought := self.filter(session=session, nonce=nonce).first():
            return brought
        activity.require_names()
        scan = self.create(session=session, nonce=nonce, pages_printed=pages_printed, uploaded_by=by)
        scan._add(files)
        if scan.is_whole:
            scan._file("", by)
        return scan


class SignedScan(VillageRow):
    """The signed list of a session, scanned or photographed. It becomes internal evidence once its pages agree.

    Where they do not, an official adds what is missing, says why it is right as it is, or throws it away.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="signed_scans", verbose_name="sesi")
    nonce = models.UUIDField(editable=False)
    pages = models.PositiveSmallIntegerField("halaman", default=0)
    pages_printed = models.PositiveSmallIntegerField("halaman yang dicetak", default=0)
    uploaded_at = models.DateTimeField("diunggah pada", default=clock.now, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField("diterima pada", null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    accepted_reason = models.CharField("alasan jumlah halaman berbeda", max_length=200, blank=True)

    objects = ScopedManager(SignedScanQuerySet)

    class Meta:
        verbose_name = "pindaian bertanda tangan"
        verbose_name_plural = "pindaian bertanda tangan"
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nonce"], name="one_scan_a_nonce"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True)
                | Q(pages_printed=0)
                | Q(pages=models.F("pages_printed"))
                | ~Q(accepted_reason=""),
                name="scan_of_other_length_has_a_reason",
                violation_error_message="Tulis mengapa jumlah halamannya berbeda.",
            ),
        ]

    def __str__(self) -> str:
        return f"Daftar hadir bertanda tangan, {self.pages} halaman"

    @property
    def place(self):
        return self.session.activity.region

    def get_absolute_url(self) -> str:
        return f"{reverse('attendance:scan_upload', args=[self.session.activity_id])}?sesi={self.session_id}"

    @property
    def uploaded_line(self) -> str:
        """One line for lists: which sitting it is of, and who brought it when."""
        zone = current_village().zone
        return f"{self.session.day_text} · diunggah {full_moment(self.uploaded_at, zone)} oleh {self.uploaded_by}"

    @property
    def is_whole(self) -> bool:
        return not self.pages_printed or self.pages == self.pages_printed

    @property
    def difference(self) -> str:
        """What is wrong with it, for who has to decide."""
        told = f"Yang dicetak {self.pages_printed} halaman, yang diunggah {self.pages}"
        missing = self.pages_printed - self.pages
        return f"{told}: kurang {missing}." if missing > 0 else f"{told}: lebih {-missing}."

    @transaction.atomic
    def add(self, files: Iterable[Scanned], by: User) -> None:
        """Bring the missing pages. Raises Refusal where it was settled before."""
        scan = self._open()
        scan._add(files)
        if scan.is_whole:
            scan._file("", by)
        self.refresh_from_db()

    @transaction.atomic
    def accept(self, reason: str, by: User) -> None:
        """Take it as it is, with the reason. Raises Refusal where it was settled before."""
        self._open()._file(reason, by)
        self.refresh_from_db()

    @transaction.atomic
    def discard(self) -> None:
        """Throw away what nobody has accepted. Raises Refusal where it is evidence already."""
        self._open().delete()

    def _open(self) -> "SignedScan":
        Activity.objects.lock(self.session.activity_id)
        scan = SignedScan.objects.waiting().filter(pk=self.pk).first()
        if not scan:
            raise Refusal("Pindaian itu sudah diterima atau dibuang.")
        return scan

    def _add(self, files: Iterable[Scanned]) -> None:
        from partisipasi.files.intake import store

        order = self.parts.count()
        for each in files:
            order += 1
            stored = store(each.upload, visibility=StoredFile.Visibility.INTERNAL)
            self.parts.create(order=order, file=stored, pages=each.pages)
        self.pages = self.parts.aggregate(models.Sum("pages"))["pages__sum"] or 0
        self.save(update_fields=["pages"])

    def _file(self, reason: str, by: User) -> None:
        """Put its files into the evidence bundle, which keeps them from now on."""
        activity, parts = self.session.activity, list(self.parts.select_related("file"))
        for part in parts:
            which = f" ({part.order} dari {len(parts)})" if len(parts) > 1 else ""
            activity.evidence.create(
                kind=PaperKind.ATTENDANCE,
                title=f"Daftar hadir bertanda tangan{which}",
                file=part.file,
                scan=self,
                added_by=by,
                added_at=clock.now(),
            )
        self.parts.all().delete()
        self.settled_at, self.settled_by, self.accepted_reason = clock.now(), by, reason
        self.save(update_fields=["settled_at", "settled_by", "accepted_reason"])
        sealed = {"files": " ".join(part.file.sha256 for part in parts)} | (
            {"reason": reason} if reason else {}
        )
        facts = {"activity": activity.pk, "session": self.session_id, "pages": self.pages}
        record("scan.filed", self, facts | {"pages_printed": self.pages_printed}, sealed=sealed)


class ScanPart(VillageRow):
    """One file of a scan that waits; once the scan is evidence, its evidence holds the file."""

    scan = models.ForeignKey(SignedScan, models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField("urutan")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField("halaman")

    objects = ScopedManager()

    class Meta:
        verbose_name = "bagian pindaian"
        verbose_name_plural = "bagian pindaian"
        ordering = ["scan", "order"]
        constraints = [models.UniqueConstraint(fields=["scan", "order"], name="scan_part_once_in_order")]

    def __str__(self) -> str:
        return f"{self.order}"


def scan_is_missing(session: Session) -> bool:
    """Does the kind ask for the signed list, and none has been brought for this session?"""
    activity = session.activity
    if PaperKind.ATTENDANCE not in activity.kind.papers or activity.names_forgotten_at:
        return False
    held = activity.evidence.filter(kind=PaperKind.ATTENDANCE, is_public=False)
    # What was added by hand says of no session which it is of.
    return not held.filter(Q(scan__session=session) | Q(scan__isnull=True)).exists()
