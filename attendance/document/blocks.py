"""What a paper says, block by block. It knows nothing of Django; what people type is tidied by whoever fills it in."""

from dataclasses import dataclass, field

from attendance.sheet.description import Letterhead
from attendance.sheet.signatures import SignatureLine

DOTS = "." * 40
"""What a pen fills in."""


@dataclass(frozen=True)
class Run:
    """A stretch of words, bold or not."""

    words: str
    is_bold: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    runs: tuple[Run, ...]


def text(words: str) -> Text:
    """A paragraph without anything bold."""
    return Text((Run(words),))


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    words: str


@dataclass(frozen=True)
class Facts:
    """Lines of label and value, `Tempat : Balai Desa`."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Numbered:
    """A list numbered from 1; each entry may have several lines."""

    entries: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signatures:
    """Who signs, in lines of blocks side by side."""

    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True)
class TableColumn:
    """A column's heading and its width in millimetres, or as a share of what is left where `is_share`."""

    heading: str
    width: float = 1
    is_share: bool = True
    is_centred: bool = False


def narrow(heading: str, width: float, *, is_centred: bool = False) -> TableColumn:
    """A column of `width` millimetres."""
    return TableColumn(heading, width, is_share=False, is_centred=is_centred)


@dataclass(frozen=True)
class Table:
    """Rows under headings that come again on every page. `row_height` in millimetres leaves room for a pen."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    row_height: float = 0


@dataclass(frozen=True)
class Photo:
    """A picture (JPEG) with its caption."""

    picture: bytes = field(repr=False)
    caption: str


@dataclass(frozen=True)
class Photos:
    """Pictures, two on a page."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class NextPage:
    """What follows begins on a page of its own."""


Block = Text | Heading | Facts | Numbered | Signatures | Table | Photos | NextPage


@dataclass(frozen=True)
class Document:
    """A whole paper from letterhead to foot. `number` None: it has none; empty: left to the pen.

    `size` is width and height in millimetres.
    """

    letterhead: Letterhead
    full_name: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    number: str | None = None
    is_draft: bool = False
    ledger: str = ""
    village_code: str = ""
    size: tuple[float, float] = (210, 330)

    @property
    def number_line(self) -> str:
        return "" if self.number is None else f"Nomor: {self.number or DOTS}"

    @property
    def foot(self) -> str:
        return f"Catatan publik: {self.ledger}" if self.ledger else ""

    @property
    def heading(self) -> str:
        return " ".join(filter(None, (self.title, self.subtitle)))
