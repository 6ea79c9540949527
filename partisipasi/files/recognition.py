"""What a file is, told by its content; its name is believed only to tell a table from a plain text."""

import io
import re
import zipfile
from collections.abc import Collection
from xml.etree import ElementTree

import puremagic
from django.core.exceptions import ValidationError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TXT = "text/plain"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"

EXTENSIONS = {
    PDF: ".pdf",
    DOCX: ".docx",
    XLSX: ".xlsx",
    ODT: ".odt",
    ODS: ".ods",
    CSV: ".csv",
    TXT: ".txt",
    JPEG: ".jpg",
    PNG: ".png",
    WEBP: ".webp",
}
IMAGES = frozenset({JPEG, PNG, WEBP})
DOCUMENTS = frozenset(EXTENSIONS)
"""What may be attached: papers, tables, plain text, and pictures."""

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PACKED_PARTS = 5000

_PACKED = {DOCX, XLSX, ODT, ODS}
# The main part's type inside a package, which is not the type of the file around it.
_OFFICE_PARTS = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}
_CONTENT_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"


_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


class Refused(ValidationError):
    """This file is not taken: its kind, size or content does not do. The message says why, to who sent it."""


def recognise(content: bytes, name: str, allow: Collection[str] = DOCUMENTS) -> str:
    """The media type of `content`, one of `allow`. Raises Refused for anything else, broken or dangerous."""
    if not content:
        raise Refused("Berkas ini kosong.")
    if len(content) > MAX_BYTES:
        raise Refused(f"Berkas ini terlalu besar. Ukuran paling besar {MAX_BYTES // 1024**2} MB.")
    kind = _kind(content, name)
    if kind is None or kind not in allow:
        raise Refused(f"Jenis berkas ini tidak diterima. Kirim {accepted_words(allow)}.")
    return kind


def accepted_words(allow: Collection[str]) -> str:
    """The accepted kinds as people name them: "PDF, DOCX, atau JPG"."""
    words = [EXTENSIONS[kind].removeprefix(".").upper() for kind in EXTENSIONS if kind in allow]
    if len(words) < 3:
        return " atau ".join(words)
    return f"{', '.join(words[:-1])}, atau {words[-1]}"


def _kind(content: bytes, name: str) -> str | None:
    if content.startswith(b"%PDF-"):
        return _whole_pdf(content)
    if content.startswith(b"PK"):
        return _packed_kind(content)
    found = {
        match.mime_type for match in puremagic.magic_stream(io.BytesIO(content)) if match.confidence >= 0.3
    }
    if images := found & IMAGES:
        return images.pop()
    return None if found else _text_kind(content, name)


def _whole_pdf(content: bytes) -> str:
    if b"%%EOF" not in content[-2048:]:
        raise Refused("Berkas PDF ini tidak utuh. Coba simpan atau unduh ulang, lalu kirim lagi.")
    return PDF


def _packed_kind(content: bytes) -> str | None:
    """DOCX, XLSX, ODT and ODS are ZIP packages; so is much that nobody may send, and bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PACKED_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise Refused("Isi berkas ini terlalu besar setelah dibuka.")
            if any(_is_program(part.filename) for part in parts):
                raise Refused("Berkas ini memuat makro. Simpan tanpa makro, lalu kirim lagi.")
            return _package_kind(package)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, RuntimeError, NotImplementedError, OSError):
        raise Refused("Berkas ini rusak atau terkunci, sehingga tidak dapat dibuka.") from None


def _is_program(part: str) -> bool:
    return part.endswith(("vbaProject.bin", ".exe", ".dll")) or part.startswith(("Basic/", "Scripts/"))


def _package_kind(package: zipfile.ZipFile) -> str | None:
    names = package.namelist()
    if "mimetype" in names:
        declared = _read_small(package, "mimetype").decode("ascii", "replace").strip()
        return declared if declared in _PACKED and "content.xml" in names else None
    if "[Content_Types].xml" not in names:
        return None
    listing = _read_small(package, "[Content_Types].xml")
    if b"<!" in listing:  # a package's listing declares no entities; a bomb's does
        return None
    types = {part.get("ContentType") for part in ElementTree.fromstring(listing).iter(_CONTENT_TYPE)}  # noqa: S314
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in types), None)


def _read_small(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(256 * 1024)


def _text_kind(content: bytes, name: str) -> str | None:
    """Plain text in UTF-8; never a page or a drawing."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    if text.lstrip()[:1] == b"<" or _CONTROL.search(text):
        return None
    try:
        text.decode()
    except UnicodeDecodeError:
        return None
    return CSV if name.lower().endswith(".csv") else TXT
