"""A table as people keep it: a title above, headings in any order and spelling, empty lines in between."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from django.core.files.uploadedfile import UploadedFile

from partisipasi import spreadsheet
from partisipasi.files.recognition import CSV, EXTENSIONS, ODS, XLSX, Refused, recognise

KINDS = frozenset({XLSX, ODS, CSV})
ACCEPT = ",".join([*(EXTENSIONS[kind] for kind in (XLSX, ODS, CSV)), *sorted(KINDS)])
"""For the file picker of a form."""

MAX_BYTES = 3 * 1024**2
_HEADINGS_WITHIN = 20
"""Rows from the top among which the headings are looked for."""

Spellings = Mapping[str, Iterable[str]]
"""What a column means, and the headings by which villages call it."""


@dataclass(frozen=True)
class Line:
    """A row of the table: its number in the file, and its cells by what their columns mean."""

    number: int
    cells: dict[str, spreadsheet.Cell]

    def text(self, meaning: str) -> str:
        return str(self.cells.get(meaning, "")).strip()

    def __getitem__(self, meaning: str) -> spreadsheet.Cell:
        return self.cells.get(meaning, "")


@dataclass(frozen=True)
class Table:
    """`columns` pairs each heading with what it was taken for, "" where it was not understood."""

    columns: list[tuple[str, str]]
    lines: list[Line]

    def has(self, meaning: str) -> bool:
        return any(meant == meaning for _, meant in self.columns)


def rows_of(upload: UploadedFile) -> spreadsheet.Table:
    """The rows of an uploaded file, of its first sheet with any. Raises Refused, with a sentence for who sent it."""
    return sheets_of(upload)[0]


def sheets_of(upload: UploadedFile) -> list[spreadsheet.Table]:
    """The rows of every sheet of an uploaded file that has any, one at least. Raises Refused as `rows_of`."""
    if (upload.size or 0) > MAX_BYTES:
        raise Refused(f"Berkas ini terlalu besar. Ukuran paling besar {MAX_BYTES // 1024**2} MB.")
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    kind = recognise(content, upload.name or "", KINDS)
    try:
        return spreadsheet.read_sheets(content, is_csv=kind == CSV)
    except spreadsheet.TooLong:
        limit = f"{spreadsheet.MAX_ROWS:,}".replace(",", ".")
        raise Refused(f"Tabel ini lebih dari {limit} baris. Bagilah menjadi beberapa berkas.") from None
    except spreadsheet.NotReadable:
        raise Refused(
            "Tabel dalam berkas ini tidak dapat dibaca. Simpan sebagai XLSX, lalu kirim lagi."
        ) from None


@dataclass(frozen=True)
class Headings:
    """What the columns are called and taken for, and the row number in the file of the first line under them."""

    texts: list[str]
    meant: list[str]
    first: int


def headings_of(rows: spreadsheet.Table, spellings: Spellings) -> Headings:
    """The row that looks most like headings, with a second one under it that divides them, such as L and P.

    Where no row has a heading that is understood, the first that holds anything stands for it. Raises Refused for a
    table without rows.
    """
    meanings = {simple(spelling): meaning for meaning, many in spellings.items() for spelling in many}
    found = [_meant(row, meanings) for row in rows[:_HEADINGS_WITHIN]]
    if not found:
        raise Refused("Tabel dalam berkas ini kosong.")
    best = max(range(len(found)), key=lambda place: _likeness(rows[place], found[place]))
    texts, meant, first = [str(cell) for cell in rows[best]], found[best], best + 1
    if first < len(rows) and _divides(rows[first], meanings):
        below = rows[first]
        texts = [" ".join(filter(None, map(str, pair))) for pair in zip_longest(texts, below, fillvalue="")]
        parts = _meant(below, meanings)
        meant = [part or whole for whole, part in zip_longest(meant, parts, fillvalue="")]
        first += 1
    return Headings(texts, meant, first + 1)


def _likeness(row: list[spreadsheet.Cell], meant: list[str]) -> int:
    """How many cells look like headings; a lone letter, or "RT 01", stands in a line of the table as well."""
    words = (
        meaning and len(str(cell)) > 1 and not re.search(r"\d", str(cell))
        for cell, meaning in zip(row, meant, strict=True)
    )
    return sum(map(bool, words))


def _divides(row: list[spreadsheet.Cell], meanings: Mapping[str, str]) -> bool:
    """Does this row hold headings alone?"""
    cells = [simple(str(cell)) for cell in row if cell != ""]
    return bool(cells) and all(cell in meanings for cell in cells)


def understood(rows: spreadsheet.Table, spellings: Spellings, *, needed: str, or_else: str = "") -> Table:
    """The table under its headings.

    Raises Refused where they name neither the column `needed` nor the one that may stand for it.
    """
    headings = headings_of(rows, spellings) if rows else Headings([], [], 1)
    if not {needed, or_else or needed} & set(headings.meant):
        raise Refused(
            f"Judul kolom tidak ditemukan. Baris judul harus memuat kolom “{needed[0].upper()}{needed[1:]}”."
        )
    columns = [pair for pair in zip(headings.texts, headings.meant, strict=True) if pair[0] != ""]
    return Table(columns, list(_lines(rows[headings.first - 1 :], headings.meant, first=headings.first)))


def _meant(row: list[spreadsheet.Cell], meanings: Mapping[str, str]) -> list[str]:
    """What each cell means as a heading; of two that mean the same the first counts."""
    meant: list[str] = []
    for cell in row:
        meaning = meanings.get(simple(str(cell)), "")
        meant.append("" if meaning in meant else meaning)
    return meant


def _lines(rows: spreadsheet.Table, meant: list[str], *, first: int) -> Iterator[Line]:
    for number, row in enumerate(rows, start=first):
        cells = {meaning: cell for meaning, cell in zip(meant, row, strict=False) if meaning and cell != ""}
        # Some write the columns' numbers under the headings; they are nobody.
        if cells and not all(re.fullmatch(r"\(?\d{1,2}\)?", str(cell)) for cell in cells.values()):
            yield Line(number, cells)


def simple(text: str) -> str:
    """A heading without what people write differently: "No. HP" and "NO HP" are one."""
    return " ".join(re.findall(r"[a-z]+", text.lower()))
