"""The look in a real Chromium: small screens, by night, by keyboard, without scripts, on paper."""

import pdfplumber
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = {"width": 320, "height": 640}
GAYA = "/tentang/gaya/"


def widest(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", GAYA, f"{GAYA}?name=&phone=abc", "/tidak-ada/", "/akun/"])
def test_every_part_is_clean_by_day_and_by_night(page, axe, scheme, address):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)

    axe(page)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("address", ["/", f"{GAYA}?name="])
def test_nothing_scrolls_sideways(page, width, address):
    page.set_viewport_size({"width": width, "height": 640})

    page.goto(address)

    assert widest(page) == width


def test_the_first_tab_leads_past_the_header(page):
    page.goto(GAYA)

    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Langsung ke isi"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_has_the_focus_is_framed(page):
    page.goto(GAYA)

    page.locator(".identity").focus()
    page.keyboard.press("Tab")

    frame = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "3px" in frame
    assert "rgb(196, 127, 0)" in frame


def test_targets_are_big_enough_for_a_thumb(page):
    page.set_viewport_size(SMALLEST)
    page.goto(GAYA)

    small = page.evaluate(
        """[...document.querySelectorAll('.btn, .tool, .doors a, .form-control, .form-select')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 40).map(e => e.className)"""
    )

    assert small == []


def test_a_table_becomes_labelled_rows_on_a_phone(page):
    page.set_viewport_size(SMALLEST)
    page.goto(GAYA)

    cell = page.locator(".table-stack td").first

    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Anggaran"'
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "grid"


def test_the_page_is_whole_without_scripts(browser, village, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()

    page.goto(GAYA)
    page.get_by_role("button", name="Periksa isian").click()

    assert page.get_by_role("link", name="Nama lengkap: Bidang ini tidak boleh kosong.").is_visible()
    context.close()


def test_paper_has_the_letterhead_and_no_navigation(page, tmp_path):
    page.goto(GAYA)

    page.pdf(path=tmp_path / "gaya.pdf", prefer_css_page_size=True)

    with pdfplumber.open(tmp_path / "gaya.pdf") as paper:
        first = paper.pages[0].extract_text()
        size = {(round(sheet.width), round(sheet.height)) for sheet in paper.pages}
    assert "PEMERINTAH KABUPATEN PURWASARI RAYA" in first
    assert "DESA SUKARAMAH" in first
    assert "Masuk" not in first
    assert "Beranda" not in first
    assert size == {(595, 842)}


@pytest.mark.parametrize(
    ("classes", "size"),
    [
        ("sheet", (595, 842)),
        ("sheet sheet-landscape", (842, 595)),
        ("sheet sheet-f4", (609, 935)),
        ("sheet sheet-f4 sheet-landscape", (935, 609)),
    ],
)
def test_a_sheet_has_the_size_and_turn_that_it_names(page, tmp_path, classes, size):
    page.goto(GAYA)
    page.evaluate(
        """classes => { document.body.className = 'paper'; const sheet = document.querySelector('.sheet');
        sheet.className = classes; document.querySelector('.content').replaceChildren(sheet); }""",
        classes,
    )

    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)

    with pdfplumber.open(tmp_path / "sheet.pdf") as paper:
        sizes = {(round(sheet.width), round(sheet.height)) for sheet in paper.pages}
        first, last = paper.pages[0].extract_text(), paper.pages[-1].extract_text()
    assert sizes == {size}
    assert "DAFTAR HADIR" in first
    assert f"Halaman 1 dari {len(paper.pages)}" in first
    assert "Sukaramah, 22 Desember 2023" in last, "place and date stay with the signatures"
