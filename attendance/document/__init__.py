"""Papers in running text, described once and written as PDF and as DOCX: berita acara, notulen, laporan, books."""

from .blocks import (
    Block,
    Document,
    Facts,
    Heading,
    NextPage,
    Numbered,
    Photo,
    Photos,
    Run,
    Signatures,
    Table,
    TableColumn,
    Text,
    text,
)
from .docx import as_docx
from .pdf import as_pdf

__all__ = [
    "Block",
    "Document",
    "Facts",
    "Heading",
    "NextPage",
    "Numbered",
    "Photo",
    "Photos",
    "Run",
    "Signatures",
    "Table",
    "TableColumn",
    "Text",
    "as_docx",
    "as_pdf",
    "text",
]
