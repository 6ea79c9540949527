"""The description of a Daftar Hadir: what stands on the paper, from letterhead to footer.

One description feeds the page printed from the browser, the PDF and the spreadsheet. It knows nothing of
Django or of any row in a database; whoever prints a sheet fills it in. Text may be anything people type: it
is tidied when the description is made and is data everywhere after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from attendance.sheet.columns import Column, Field, needed, spread
from attendance.sheet.paper import Paper
from attendance.sheet.signatures import SignatureGroup, SignatureLine, laid_out
from attendance.sheet.sum import Sum
from partisipasi.printed import Tidied
from partisipasi.village.words import figures, long_date

DOTS = "." * 12
"""What a pen fills in."""

ROWS_BY_SIGNATURES = 2

type Number = int | Decimal


@dataclass(frozen=True)
class Letterhead(Tidied):
    """The kop surat. The last of `lines` is the village (or its BPD) and is set bigger.

    The words are the village's own: *kabupaten* or *kota*, *distrik* or *kapanewon*, *gampong* or *nagari*.
    `logo` is a picture's bytes (PNG, JPEG, GIF, WebP or SVG), or None.
    """

    lines: tuple[str, ...]
    address: str = ""
    contact: str = ""
    logo: bytes | None = field(default=None, repr=False)

    @property
    def authorities(self) -> tuple[str, ...]:
        """The lines above the village's own: its kabupaten and kecamatan."""
        return tuple(line.upper() for line in self.lines[:-1])

    @property
    def address_lines(self) -> tuple[str, ...]:
        return tuple(line for line in (self.address, self.contact) if line)

    @property
    def village(self) -> str:
        return self.lines[-1].upper() if self.lines else ""


@dataclass(frozen=True)
class Fact(Tidied):
    """A line of the meta block, `Tempat : Balai Desa`. Without a value it is left to the pen."""

    label: str
    value: str = ""

    @property
    def shown(self) -> str:
        return self.value or DOTS * 3


@dataclass(frozen=True)
class Drawn:
    """A signature drawn on a screen: its PNG for the paper, and the address where a browser finds it."""

    png: bytes = field(repr=False)
    url: str


@dataclass(frozen=True)
class Row(Tidied):
    """One who is present. `stands_for` names the invited person or body whose seat a stand-in takes.

    `numbers` are what a spreadsheet counts with; they are printed in figures where `values` does not say otherwise.
    """

    number: int
    values: Mapping[Field, str] | Mapping[str, str]
    stands_for: str = ""
    guardian: str = ""
    signature: "Drawn | None" = field(default=None, repr=False)
    numbers: Mapping[str, Number] = field(default_factory=dict)


def _note(row: Row) -> str:
    stands_for = f"mewakili {row.stands_for}" if row.stands_for else ""
    return ", ".join(filter(None, (stands_for, f"wali: {row.guardian}" if row.guardian else "")))


@dataclass(frozen=True)
class Cell:
    """One square of the table. `note` is the small line under a name."""

    field: Field
    text: str = ""
    note: str = ""
    drawn: Drawn | None = None
    number: Number | None = None

    @property
    def is_signature(self) -> bool:
        return self.field is Field.SIGNATURE


@dataclass(frozen=True)
class PrintedRow:
    """A row as it stands on the paper: its cells in the order of the columns."""

    number: int
    cells: tuple[Cell, ...]
    is_blank: bool = False

    @property
    def is_odd(self) -> bool:
        """Odd numbers sign at the left, even ones at the right: neighbours do not sign over each other."""
        return self.number % 2 == 1


@dataclass(frozen=True)
class Recap(Tidied):
    """How many came. What is None is not yet known and left to the pen.

    `counts_sex` and `by_invitation` say whether the paper asks for it at all. `remark` is a sentence of its
    own under the line, such as how many seats were filled by stand-ins.
    """

    present: int | None = None
    men: int | None = None
    women: int | None = None
    invited: int | None = None
    counts_sex: bool = True
    by_invitation: bool = True
    remark: str = ""

    @property
    def line(self) -> str:
        sex = f" (L: {_count(self.men)}, P: {_count(self.women)}{self._others})" if self.counts_sex else ""
        invited = f" dari {_count(self.invited)} undangan" if self.by_invitation else ""
        return f"Jumlah hadir: {_count(self.present)} orang{sex}{invited}"

    @property
    def _others(self) -> str:
        """Those of whom the list does not say whether they are men or women, so that the sum is right."""
        if self.present is None or self.men is None or self.women is None:
            return ""
        others = self.present - self.men - self.women
        return f", tidak dicatat: {figures(others)}" if others > 0 else ""


def _count(number: int | None) -> str:
    return DOTS if number is None else figures(number)


