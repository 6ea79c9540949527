"""The sheet as a page: the same eight parts, in real elements, and nothing people typed becomes markup."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from attendance.sheet import Field, Footer, Letterhead, Recap, Row, Sheet, Signatory, SignatureGroup, as_css
from partisipasi.printed import plain
from partisipasi.village.models import Village
from tests.attendance.sheets import NOTICE, make_sheet
from tests.hostile import HOSTILE


def page(sheet: Sheet) -> ElementTree.Element:
    """The partial as a tree; it is well-formed but for its void elements."""
    html = render_to_string("attendance/_sheet.html", {"sheet": sheet, "village": Village()})
    return ElementTree.fromstring(html.strip().replace("<br>", "<br/>"))  # noqa: S314 our own page


def told(element: ElementTree.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def of_class(sheet_page: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in sheet_page.iter() if name in element.get("class", "").split()]


def test_all_eight_parts_stand_on_the_page_from_top_to_bottom():
    text = told(page(make_sheet()))

    order = [
        "PEMERINTAH KABUPATEN KALISARI", "DESA MERGOSARI", "DAFTAR HADIR", "MUSYAWARAH DESA PEMBAHASAN",
        "Hari/Tanggal Jumat, 22 Desember 2023", "Tempat Balai Desa Mergosari",
        "No. Nama Unsur/Jabatan Alamat Tanda Tangan", "1 Peserta 1 Unsur 1 Dusun Krajan 1. 2 Peserta 2",
        "Jumlah hadir: 3 orang (L: 1, P: 2) dari 90 undangan", "Mergosari, 22 Desember 2023", "Notulis",
        "Rina Wulandari", "Mengetahui,", "Sutrisno", NOTICE, "Kode desa 33.03.14.2005",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_odd_numbers_sign_at_the_left_and_even_ones_at_the_right():
    sheet_page = page(make_sheet(5))

    assert [told(cell) for cell in of_class(sheet_page, "sign-left")] == ["1.", "3.", "5."]
    assert [told(cell) for cell in of_class(sheet_page, "sign-right")] == ["2.", "4."]


def test_the_last_two_rows_stay_with_the_signatures():
    (end,) = of_class(page(make_sheet(5)), "sheet-end")

    assert [told(row).split(" Unsur")[0] for row in end.findall("tr")[:2]] == ["4 Peserta 4", "5 Peserta 5"]
    assert "Jumlah hadir" in told(end.findall("tr")[2])


def test_the_table_has_a_head_that_names_its_columns():
    heads = page(make_sheet()).findall(".//thead/tr/th")

    assert [head.text for head in heads] == ["No.", "Nama", "Unsur/Jabatan", "Alamat", "Tanda Tangan"]
    assert {head.get("scope") for head in heads} == {"col"}


def test_a_sheet_of_nobody_says_so():
    (nobody,) = of_class(page(make_sheet(0)), "sheet-nobody")

    assert (told(nobody), nobody.get("colspan")) == ("Belum ada yang tercatat hadir.", "5")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_text_on_the_page(text):
    sheet = make_sheet(
        letterhead=Letterhead(("Desa", text), text, text),
        subtitle=text,
        attendees=(Row(1, {Field.NAME: text, Field.ROLE: text}, stands_for=text),),
        recap=Recap(remark=text),
        place=text,
        signatures=(SignatureGroup((Signatory(text, text, text),), text),),
        footer=Footer(text, text, text),
    )

    sheet_page = page(sheet)

    (name,) = of_class(sheet_page, "col-name")[1:]
    assert (name.text or "") == plain(text)
    assert not [
        element for element in sheet_page.iter() if element.tag in {"script", "img", "b", "i", "svg:svg"}
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_edges_of_a_printed_page_hold_one_string_each(text):
    css = as_css(make_sheet(subtitle=text, footer=Footer(text)))

    assert css.count('"') == 4
    assert not set("<>;{}'\n") & set("".join(css.split('"')[1::2]))


def test_the_head_of_later_pages_keeps_its_spaces():
    assert '"Daftar Hadir \\2013  Rapat BPD"' in as_css(make_sheet(subtitle="Rapat BPD"))
