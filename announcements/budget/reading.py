"""A village's budget as it stands in a spreadsheet: line by line, and what is wrong with it.

Villages publish it with codes in one column or one for each part, with totals between the lines, and with or
without the lines of *bidang*. Nothing is taken on trust: each stated total must be the sum of what stands under it.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal

from partisipasi.spreadsheet import Cell, Table
from partisipasi.village.amounts import NoAmount, amount_of
from partisipasi.village.words import rupiah

from .codes import (
    ACCOUNT_DEPTH,
    ACTIVITY_DEPTH,
    SECTIONS,
    SPENDING,
    Code,
    Codes,
    codes_of,
)
from .columns import Columns, NoTable, columns_of
from .lines import Fault, Line, Reading


def read_sheets(tables: list[Table], *, year: int | None = None) -> Reading:
    """The budget of the first sheet with such a table; at least one sheet."""
    for table in tables:
        with suppress(NoTable):
            columns_of(table)
            return read_budget(table, year=year)
    return read_budget(tables[0], year=year)


def read_budget(table: Table, *, year: int | None = None) -> Reading:
    """Understand the first budget of this sheet; `year` where the sheet does not say it."""
    try:
        columns = columns_of(table)
    except NoTable:
        fault = Fault("Tidak ada baris judul dengan kolom kode, uraian, dan anggaran.")
        return Reading(year=year, faults=[fault])
    reading = Reading(year=year or year_of(table[: columns.first]))
    if not reading.year:
        reading.faults.append(Fault("Tahun anggarannya tidak tertulis di atas tabel."))
    _Reader(table, columns, reading).read()
    return reading


def year_of(rows: Iterable[list[Cell]]) -> int | None:
    """The year of the budget in the titles above its table; that of a decree only where no other is named."""
    text = " ".join(str(cell) for row in rows for cell in row if isinstance(cell, str)).upper()
    for pattern in (r"TAHUN ANGGARAN\D{0,3}(20\d\d)", r"\bTA\.?\s*(20\d\d)", r"\bTAHUN\D{0,3}(20\d\d)"):
        if found := re.search(pattern, text):
            return int(found[1])
    return None


_TOTALS: tuple[tuple[str, Callable[[Reading], Decimal]], ...] = (
    (r"(jumlah|total) pendapatan", lambda found: found.income),
    (r"(jumlah|total) belanja", lambda found: found.spending),
    (r"surplus", lambda found: found.income - found.spending),
    (r"(jumlah|total) penerimaan( pembiayaan)?", lambda found: found.financing_in),
    (r"(jumlah|total) pengeluaran( pembiayaan)?", lambda found: found.financing_out),
    (r"(selisih )?pembiayaan (netto|neto|bersih)", lambda found: found.financing_in - found.financing_out),
    (r"(sisa lebih.*|silpa( tahun)?) (tahun )?(berjalan|berkenaan)", lambda found: found.remainder),
)


class _Reader:
    def __init__(self, table: Table, columns: Columns, reading: Reading) -> None:
        self.table, self.columns, self.reading = table, columns, reading
        self.section = ""
        self.activity: Code = ()
        self.lines: list[Line] = []
        self.stated: list[tuple[int, str, Decimal, Callable[[Reading], Decimal]]] = []

    def read(self) -> None:
        for number, row in enumerate(self.table[self.columns.first :], start=self.columns.first + 1):
            self._row(number, row)
        self._sort_out()
        self._compare()

    # One row

    def _row(self, number: int, row: list[Cell]) -> None:
        name = self._text(row, self.columns.name)
        if not name or name.isdecimal():
            # Empty, or the row that numbers the columns.
            return
        codes = self._codes(number, row, name)
        amount = self._amount(number, row, self.columns.amount)
        if codes is None:
            self._uncoded(number, name, amount)
            return
        self._place(codes)
        if not self.section:
            self._fault(number, f"“{name}” tidak berada di bawah Pendapatan, Belanja, atau Pembiayaan.")
            return
        is_spent = self.section == SPENDING
        activity = codes.activity or (self.activity if is_spent and codes.account[1:] else ())
        if is_spent and codes.account[1:] and not activity:
            self._fault(number, f"“{name}” tidak berada di bawah kegiatan atau bidang.")
            return
        self.lines.append(
            Line(
                number,
                self.section,
                codes.account,
                activity,
                name,
                amount,
                self._amount(number, row, self.columns.realised),
                self._text(row, self.columns.fund),
                self._text(row, self.columns.volume),
                self._text(row, self.columns.unit),
            )
        )

    def _codes(self, number: int, row: list[Cell], name: str) -> Codes | None:
        cells = [self._text(row, place) for place in self.columns.codes]
        try:
            return codes_of(
                cells,
                is_spending=self.section == SPENDING,
                name=name,
                field=self.activity[0] if self.activity else "",
            )
        except ValueError:
            self._fault(number, f"Kode “{' '.join(filter(None, cells))}” tidak dikenal.")
            return None

    def _place(self, codes: Codes) -> None:
        if codes.account and codes.account[0] in SECTIONS:
            self.section = codes.account[0]
        elif codes.activity:
            self.section = SPENDING
        if codes.activity:
            self.activity = codes.activity
        elif codes.account == (SPENDING,):
            self.activity = ()

    def _uncoded(self, number: int, name: str, amount: Decimal | None) -> None:
        if amount is None:
            return
        words = " ".join(re.sub(r"[^a-z ]", " ", name.lower()).split())
        reckon = next((reckon for pattern, reckon in _TOTALS if re.match(pattern, words)), None)
        if reckon:
            self.stated.append((number, name, amount, reckon))
        else:
            self.reading.left_out.append(number)

    def _text(self, row: list[Cell], place: int | None) -> str:
        if place is None or place >= len(row):
            return ""
        cell = row[place]
        return cell if isinstance(cell, str) else f"{cell:g}" if isinstance(cell, float) else str(cell)

    def _amount(self, number: int, row: list[Cell], place: int | None) -> Decimal | None:
        if place is None or place >= len(row):
            return None
        try:
            return amount_of(row[place])
        except NoAmount:
            self._fault(number, f"“{row[place]}” bukan jumlah rupiah.")
            return None

    def _fault(self, number: int, message: str) -> None:
        self.reading.faults.append(Fault(message, number))

    # All of them

    def _sort_out(self) -> None:
        """Who has lines under it is a group; others are what the money is for."""
        above = {line.path[:depth] for line in self.lines for depth in range(1, len(line.path))}
        for line in self.lines:
            if line.path in above or len(line.path) == 1:
                self.reading.groups.append(line)
            elif line.amount is None and _is_heading(line):
                continue
            elif line.amount is None:
                self._fault(line.number, f"Jumlah “{line.name}” kosong; tulis 0 bila memang tidak ada.")
            else:
                self.reading.details.append(line)
        if not self.reading.details and not self.reading.faults:
            self.reading.faults.append(Fault("Tabel ini tidak memuat satu rincian pun."))

    def _compare(self) -> None:
        for line in self.reading.groups:
            # A section may head itself with a code and no amount; its total comes at its end.
            if line.amount is not None:
                self._must_be(line.number, line.name, line.amount, self.reading.total(*line.path))
        for number, name, amount, reckon in self.stated:
            self._must_be(number, name, amount, reckon(self.reading))
        if not self.reading.faults and self.reading.remainder < 0:
            short = rupiah(-self.reading.remainder, sen=True)
            self.reading.faults.append(Fault(f"Pendapatan dan pembiayaan kurang {short} dari belanja."))

    def _must_be(self, number: int, name: str, stated: Decimal, reckoned: Decimal) -> None:
        if stated != reckoned:
            self._fault(
                number,
                f"“{name}” tertulis {rupiah(stated, sen=True)}, sedangkan rinciannya berjumlah"
                f" {rupiah(reckoned, sen=True)} (selisih {rupiah(abs(stated - reckoned), sen=True)}).",
            )


def _is_heading(line: Line) -> bool:
    """A line above the level of details, which a form lists though the village uses nothing under it."""
    return len(line.account) < ACCOUNT_DEPTH if line.account else len(line.activity) < ACTIVITY_DEPTH
