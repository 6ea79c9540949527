"""Reading the words of a document that somebody sent, in a process of its own that cannot grow or run without bounds.

What comes out is plain text for searching, cut at MAX_CHARACTERS; how the paper looks is of no concern here.
"""

import io
import json
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

LIMIT = 60
"""Seconds that a document may take; an APB Desa of a hundred pages takes three."""

MAX_CHARACTERS = 400_000
MAX_PAGES = 500
MAX_XML_BYTES = 64 * 1024**2
MAX_ROWS, MAX_SHEETS = 6000, 20

_MEMORY = 1024**3
_LOCKED, _BROKEN, _TOO_BIG, _SLOW, _NO_TEXT, _UNKNOWN = (
    "terkunci",
    "rusak",
    "terlalu-besar",
    "terlalu-lama",
    "tanpa-teks",
    "lain",
)
REASONS = {
    _LOCKED: "Berkas terkunci dengan kata sandi.",
    _BROKEN: "Berkas rusak atau susunannya tidak dikenali.",
    _TOO_BIG: "Isi berkas terlalu besar setelah dibuka.",
    _SLOW: "Berkas terlalu lama dibaca.",
    _NO_TEXT: "Berkas tidak memuat teks, mungkin hasil pindaian atau foto.",
    _UNKNOWN: "Jenis berkas ini tidak dibaca isinya.",
}
"""Why a document has no words here, by the code that NotReadable carries."""

KINDS = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".xlsx": "table", ".ods": "table"}
_PLAIN = {".txt", ".csv"}


class NotReadable(Exception):
    """The document gives no words; `reason` is a key of REASONS, `pages` are known where the reader came so far."""

    def __init__(self, reason: str, pages: int | None = None) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason
        self.pages = pages


@dataclass(frozen=True)
class Words:
    """The text of a document, and the number of its pages where it has such."""

    text: str
    pages: int | None = None


def words_of(content: bytes, extension: str) -> Words:
    """The words of a stored file by its extension (".pdf"). Raises NotReadable."""
    if extension in _PLAIN:
        told: dict[str, Any] = {"text": content.decode("utf-8-sig", "replace"), "pages": None}
    elif kind := KINDS.get(extension):
        told = _read_apart(content, kind)
    else:
        raise NotReadable(_NO_TEXT)
    text = _tidy(told["text"])
    if not text:
        raise NotReadable(_NO_TEXT, told["pages"])
    return Words(text, told["pages"])


def _read_apart(content: bytes, kind: str) -> dict[str, Any]:
    try:
        reader = subprocess.run(  # noqa: S603 our own program, and nothing sent is part of the command
            [sys.executable, "-I", __file__, kind], input=content, capture_output=True, timeout=LIMIT
        )
    except subprocess.TimeoutExpired as late:
        raise NotReadable(_SLOW) from late
    if reader.returncode < 0:  # the kernel ended it: it used up its seconds, or had no room left
        out_of_time = -reader.returncode in {signal.SIGXCPU, signal.SIGKILL}
        raise NotReadable(_SLOW if out_of_time else _TOO_BIG)
    if reader.returncode:
        said = reader.stderr.decode(errors="replace").strip().splitlines()
        raise NotReadable(said[-1] if said and said[-1] in REASONS else _BROKEN)
    told: dict[str, Any] = json.loads(reader.stdout)
    return told


def _tidy(text: str) -> str:
    """On as few lines as the text has, single spaces, without characters that a database refuses."""
    clean = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", " ", text)
    lines = (" ".join(line.split()) for line in clean.splitlines())
    return "\n".join(line for line in lines if line)[:MAX_CHARACTERS]


# What runs in the process of its own


class _Refused(Exception):
    """Ends the reading for the reason that it carries."""


def _read(kind: str, content: bytes) -> tuple[Iterable[str], int | None]:
    match kind:
        case "pdf":
            return _of_pdf(content)
        case "docx":
            return _of_package(
                content, ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
            ), None
        case "odt":
            return _of_package(content, ("content.xml",)), None
        case _:
            return _of_table(content), None


def _of_pdf(content: bytes) -> tuple[Iterator[str], int]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(content))
    # Many papers are closed against changing alone and open without a word.
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _Refused(_LOCKED)
    count = len(reader.pages)
    return (page.extract_text() + "\n" for page in reader.pages[:MAX_PAGES]), count


def _of_package(content: bytes, parts: Iterable[str]) -> Iterator[str]:
    """The paragraphs of the XML parts of a DOCX or ODT."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in parts:
            if name in package.namelist():
                with package.open(name) as part:
                    yield from _paragraphs(part)


def _paragraphs(part: IO[bytes]) -> Iterator[str]:
    from xml.etree.ElementTree import XMLPullParser

    parser: Any = XMLPullParser(["end"])
    taken = 0
    while chunk := part.read(64 * 1024):
        taken += len(chunk)
        if taken > MAX_XML_BYTES:
            raise _Refused(_TOO_BIG)
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:  # no word processor declares any; a bomb does
            raise _Refused(_BROKEN)
        parser.feed(chunk)
        for _, element in parser.read_events():
            yield from _words_at_the_end_of(element)


def _words_at_the_end_of(element: Any) -> Iterator[str]:
    space, _, name = element.tag.rpartition("}")
    is_word = space.endswith("wordprocessingml/2006/main")
    if is_word and name == "t":
        yield element.text or ""
    elif is_word and name in {"tab", "br", "cr"}:
        yield " "
    elif is_word and name == "p":
        yield "\n"
        element.clear()
    elif name in {"p", "h"} and space.endswith("opendocument:xmlns:text:1.0"):
        yield "".join(element.itertext()) + "\n"
        element.clear()


def _of_table(content: bytes) -> Iterator[str]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names[:MAX_SHEETS]:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True, nrows=MAX_ROWS):
            yield " ".join(str(cell) for cell in row if cell != "") + "\n"


def _gathered(pieces: Iterable[str]) -> str:
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > MAX_CHARACTERS:
            break
    return "".join(kept)


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    try:
        pieces, pages = _read(sys.argv[1], sys.stdin.buffer.read())
        text = _gathered(pieces)
    except _Refused as refusal:
        sys.exit(str(refusal))
    except MemoryError:
        sys.exit(_TOO_BIG)
    except Exception:  # whatever is wrong with it, it is not read
        sys.exit(_BROKEN)
    json.dump({"text": text, "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main()
