import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partisipasi.files.names import safe_name


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("Daftar Hadir.pdf", "Daftar Hadir.pdf"),
        ("Daftar Hadir.PDF", "Daftar Hadir.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\surat\\undangan.pdf", "undangan.pdf"),
        ("undangan.pdf.exe", "undangan.pdf.exe.pdf"),
        ('a"; filename="b.html', "a filename= b.html.pdf"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie x=1.pdf"),
        ("surat\u202efdp.exe", "suratfdp.exe.pdf"),
        ("<script>alert(1)</script>", "script.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("Notulén — rapat.pdf", "Notulén — rapat.pdf"),
    ],
)
def test_a_hostile_name_becomes_harmless(hostile, harmless):
    assert safe_name(hostile, ".pdf") == harmless


@given(st.text(max_size=300))
def test_no_name_breaks_out(name):
    safe = safe_name(name, ".pdf")

    assert safe.endswith(".pdf")
    assert 4 < len(safe) <= 104
    assert not set(safe) & set('/\\"<>|;%:*?')
    assert not any(unicodedata.category(letter)[0] == "C" for letter in safe)
