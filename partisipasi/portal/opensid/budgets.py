"""Budgets out of `keuangan_manual_rinci`: per year what was planned and spent, by account and by *bidang*."""

import re
from collections import defaultdict
from functools import partial

from announcements.budget.lines import Reading
from announcements.budget.reading import read_budget
from announcements.models import Budget
from partisipasi.spreadsheet import Cell

from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE, TEMPLATE = "keuangan_manual_rinci", "keuangan_manual_rinci_tpl"
_CODED = re.compile(r"(?:00\.0000\.)?(?P<code>\d+(?:\.\d+)*)\.?\s*(?P<name>.*)")
"""`4.1.1. Hasil Usaha Desa`, `00.0000.01 BIDANG PENYELENGGARAAN PEMERINTAHAN DESA`."""
_DECIMAL = re.compile(r"-?\d+(\.\d{1,2})?")
_SPENDING = "5"
_HEADINGS: list[Cell] = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi"]


def take_budgets(site: Site) -> None:
    """Each year as one budget; its figures have to agree here as those of a spreadsheet do."""
    years: dict[int, list[Row]] = defaultdict(list)
    for row in site.rows(TABLE):
        years[number(row.get("Tahun"))].append(row)
    for year, rows in sorted(years.items()):
        told: Row = {"id": str(year)}
        site.take(
            TABLE,
            told,
            partial(_budget, site, year, rows),
            finish=lambda budget, _: budget.publish(by=site.by),
            change=partial(_correct, site, year, rows),
            beside=str(rows),
        )
    if site.dump.rows(TEMPLATE):
        site.report.of(TEMPLATE).rows = len(site.dump.rows(TEMPLATE))
        site.report.leave(TEMPLATE, "semua", "Templat OpenSID, bukan anggaran desa.")


def _correct(site: Site, year: int, rows: list[Row], former: Budget, row: Row) -> None:
    _budget(site, year, rows, row, reason="Diperbarui menurut situs lama.").publish(by=site.by)


def _budget(site: Site, year: int, rows: list[Row], row: Row, *, reason: str = "") -> Budget:
    reading = read_budget([_HEADINGS, *filter(None, map(_line, rows))], year=year)
    if not any(each.amount or each.realised for each in reading.details):
        raise LeftOut("Semua angkanya nol.")
    if reading.faults:
        raise LeftOut(" ".join(map(str, reading.faults[:3])))
    return Budget.objects.take_in(reading, stage=_stage(reading), by=site.by, reason=reason)


def _stage(reading: Reading) -> str:
    return Budget.Stage.YEAR if any(each.realised for each in reading.details) else Budget.Stage.ENACTED


def _line(row: Row) -> list[Cell] | None:
    """The code and its name, and both amounts; None for a line that has neither."""
    account, activity = line(row.get("Kd_Akun")), line(row.get("Kd_Keg"))
    written = activity if account.startswith(_SPENDING) else line(row.get("Kd_Rincian"))
    found = _CODED.fullmatch(written)
    if not found:
        return None
    return [
        found["code"],
        found["name"] or written,
        _amount(row, "Nilai_Anggaran"),
        _amount(row, "Nilai_Realisasi"),
    ]


def _amount(row: Row, column: str) -> str:
    """MySQL's `150000.00` with the comma that a spreadsheet has here; what is no number stays for the reader."""
    written = (row.get(column) or "0").strip()
    return written.replace(".", ",") if _DECIMAL.fullmatch(written) else written
