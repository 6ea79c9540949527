"""Reading documents as people send them, and those made to do harm."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
import xlsxwriter
from pypdf import PdfReader, PdfWriter

from partisipasi import document_text
from partisipasi.document_text import NotReadable, words_of
from partisipasi.typeset import typeset

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> bytes:
    template = tmp_path_factory.mktemp("paper") / "paper.typ"
    template.write_text("Peraturan Desa tentang *Pungutan*\n#pagebreak()\nPasal 1")
    return typeset(template, {}, at=datetime(2026, 1, 1, tzinfo=UTC))


def package(body: bytes) -> bytes:
    """What Word would open, with this as its main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/document.xml", body)
    return out.getvalue()


def locked(content: bytes, **words: str) -> bytes:
    out = io.BytesIO()
    writer = PdfWriter(PdfReader(io.BytesIO(content)))
    writer.encrypt(**words)
    writer.write(out)
    return out.getvalue()


def test_a_pdf_gives_its_words_and_the_number_of_its_pages(pdf):
    words = words_of(pdf, ".pdf")

    assert "Peraturan Desa tentang Pungutan" in words.text
    assert words.pages == 2


def test_a_pdf_closed_against_changes_alone_is_read(pdf):
    content = locked(pdf, user_password="", owner_password="rahasia")

    assert "Pungutan" in words_of(content, ".pdf").text


def test_paragraphs_and_cells_of_a_docx_are_read():
    paper = docx.Document()
    paper.add_paragraph("Musyawarah sepakat")
    paper.add_table(1, 1).cell(0, 0).text = "Bidang pembangunan"
    out = io.BytesIO()
    paper.save(out)

    assert words_of(out.getvalue(), ".docx").text == "Musyawarah sepakat\nBidang pembangunan"


def test_every_sheet_of_a_workbook_is_read():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "Pendapatan")
        book.add_worksheet().write(3, 2, "Belanja")

    assert words_of(out.getvalue(), ".xlsx").text == "Pendapatan\nBelanja"


def test_plain_text_comes_without_what_a_database_refuses():
    assert words_of(b"satu\x00dua\n\n  tiga\xff", ".txt").text == "satu dua\ntiga�"


def entities() -> bytes:
    return package(b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 100 + b'">]><a>&b;</a>')


def bomb() -> bytes:
    """A few kilobytes that unpack to more than a reader takes."""
    return package(b"<a>" + b" " * (document_text.MAX_XML_BYTES + 100_000) + b"</a>")


@pytest.mark.parametrize(
    ("make", "extension", "reason"),
    [
        (lambda pdf: locked(pdf, user_password="rahasia"), ".pdf", "terkunci"),
        (lambda pdf: pdf[:300] + b"\n%%EOF", ".pdf", "rusak"),
        (lambda pdf: pdf, ".docx", "rusak"),
        (lambda pdf: entities(), ".docx", "rusak"),
        (lambda pdf: bomb(), ".docx", "terlalu-besar"),
        (lambda pdf: b"PK\x03\x04 rusak", ".xlsx", "rusak"),
        (lambda pdf: package(f'<w:document xmlns:w="{W}"/>'.encode()), ".docx", "tanpa-teks"),
        (lambda pdf: b"\x89PNG", ".png", "tanpa-teks"),
    ],
)
def test_what_cannot_be_read_says_why(pdf, make, extension, reason):
    with pytest.raises(NotReadable) as refusal:
        words_of(make(pdf), extension)

    assert refusal.value.reason == reason


def test_a_scan_without_words_still_tells_its_pages():
    out = io.BytesIO()
    with PdfWriter() as writer:
        writer.add_blank_page(width=595, height=842)
        writer.write(out)

    with pytest.raises(NotReadable) as refusal:
        words_of(out.getvalue(), ".pdf")

    assert (refusal.value.reason, refusal.value.pages) == ("tanpa-teks", 1)


def test_a_text_without_end_is_cut():
    endless = f'<w:document xmlns:w="{W}">' + "<w:p><w:t>dusundesa</w:t></w:p>" * 60_000 + "</w:document>"

    assert len(words_of(package(endless.encode()), ".docx").text) == document_text.MAX_CHARACTERS


def test_a_reader_that_goes_on_for_ever_is_ended(pdf, monkeypatch):
    monkeypatch.setattr(document_text, "LIMIT", 0.01)

    with pytest.raises(NotReadable) as refusal:
        words_of(pdf, ".pdf")

    assert refusal.value.reason == "terlalu-lama"
