"""A list that was kept in a spreadsheet, taken into the Daftar Hadir: seen first, then all of it or nothing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User
from partisipasi.residents.sheets.table import rows_of

from .activity import Activity
from .attendance import Attendance
from .refusals import CheckInNotOpen
from .session import Session

WAITS_FOR = timedelta(days=1)
"""How long a list waits to be confirmed; then it is forgotten (`attendance.due`)."""


class ListRefused(ValidationError):
    """Nothing was recorded: lines have errors, or it is not said yet whom they mean."""


class ListImportQuerySet(models.QuerySet["ListImport"]):
    def outdated(self) -> Self:
        return self.filter(made_at__lt=clock.now() - WAITS_FOR)

    def read(self, session: Session, upload: UploadedFile, *, by: User) -> "ListImport":
        """What this file says, kept until it is confirmed; the file itself is not. Raises `files.Refused`."""
        from attendance.kept_list import keep, usable

        kept = keep(rows_of(upload))
        known = usable(session.activity.kind.columns)
        meant = [meaning if meaning in known else "" for meaning in kept.meant]
        return self.create(session=session, headings=kept.headings, meant=meant, cells=kept.cells, made_by=by)


class ListImport(VillageRow):
    """A list as it was sent, waiting to be confirmed. No NIK and no birthday is in it.

    `meant` says for each column what it is taken for, `answers` for a row number whom it means.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="imports", verbose_name="sesi")
    headings = models.JSONField()
    meant = models.JSONField()
    cells = models.JSONField()
    answers = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="diunggah oleh"
    )
    made_at = models.DateTimeField("diunggah pada", default=clock.now)

    objects = ScopedManager(ListImportQuerySet)

    class Meta:
        verbose_name = "berkas daftar hadir"
        verbose_name_plural = "berkas daftar hadir"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Berkas untuk {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("attendance:list_import_detail", args=[self.session.activity_id, self.pk])

    def reading(self, by: User) -> "ListReading":
        """What confirming would do now."""
        return ListReading(self, by)

    def understand(self, meant: list[str], answers: Mapping[str, str]) -> None:
        """Take the columns for this, and the rows for these. Another meaning of columns asks anew."""
        self.answers = {**self.answers, **answers} if meant == self.meant else {}
        self.meant = meant
        self.save(update_fields=["meant", "answers"])

    @transaction.atomic
    def confirm(self, *, by: User) -> int | None:
        """Record all lines as present on paper, or none: how many were new. None if that was done before.

        Raises ListRefused, and what Session.check_in raises of the whole list.
        """
        # One lock for the activity keeps closing, desks and another sending of the same list apart.
        activity = Activity.objects.lock(self.session.activity_id)
        if not ListImport.objects.filter(pk=self.pk).exists():
            return None
        activity.require_open()
        if not self.session.has_come:
            raise CheckInNotOpen
        reading = self.reading(by)
        if not reading.is_ready:
            raise ListRefused("Masih ada baris yang salah atau belum dijawab.")
        now, new = clock.now(), reading.new
        rows = [
            Attendance(
                session=self.session,
                **reading.matching.facts(match),
                nonce=match.nonce,
                checked_in_at=now,
                checked_in_by=by,
                method=Attendance.Method.PAPER,
            )
            for match in new
        ]
        Attendance.objects.bulk_create(rows, batch_size=500)
        ListImport.objects.filter(pk=self.pk).delete()
        if new:
            record("attendance.imported", self.session, {"activity": activity.pk, "count": len(new)})
        return len(new)

    def discard(self) -> None:
        """Forget the list; nothing of it was recorded."""
        ListImport.objects.filter(pk=self.pk).delete()


class ListReading:
    """A sent list beside the village: which lines are new, there already, asked about, left out or wrong."""

    def __init__(self, sent: ListImport, by: Any) -> None:
        from attendance.address_book import people_for
        from attendance.kept_list import KeptList, ListReader
        from attendance.list_matching import Matching

        self.kept = KeptList(sent.headings, sent.meant, sent.cells)
        read = ListReader(self.kept, list(sent.session.activity.kind.unsur_offered))
        self.matching = Matching(sent.session, read.rows, people_for(by), sent.answers)
        self.skipped = read.skipped
        self.errors = sorted([*read.errors, *self.matching.errors])
        self.has_names = "nama" in sent.meant
        self.matches = self.matching.matches
        self.new = [match for match in self.matches if match.is_new]
        self.asked = [match for match in self.matches if match.is_asked]
        self.same = [match for match in self.matches if match.is_recorded]
        self.left_out = [match for match in self.matches if match.is_left_out]

    @property
    def is_ready(self) -> bool:
        return self.has_names and not self.errors and not self.asked
