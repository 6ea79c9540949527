"""The shelf of BPD's books (domain: 1.9): each made anew for a year from what the portal holds, to be signed and bound.

Those of its sessions are written in `bpd_books`; rooms above put theirs beside them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from attendance import document
from attendance.document import Block, Document
from attendance.roster import letterhead_of
from attendance.sheet import Paper
from partisipasi import spreadsheet
from partisipasi.db import current_village
from partisipasi.printed import plain


@dataclass(frozen=True)
class Book:
    """One of the books: its name, how its paper lies, in which years there is one, and a year's content."""

    name: str
    paper: Paper
    years: Callable[[], list[int]]
    blocks: Callable[[int], Iterable[Block]]
    """What is printed of a year, signatures included."""
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Callable[[int], Iterable[tuple[str, ...]]]
    """The same year as lines of a spreadsheet."""

    def as_pdf(self, year: int, *, at: datetime) -> bytes:
        """The book of a year on paper. Raises NotTypesettable."""
        village = current_village()
        paper = Document(
            letterhead=letterhead_of(village),
            full_name=plain(village.full_name),
            title=self.name.upper(),
            subtitle=f"TAHUN {year}",
            village_code=plain(village.code),
            blocks=tuple(self.blocks(year)),
            size=self.paper.size,
        )
        return document.as_pdf(paper, at=at)

    def as_xlsx(self, year: int) -> bytes:
        return spreadsheet.as_xlsx(self.name[:31], self.headings, self.rows(year), widths=self.widths)


BOOKS: dict[str, Book] = {}
"""By the code in their addresses."""


def years() -> list[int]:
    """The years of which any book tells, newest first."""
    return sorted({year for book in BOOKS.values() for year in book.years()}, reverse=True)


def books_of(year: int) -> list[tuple[str, Book]]:
    """The books that tell of this year with their codes, by name."""
    found = [(code, book) for code, book in BOOKS.items() if year in book.years()]
    return sorted(found, key=lambda pair: pair[1].name)
