from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.sheets import bodies, people
from partisipasi.residents.sheets.plan import Plan, Understood
from partisipasi.residents.sheets.table import rows_of, understood

if TYPE_CHECKING:
    from .user import User

WAITS_FOR = timedelta(days=1)
"""How long a sheet waits to be confirmed; then it is forgotten (`residents.due`)."""


class SheetRefused(ValidationError):
    """Nothing was taken over: rows of the sheet do not fit, or the address book has changed since."""


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    def outdated(self) -> Self:
        return self.filter(made_at__lt=clock.now() - WAITS_FOR)

    def read(self, upload: UploadedFile, kind: str, *, by: "User") -> "SheetImport":
        """What this file says, kept until it is confirmed; the file itself is not. Raises `files.Refused`."""
        room = _ROOMS[kind]
        table = understood(rows_of(upload), room.spellings(), needed=room.NEEDED)
        reader = room.Reader()
        rows: list[Understood] = []
        errors: list[str] = []
        for line in table.lines:
            try:
                rows.append(reader.understand(line))
            except ValidationError as error:
                errors.extend(f"Baris {line.number}: {text}" for text in error.messages)
        return self.create(kind=kind, columns=table.columns, rows=rows, errors=errors, made_by=by)


class SheetImport(VillageRow):
    """A spreadsheet as it was understood, waiting to be confirmed: no NIK and no birthday is in it any more."""

    class Kind(models.TextChoices):
        PEOPLE = "orang", "Orang"
        BODIES = "lembaga", "Lembaga"

    kind = models.CharField("isi", max_length=8, choices=Kind)
    columns = models.JSONField()
    rows = models.JSONField()
    errors = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="diunggah oleh"
    )
    made_at = models.DateTimeField("diunggah pada", default=clock.now)

    objects = ScopedManager(SheetImportQuerySet)

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Impor {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("admin:residents_person_import_detail", args=[self.pk])

    def plan(self) -> Plan:
        """What confirming would do now, with all that stands against it."""
        plan: Plan = _ROOMS[self.kind].Reading(self.rows).plan
        plan.errors = [*self.errors, *plan.errors]
        return plan

    @transaction.atomic
    def confirm(self, *, by: "User") -> Plan | None:
        """Take all of it into the address book, or nothing; the sheet is forgotten. None if that was done before.

        Raises SheetRefused.
        """
        # All waiting sheets are locked, so that two of them do not both find somebody missing and add him.
        waiting = {each.pk for each in SheetImport.objects.select_for_update().order_by("pk")}
        if self.pk not in waiting:
            return None
        reading = _ROOMS[self.kind].Reading(self.rows, lock=True)
        if self.errors or reading.plan.errors:
            raise SheetRefused([*self.errors, *reading.plan.errors])
        try:
            with transaction.atomic():
                reading.write()
        except IntegrityError as error:
            raise SheetRefused("Buku alamat berubah sementara ini. Periksa lagi pratinjaunya.") from error
        SheetImport.objects.filter(pk=self.pk).delete()
        if not reading.plan.changes_nothing:
            record("sheet.imported", None, {"by": by.pk, **self._counts(reading.plan)})
        return reading.plan

    def _counts(self, plan: Plan) -> dict[str, Any]:
        return {"of": self.kind, "new": len(plan.new), "changed": len(plan.changed)}

    def discard(self) -> None:
        """Forget the sheet; nothing of it was taken over."""
        SheetImport.objects.filter(pk=self.pk).delete()


_ROOMS: Any = {SheetImport.Kind.PEOPLE: people, SheetImport.Kind.BODIES: bodies}
