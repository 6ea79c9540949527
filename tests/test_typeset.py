from datetime import UTC, datetime

import pytest

from partisipasi import typeset as typesetting
from partisipasi.typeset import NotTypesettable, typeset

AT = datetime(2023, 12, 22, 4, 30, tzinfo=UTC)


@pytest.fixture
def template(tmp_path):
    def written(markup):
        path = tmp_path / "paper.typ"
        path.write_text(
            '#set document(title: "Surat")\n#let paper = json(bytes(sys.inputs.paper))\n' + markup
        )
        return path

    return written


def test_what_is_put_into_a_paper_is_text(template, tmp_path):
    pdf = typeset(template("#paper.name"), {"name": '#read("/etc/passwd") *tebal*'}, at=AT)

    assert pdf.startswith(b"%PDF-")
    assert pdf == typeset(tmp_path / "paper.typ", {"name": '#read("/etc/passwd") *tebal*'}, at=AT)


def test_a_paper_is_fit_for_archives_and_screen_readers(template):
    pdf = typeset(template("#paper"), "Undangan", at=AT)

    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_letters_that_the_type_lacks_do_not_stop_a_paper(template):
    assert b"<pdfaid:" not in typeset(template("#paper"), "ꦱꦸꦥꦂꦤ", at=AT)


def test_a_refusal_tells_its_reason(template):
    with pytest.raises(NotTypesettable, match="berkas rusak"):
        typeset(template("#panic(paper)"), "berkas rusak", at=AT)


def test_a_paper_that_never_ends_is_given_up(template, monkeypatch):
    monkeypatch.setattr(typesetting, "LIMIT", 0.5)

    with pytest.raises(NotTypesettable, match="not ready"):
        typeset(template("#for a in range(100000) { for b in range(100000) {} }"), "", at=AT)