@dataclass(frozen=True)
class Footer(Tidied):
    """The foot of the paper: the village's code, the notice on personal data, and the head of the ledger."""

    village_code: str = ""
    privacy_notice: str = ""
    ledger_head: str = ""


@dataclass(frozen=True)
class Sheet(Tidied):
    """A whole Daftar Hadir. `blank_rows` are added below those present; an empty sheet has only these.

    `totals` make a last line: by the names of the columns that are summed, None where the sum is left to the pen.
    """

    letterhead: Letterhead
    subtitle: str
    facts: tuple[Fact, ...]
    columns: tuple[Column, ...]
    attendees: tuple[Row, ...] = field(default=(), repr=False)
    blank_rows: int = 0
    recap: Recap | Sum = Recap()
    totals: Mapping[str, Number | None] = field(default_factory=dict)
    place: str = ""
    day: date | None = None
    signatures: tuple[SignatureGroup, ...] = ()
    footer: Footer = Footer()
    paper: Paper = Paper.A4
    title: str = "Daftar Hadir"
    nobody: str = "Belum ada yang tercatat hadir."

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.columns:
            raise ValueError("A sheet without columns cannot be printed.")
        if self.blank_rows < 0:
            raise ValueError("A sheet has no fewer than no blank rows.")

    @property
    def heading(self) -> str:
        """Both lines of the title in one, for the file's own title and the head of later pages."""
        return " – ".join(filter(None, (self.title, self.subtitle)))

    @property
    def title_line(self) -> str:
        return self.title.upper()

    @property
    def subtitle_line(self) -> str:
        return self.subtitle.upper()

    @cached_property
    def rows(self) -> tuple[PrintedRow, ...]:
        """Those present in their order, then the blank rows, numbered on from the last."""
        return tuple(self._rows())

    @property
    def earlier_rows(self) -> tuple[PrintedRow, ...]:
        return self.rows[:-ROWS_BY_SIGNATURES]

    @property
    def last_rows(self) -> tuple[PrintedRow, ...]:
        """The rows that share a page with the signatures: a page of signatures alone would prove nothing."""
        return self.rows[-ROWS_BY_SIGNATURES:]

    def _rows(self) -> Iterator[PrintedRow]:
        for row in self.attendees:
            yield PrintedRow(row.number, tuple(self._cells(row)))
        last = max((row.number for row in self.attendees), default=0)
        for number in range(last + 1, last + 1 + self.blank_rows):
            yield PrintedRow(number, tuple(self._cells(Row(number, {}))), is_blank=True)

    def _cells(self, row: Row) -> Iterator[Cell]:
        for column in self.columns:
            if column.field is Field.NUMBER:
                yield Cell(Field.NUMBER, str(row.number))
            elif column.field is Field.SIGNATURE:
                yield Cell(Field.SIGNATURE, f"{row.number}.", drawn=row.signature)
            else:
                note = _note(row) if column.field is Field.NAME else ""
                number = row.numbers.get(column.name)
                values: Mapping[Any, str] = row.values
                text = values.get(column.name, "" if number is None else figures(number))
                yield Cell(column.field, text, note, number=number)

    @property
    def total_cells(self) -> tuple[Cell, ...]:
        """The line of sums: one cell for each column from the first that is summed on. Empty without sums."""
        if not self.totals:
            return ()
        sums = [self.totals.get(column.name) for column in self.columns[self.total_label_width :]]
        cells = zip(self.columns[self.total_label_width :], sums, strict=True)
        return tuple(
            Cell(column.field, "" if number is None else figures(number), number=number)
            for column, number in cells
        )

    @property
    def total_label_width(self) -> int:
        """How many columns `Jumlah` stands in, before the first that is summed."""
        return next((place for place, column in enumerate(self.columns) if column.name in self.totals), 0)

    @property
    def has_rows(self) -> bool:
        return bool(self.attendees or self.blank_rows)

    @property
    def tightness(self) -> float:
        """How much of what the columns would like to have the paper gives them; 1 where it gives them all."""
        return min(1.0, self.paper.text_width / needed(self.columns))

    @property
    def is_crowded(self) -> bool:
        return self.tightness < 0.9

    @cached_property
    def column_widths(self) -> tuple[float, ...]:
        """Millimetres for each column, together the width between the margins."""
        return spread(self.columns, self.paper.text_width)

    @property
    def place_and_date(self) -> str:
        day = long_date(self.day) if self.day else DOTS * 2
        return f"{self.place}, {day}" if self.place else day

    @property
    def signature_lines(self) -> tuple[SignatureLine, ...]:
        """Who signs where, with place and date over the last block of the first line."""
        return laid_out(self.signatures, abreast=self.paper.signatures_abreast, dated=self.place_and_date)
