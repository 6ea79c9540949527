import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from attendance.sheet import (
    Field,
    Footer,
    Letterhead,
    Paper,
    Recap,
    Row,
    Sheet,
    Signatory,
    SignatureGroup,
    as_xlsx,
)
from partisipasi.printed import plain
from tests.attendance.sheets import AT, make_sheet
from tests.hostile import HOSTILE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lines(sheet: Sheet) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(sheet, at=AT)))
    return book.get_sheet_by_index(0).to_python()


def worksheet(sheet: Sheet) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(sheet, at=AT))) as archive:
        return ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 our own file


def table(sheet: Sheet) -> list[list[object]]:
    """The rows under the head of the table, up to the recap."""
    found = lines(sheet)
    head = next(place for place, line in enumerate(found) if line[0] == sheet.columns[0].heading)
    return found[head + 1 : head + 1 + len(list(sheet.rows))]


def test_the_spreadsheet_tells_what_the_paper_tells():
    told = [str(line[0]) for line in lines(make_sheet())]

    for part in (
        "PEMERINTAH KABUPATEN KALISARI", "DESA MERGOSARI", "DAFTAR HADIR", "Tempat: Balai Desa Mergosari",
        "MUSYAWARAH DESA PEMBAHASAN RKP DESA TAHUN 2025", "Mergosari, 22 Desember 2023",
        "Jumlah hadir: 3 orang (L: 1, P: 2) dari 90 undangan",
        "Mengetahui, Kepala Desa Mergosari Sutrisno NIPD 3303 01",
    ):  # fmt: skip
        assert part in told


def test_numbers_are_numbers_and_people_stand_in_order():
    assert [line[:3] for line in table(make_sheet(12))] == [
        [number, f"Peserta {number}", f"Unsur {number}"] for number in range(1, 13)
    ]


def test_blank_rows_are_numbered_and_empty():
    assert table(make_sheet(1, blank_rows=2))[1:] == [[2, "", "", "", ""], [3, "", "", "", ""]]


def test_a_stand_in_is_shown_under_the_name():
    row = Row(1, {Field.NAME: "Siti Aminah"}, stands_for="Ketua RT 01")

    assert table(make_sheet(attendees=(row,)))[0][1] == "Siti Aminah\nmewakili Ketua RT 01"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_never_a_formula_or_a_link(text):
    sheet = make_sheet(
        letterhead=Letterhead(("Desa", text), text),
        subtitle=text,
        attendees=(Row(1, {Field.NAME: text, Field.ROLE: text}),),
        recap=Recap(remark=text),
        place=text,
        signatures=(SignatureGroup((Signatory(text, text, text),), text),),
        footer=Footer(text),
    )

    assert table(sheet)[0][1] == plain(text)
    page = worksheet(sheet)
    assert not list(page.iter(f"{MAIN}f"))
    assert not list(page.iter(f"{MAIN}hyperlink"))


def test_a_village_code_cannot_command_the_footer():
    footer = worksheet(make_sheet(footer=Footer("33&R&Z"))).find(f"{MAIN}headerFooter/{MAIN}oddFooter")

    assert footer is not None
    assert footer.text == "&L&8Kode desa 33&&R&&Z&R&8Halaman &P dari &N"


@pytest.mark.parametrize(
    ("paper", "size", "orientation"),
    [
        (Paper.A4, "9", "portrait"),
        (Paper.A4_LANDSCAPE, "9", "landscape"),
        (Paper.F4, "14", "portrait"),
        (Paper.F4_LANDSCAPE, "14", "landscape"),
    ],
)
def test_it_prints_on_the_paper_asked_for(paper, size, orientation):
    set_up = worksheet(make_sheet(paper=paper)).find(f"{MAIN}pageSetup")

    assert set_up is not None
    assert (set_up.get("paperSize"), set_up.get("orientation")) == (size, orientation)


def test_the_head_stays_in_sight_and_is_printed_on_every_page():
    content = as_xlsx(make_sheet(), at=AT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    pane = worksheet(make_sheet()).find(f".//{MAIN}pane")

    (line,) = re.findall(r"'Daftar Hadir'!\$(\d+):\$\1</definedName>", book)
    assert pane is not None
    assert pane.get("ySplit") == line
    assert lines(make_sheet())[int(line) - 1] == ["No.", "Nama", "Unsur/Jabatan", "Alamat", "Tanda Tangan"]


def test_a_sheet_of_nobody_says_so():
    assert ["Belum ada yang tercatat hadir.", "", "", "", ""] in lines(make_sheet(0))
