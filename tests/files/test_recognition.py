import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partisipasi.files import recognition
from partisipasi.files.recognition import DOCUMENTS, EXTENSIONS, IMAGES, Refused, accepted_words, recognise

from . import makers

ACCEPTED = {
    ".pdf": makers.pdf(),
    ".docx": makers.docx(),
    ".xlsx": makers.xlsx(),
    ".odt": makers.odt(),
    ".ods": makers.ods(),
    ".csv": b"nama,unsur\nSiti,PKK\n",
    ".txt": "Catatan rapat — selesai".encode(),
    ".jpg": makers.picture("JPEG"),
    ".png": makers.picture("PNG"),
    ".webp": makers.picture("WEBP"),
}


@pytest.mark.parametrize("extension", ACCEPTED)
def test_a_file_is_known_by_its_content_and_not_by_its_name(extension):
    name = f"salah.exe{extension if extension in {'.csv', '.txt'} else '.html'}"

    assert EXTENSIONS[recognise(ACCEPTED[extension], name)] == extension


DANGEROUS = {
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page after spaces": b"\n\n  <html><body onload=alert(1)>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a drawing after a byte order mark": b'\xef\xbb\xbf<?xml version="1.0"?><svg/>',
    "a program": b"MZ" + bytes(200),
    "a script's bytes": b"\x7fELF" + bytes(200),
    "an archive": makers.package({"surat.pdf": makers.pdf()}),
    "a page that ends as PDF": b"<html>%PDF-1.4\n%%EOF",
    "a half PDF": makers.pdf()[:20],
    "a broken package": makers.xlsx()[:300],
    "a package with macros": makers.xlsx(**{"xl/vbaProject.bin": b"x"}),
    "a package with a program": makers.xlsx(**{"xl/embeddings/a.exe": b"MZ"}),
    "a package whose listing declares entities": makers.docx(b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
    "an open document with macros": makers.package(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", "Basic/a.xml": b""}
    ),
    "an open presentation": makers.package(
        {"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b""}
    ),
    "bytes of nothing": b"\x00\x01\x02",
    "text that is no text": b"abc\xff\xfe\xfd",
    "nothing": b"",
    "a moving picture": makers.picture("GIF"),
}


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_is_not_on_the_list_is_refused_with_a_sentence(what):
    with pytest.raises(Refused) as refused:
        recognise(DANGEROUS[what], "undangan.pdf")

    assert refused.value.messages[0].endswith(".")


def test_a_package_that_unfolds_into_a_mountain_is_refused():
    bomb = makers.xlsx(**{"xl/sharedStrings2.xml": bytes(recognition.MAX_UNPACKED_BYTES)})
    assert len(bomb) < 1_000_000

    with pytest.raises(Refused, match="terlalu besar setelah dibuka"):
        recognise(bomb, "anggaran.xlsx")


def test_a_package_of_countless_parts_is_refused():
    bomb = makers.package({f"part{n}": b"" for n in range(recognition.MAX_PACKED_PARTS + 1)})

    with pytest.raises(Refused, match="terlalu besar setelah dibuka"):
        recognise(bomb, "anggaran.xlsx")


def test_a_place_for_pictures_takes_no_papers():
    with pytest.raises(Refused, match="Kirim JPG, PNG, atau WEBP"):
        recognise(makers.pdf(), "foto.jpg", IMAGES)


def test_the_accepted_kinds_read_as_a_sentence():
    assert accepted_words({recognition.PDF}) == "PDF"
    assert accepted_words({recognition.PDF, recognition.PNG}) == "PDF atau PNG"


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_whatever_bytes_come_they_are_known_or_refused(content):
    with contextlib.suppress(Refused):
        assert recognise(content, "apa.csv") in DOCUMENTS
