"""A table as people keep it: a title above, headings in any order and spelling, empty lines in between."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    """The rows of an uploaded file. Raises Refused, with a sentence for who sent it."""
    if (upload.size or 0) > MAX_BYTES:
        raise Refused(f"Berkas ini terlalu besar. Ukuran paling besar {MAX_BYTES // 1024**2} MB.")
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    kind = recognise(content, upload.name or "", KINDS)
    try:
        return spreadsheet.read(content, is_csv=kind == CSV)
    except spreadsheet.TooLong:
        limit = f"{spreadsheet.MAX_ROWS:,}".replace(",", ".")
        raise Refused(f"Tabel ini lebih dari {limit} baris. Bagilah menjadi beberapa berkas.") from None
    except spreadsheet.NotReadable:
        raise Refused(
            "Tabel dalam berkas ini tidak dapat dibaca. Simpan sebagai XLSX, lalu kirim lagi."
        ) from None


def understood(rows: spreadsheet.Table, spellings: Spellings, *, needed: str, or_else: str = "") -> Table:
    """The table under the row that looks most like headings.

    Raises Refused where it names neither the column `needed` nor the one that may stand for it.
    """
    meanings = {simple(spelling): meaning for meaning, many in spellings.items() for spelling in many}
    found = [_meant(row, meanings) for row in rows[:_HEADINGS_WITHIN]]
    best = max(range(len(found)), key=lambda place: len(set(found[place]) - {""}), default=None)
    if best is None or not {needed, or_else or needed} & set(found[best]):
        raise Refused(
            f"Judul kolom tidak ditemukan. Baris judul harus memuat kolom “{needed[0].upper()}{needed[1:]}”."
        )
    headings, meant = rows[best], found[best]
    columns = [
        (str(heading), meaning) for heading, meaning in zip(headings, meant, strict=True) if heading != ""
    ]
    return Table(columns, list(_lines(rows[best + 1 :], meant, first=best + 2)))


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
