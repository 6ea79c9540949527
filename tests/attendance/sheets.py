"""Sheets of the fictional village Mergosari to test with, and how to read the papers made from them."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from attendance.sheet import (
    Column,
    Fact,
    Field,
    Footer,
    Letterhead,
    Recap,
    Row,
    Sheet,
    Signatory,
    SignatureGroup,
    as_pdf,
)

AT = datetime(2023, 12, 22, 4, 30, tzinfo=UTC)
USUAL = (Field.NUMBER, Field.NAME, Field.ROLE, Field.ADDRESS, Field.SIGNATURE)
NOTICE = "Data Anda digunakan untuk administrasi kegiatan ini dan disimpan selama lima tahun."


def attendees(count: int) -> tuple[Row, ...]:
    return tuple(
        Row(
            number,
            {Field.NAME: f"Peserta {number}", Field.ROLE: f"Unsur {number}", Field.ADDRESS: "Dusun Krajan"},
        )
        for number in range(1, count + 1)
    )


def make_sheet(count: int = 3, fields: Iterable[Field] = USUAL, **parts: Any) -> Sheet:
    usual = {
        "letterhead": Letterhead(
            ("Pemerintah Kabupaten Kalisari", "Kecamatan Wanadadi", "Desa Mergosari"),
            "Jalan Raya Mergosari Nomor 1",
        ),
        "subtitle": "Musyawarah Desa Pembahasan RKP Desa Tahun 2025",
        "facts": (
            Fact("Hari/Tanggal", "Jumat, 22 Desember 2023"),
            Fact("Waktu", "Pukul 09.00 WIB s.d. selesai"),
            Fact("Tempat", "Balai Desa Mergosari"),
            Fact("Acara", "Pembahasan RKP Desa"),
        ),
        "columns": tuple(Column.of(field) for field in fields),
        "attendees": attendees(count),
        "recap": Recap(present=count, men=count // 2, women=count - count // 2, invited=90),
        "place": "Mergosari",
        "day": date(2023, 12, 22),
        "signatures": (
            SignatureGroup(
                (Signatory("Pimpinan Musyawarah", "Suharto"), Signatory("Notulis", "Rina Wulandari"))
            ),
            SignatureGroup(
                (Signatory("Kepala Desa Mergosari", "Sutrisno", "NIPD 3303 01"), Signatory("Ketua BPD")),
                "Mengetahui,",
            ),
        ),
        "footer": Footer("33.03.14.2005", NOTICE, "nomor 1.204, 9f86d081884c7d65"),
    }
    return Sheet(**(usual | parts))


class Pages(Sequence[Any]):
    """What `read` finds on each page, read when asked for: reading is slow."""

    def __init__(self, pages: Sequence[Page], read: Callable[[Page], Any]) -> None:
        self.pages = pages
        self.read = cache(read)

    def __len__(self) -> int:
        return len(self.pages)

    def __getitem__(self, place: Any) -> Any:
        pages = self.pages[place]
        return [self.read(page) for page in pages] if isinstance(place, slice) else self.read(pages)


class Printout:
    """A PDF as a reader sees it."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pdfplumber.open(io.BytesIO(pdf))
        self.pages = self.document.pages
        self.texts = Pages(self.pages, Page.extract_text)
        self.words = Pages(self.pages, Page.extract_words)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def page_of(self, words: str) -> int:
        """The only page on which `words` stand."""
        (page,) = [place for place, text in enumerate(self.texts) if words in text]
        return page

    def find(self, word: str) -> tuple[int, dict[str, Any]]:
        """The page and place of a word that stands on the paper once."""
        return self._only(lambda text: text == word)

    def find_within(self, part: str) -> tuple[int, dict[str, Any]]:
        """The same of a part of a word: what stands close in the next cell reads as one word with it."""
        return self._only(lambda text: part in text)

    def _only(self, wanted: Callable[[str], bool]) -> tuple[int, dict[str, Any]]:
        (found,) = [
            (page, one) for page, words in enumerate(self.words) for one in words if wanted(one["text"])
        ]
        return found


def printed(sheet: Sheet) -> Printout:
    return Printout(as_pdf(sheet, at=AT))
