"""The sheet as Chromium prints it."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path as File

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Page

from attendance.sheet import Paper, Sheet, as_css
from partisipasi.residents.models import Role
from partisipasi.village.models import Village
from tests import factories
from tests.attendance import sheets
from tests.attendance.factories import make_activity, make_attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# In the order of base.html.
STYLES = (
    "bootstrap/bootstrap-reboot.min.css",
    "css/tokens.css",
    "css/page.css",
    "css/parts.css",
    "css/print.css",
    "css/sheet.css",
)
Print = Callable[[Sheet], sheets.Printout]


def style(name: str) -> str:
    content = File(str(finders.find(name))).read_text()
    return f"@media print {{ {content} }}" if name == "css/print.css" else content


@pytest.fixture
def printed(page: Page) -> Print:
    def print_sheet(sheet: Sheet) -> sheets.Printout:
        village = Village()
        page.set_content(
            f"<main>{render_to_string('attendance/_sheet.html', {'sheet': sheet, 'village': village})}</main>"
        )
        for name in STYLES:
            page.add_style_tag(content=style(name))
        page.add_style_tag(content=as_css(sheet))
        return sheets.Printout(page.pdf(prefer_css_page_size=True))

    return print_sheet


@pytest.mark.parametrize(
    ("paper", "width", "height"),
    [
        (Paper.A4, 210, 297),
        (Paper.A4_LANDSCAPE, 297, 210),
        (Paper.F4, 215, 330),
        (Paper.F4_LANDSCAPE, 330, 215),
    ],
)
def test_a_printed_sheet_keeps_rows_whole_heads_repeated_and_signatures_together(
    printed, paper, width, height
):
    printout = printed(sheets.make_sheet(40, paper=paper))

    last = len(printout.pages) - 1
    assert last >= 2
    assert re.findall(r"Peserta (\d+)", printout.text) == [str(number) for number in range(1, 41)]
    for place, text in enumerate(printout.texts):
        assert "Nama Unsur/Jabatan Alamat Tanda Tangan" in text
        assert f"Halaman {place + 1} dari {last + 1}" in text
        assert "Kode desa 33.03.14.2005" in text
        assert ("KECAMATAN WANADADI" in text) == (place == 0)
        assert ("Daftar Hadir – Musyawarah Desa" in text) == (place > 0)
    for page in printout.pages:
        assert (page.width, page.height) == pytest.approx((width * 72 / 25.4, height * 72 / 25.4), abs=1.5)
    for part in (
        "Peserta 39",
        "Peserta 40",
        "Jumlah hadir",
        "Mergosari, 22 Desember 2023",
        "Suharto",
        "Sutrisno",
    ):
        assert printout.page_of(part) == last


def test_a_pen_has_the_same_room_as_in_the_pdf(printed):
    printout = printed(sheets.make_sheet(0, blank_rows=6))

    places = [printout.find(f"{number}.")[1] for number in range(1, 7)]
    heights = {round((below["top"] - above["top"]) * 25.4 / 72) for above, below in pairwise(places)}
    assert heights == {11}
    assert (
        places[0]["x0"]
        == places[2]["x0"]
        < printout.find("Tanda")[1]["x0"]
        < places[1]["x0"]
        == places[3]["x0"]
    )


def test_a_secretary_prints_the_sheet_and_nothing_else(page, village, sign_in, axe):
    village.code = "33.03.14.2005"
    village.save(update_fields=["code"])
    activity = make_activity()
    for number in range(1, 31):
        make_attendance(activity, name=f"Peserta {number}", address="Jalan Melati 1")
    sign_in(page, factories.make_official(Role.SECRETARY))

    page.goto(f"/kegiatan/{activity.pk}/daftar-hadir/cetak/?kertas=f4&arah=mendatar")
    axe(page)
    printout = sheets.Printout(page.pdf(prefer_css_page_size=True))

    assert re.findall(r"Peserta (\d+)", printout.text) == [str(number) for number in range(1, 31)]
    assert (printout.pages[0].width, printout.pages[0].height) == pytest.approx((935.4, 609.4), abs=1.5)
    for place, text in enumerate(printout.texts):
        assert "Kode desa 33.03.14.2005" in text
        assert f"Halaman {place + 1} dari {len(printout.pages)}" in text
        assert not set(text.split()) & {"Keluar", "Unduh", "Tampilkan", "Aspirasi"}
    assert village.full_name.upper() in printout.texts[0].upper()
    assert "KECAMATAN" not in " ".join(printout.texts[1:]).upper()
