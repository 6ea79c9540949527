import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from announcements.budget.lines import Fault, Reading
from announcements.budget.reading import read_sheets
from announcements.models import Budget
from partisipasi.db import village_scope
from partisipasi.files.recognition import Refused
from partisipasi.residents.sheets.table import sheets_of
from partisipasi.village.management.commands import villages_named


class Command(BaseCommand):
    """Read a budget from a spreadsheet, say as JSON what was understood, and publish it: all of it or nothing."""

    help = (
        "Membaca APB Desa dari spreadsheet (XLSX, ODS, CSV), memeriksanya sampai rupiah, lalu menerbitkannya."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS")
        parser.add_argument("--check", action="store_true", help="hanya periksa; tidak ada yang disimpan")
        parser.add_argument(
            "--village", metavar="DOMAIN", help="nama domain desa; bila tidak ditulis, desa pertama"
        )
        parser.add_argument("--year", type=int, metavar="TAHUN", help="bila tidak tertulis di atas tabelnya")
        parser.add_argument("--stage", choices=Budget.Stage.values, default=Budget.Stage.ENACTED)
        parser.add_argument(
            "--regulation", default="", metavar="PERATURAN", help="peraturan desa yang menetapkannya"
        )
        parser.add_argument(
            "--reason", default="", metavar="ALASAN", help="bila memperbaiki yang sudah terbit"
        )

    def handle(self, *args: Any, file: Path, check: bool, year: int | None, **options: Any) -> None:
        reading = _read(file, year=year)
        self.stdout.write(json.dumps(told(reading), indent=1, ensure_ascii=False))
        if reading.faults:
            raise CommandError(f"{len(reading.faults)} kesalahan; tidak ada yang disimpan.")
        if not check:
            self._keep(reading, **options)

    def _keep(self, reading: Reading, *, village: str | None, **options: Any) -> None:
        ours = villages_named(village).first()
        if not ours:
            raise CommandError("Belum ada desa. Buat dahulu dengan manage.py found_village.")
        said = {name: options[name] for name in ("stage", "regulation", "reason")}
        with village_scope(ours):
            try:
                Budget.objects.take_in(reading, **said).publish()
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal


def _read(file: Path, *, year: int | None) -> Reading:
    try:
        with file.open("rb") as content:
            return read_sheets(
                sheets_of(UploadedFile(content, file.name, size=file.stat().st_size)), year=year
            )
    except OSError as missing:
        raise CommandError(f"Berkas {file} tidak dapat dibuka.") from missing
    except Refused as refusal:
        return Reading(faults=[Fault(str(refusal))])


def told(reading: Reading) -> dict[str, Any]:
    return {
        "year": reading.year,
        "income": _plain(reading.income),
        "spending": _plain(reading.spending),
        "financing_in": _plain(reading.financing_in),
        "financing_out": _plain(reading.financing_out),
        "spending_by_bidang": {key: _plain(sum_) for key, sum_ in reading.by_first("5").items()},
        "income_by_group": {key: _plain(sum_) for key, sum_ in reading.by_first("4").items()},
        "detail_lines": len(reading.details),
        "left_out": reading.left_out,
        "errors": [{"line": fault.number, "message": fault.message} for fault in reading.faults],
    }


def _plain(amount: Decimal) -> str:
    """Without sen where there are none."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"
