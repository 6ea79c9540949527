"""Where a budget's table begins in a sheet, and what each of its columns holds."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from partisipasi.spreadsheet import Cell, Table

_LAST_HEADING_ROW = 40
_MEANINGS = (
    # The first that fits; a price is no amount, and what was changed or is left over is reckoned from the others.
    ("none", r"harga|^%|persen|lebih|kurang|selisih|sisa|bertambah|ket(erangan)?\.?$|^no\.?$|nomor"),
    ("code", r"^kode|^kd\b|rekening"),
    ("fund", r"sumber|^dana$"),
    ("volume", r"volume|^vol\b|kuantitas"),
    ("unit", r"satuan"),
    ("name", r"uraian|nama (kegiatan|rekening)|^kegiatan$"),
    ("realised", r"realisasi"),
    ("before", r"(sebelum|semula)"),
    ("amount", r"anggaran|jumlah|pagu|nilai|setelah|sesudah|menjadi|^\(?rp\.?\)?$"),
)


class NoTable(ValueError):
    """No line of the sheet heads a budget's table."""


@dataclass(frozen=True)
class Columns:
    """Places in a row, counted from 0; `first` is the row where lines begin."""

    first: int
    codes: tuple[int, ...]
    name: int
    amount: int
    realised: int | None = None
    fund: int | None = None
    volume: int | None = None
    unit: int | None = None


def columns_of(table: Table) -> Columns:
    """The columns by their headings, which may take two rows. Raises NoTable."""
    for number, row in enumerate(table[:_LAST_HEADING_ROW]):
        meanings = [_meaning(_words(cell)) for cell in row]
        if "name" not in meanings:
            continue
        below, first = table[number + 1 : number + 2], number + 1
        headings = [_words(cell) for cell in row]
        if below and _goes_on(below[0], meanings.index("name")):
            headings = [
                f"{upper} {_words(lower)}".strip()
                for upper, lower in zip_longest(headings, below[0], fillvalue="")
            ]
            first += 1
        if found := _columns(headings, first):
            return found
    raise NoTable


def _words(cell: Cell) -> str:
    return " ".join(str(cell).lower().split())


def _goes_on(row: list[Cell], name: int) -> bool:
    """Does the heading have a second row? That names no line and holds words only."""
    cells = [_words(cell) for cell in row if cell != ""]
    return (
        bool(cells)
        and (len(row) <= name or row[name] == "")
        and not any(re.match(r"\d", cell) for cell in cells)
    )


def _meaning(heading: str) -> str:
    if not heading:
        return ""
    return next((meaning for meaning, pattern in _MEANINGS if re.search(pattern, heading)), "none")


def _columns(headings: list[str], first: int) -> Columns | None:
    meanings = [_meaning(heading) for heading in headings]
    places: dict[str, list[int]] = {}
    for place, meaning in enumerate(meanings):
        places.setdefault(meaning, []).append(place)
    if not {"name", "amount", "code"} <= set(places) or places["code"][0] > places["name"][0]:
        return None
    name = places["name"][0]
    # The parts of a code stand under one merged heading: those after the first have none.
    codes = tuple(place for place in range(places["code"][0], name) if meanings[place] in {"code", ""})
    after = [place for place in places["amount"] if re.search("setelah|sesudah|menjadi", headings[place])]
    one = {meaning: found[0] for meaning, found in places.items()}
    return Columns(
        first,
        codes,
        name,
        (after or places["amount"])[0],
        one.get("realised"),
        one.get("fund"),
        one.get("volume"),
        one.get("unit"),
    )
