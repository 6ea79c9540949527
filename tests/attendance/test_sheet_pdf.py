import re
from itertools import pairwise

import pytest

from attendance.sheet import (
    Column,
    Field,
    Footer,
    Letterhead,
    Paper,
    Recap,
    Row,
    Signatory,
    SignatureGroup,
    as_pdf,
)
from attendance.sheet.columns import OF_MONEY
from partisipasi.typeset import NotTypesettable
from tests.attendance.sheets import AT, NOTICE, USUAL, Printout, make_sheet, printed
from tests.hostile import HOSTILE


def test_all_eight_parts_stand_on_the_paper_from_top_to_bottom():
    text = printed(make_sheet()).text

    order = [
        "PEMERINTAH KABUPATEN KALISARI", "KECAMATAN WANADADI", "DESA MERGOSARI", "Jalan Raya Mergosari Nomor 1",
        "DAFTAR HADIR", "MUSYAWARAH DESA PEMBAHASAN RKP DESA TAHUN 2025",
        "Hari/Tanggal : Jumat, 22 Desember 2023", "Waktu : Pukul 09.00 WIB s.d. selesai",
        "Tempat : Balai Desa Mergosari", "Acara : Pembahasan RKP Desa",
        "No. Nama Unsur/Jabatan Alamat Tanda Tangan", "Peserta 1", "Peserta 2", "Peserta 3",
        "Jumlah hadir: 3 orang (L: 1, P: 2) dari 90 undangan",
        "Mergosari, 22 Desember 2023",
        "Pimpinan Musyawarah Notulis", "Suharto Rina Wulandari", "Mengetahui,",
        "Kepala Desa Mergosari Ketua BPD", "Sutrisno", "NIPD 3303 01",
        NOTICE, "Catatan publik: nomor 1.204, 9f86d081884c7d65", "Kode desa 33.03.14.2005", "Halaman 1 dari 1",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("paper", "width", "height"),
    [
        (Paper.A4, 210, 297),
        (Paper.A4_LANDSCAPE, 297, 210),
        (Paper.F4, 215, 330),
        (Paper.F4_LANDSCAPE, 330, 215),
    ],
)
@pytest.mark.parametrize("count", [0, 40])
def test_each_paper_has_its_size_and_holds_all_of_it(paper, width, height, count):
    sheet = printed(make_sheet(count, paper=paper))

    for page in sheet.pages:
        assert (page.width, page.height) == pytest.approx((width * 72 / 25.4, height * 72 / 25.4), abs=0.1)
        assert all(char["x0"] > 0 and char["x1"] < page.width for char in page.chars)
        assert all(char["top"] > 0 and char["bottom"] < page.height for char in page.chars)


@pytest.mark.parametrize("count", [0, 1, 10, 120])
def test_everyone_stands_once_in_order_under_a_repeated_head(count):
    paper = printed(make_sheet(count))

    names = re.findall(r"Peserta (\d+)", paper.text)
    assert names == [str(number) for number in range(1, count + 1)]
    assert all(text.count("No. Nama Unsur/Jabatan Alamat Tanda Tangan") == 1 for text in paper.texts)
    assert all(f"Halaman {page} dari {len(paper.pages)}" in text for page, text in enumerate(paper.texts, 1))


def test_two_thousand_people_fit():
    paper = printed(make_sheet(2000))

    some = [paper.texts[page] for page in (0, 40, 80)] + [paper.texts[-1]]
    names = [int(number) for text in some for number in re.findall(r"Peserta (\d+)", text)]
    assert names == sorted(set(names))
    assert (names[0], names[-1]) == (1, 2000)
    assert "Jumlah hadir: 2.000 orang (L: 1.000, P: 1.000) dari 90 undangan" in some[-1]
    assert f"Halaman 81 dari {len(paper.pages)}" in some[2]


def test_the_letterhead_stands_on_the_first_page_alone_and_later_ones_say_whose_they_are():
    paper = printed(make_sheet(40))

    assert paper.page_of("KECAMATAN WANADADI") == 0
    assert "Daftar Hadir – Musyawarah Desa Pembahasan RKP Desa Tahun 2025" not in paper.texts[0]
    for text in paper.texts[1:]:
        assert text.startswith(
            "Daftar Hadir – Musyawarah Desa Pembahasan RKP Desa Tahun 2025 Jumat, 22 Desember 2023"
        )


@pytest.mark.parametrize("paper", list(Paper))
def test_no_row_is_split_between_pages(paper):
    long_address = "Perumahan Griya Asri Blok C Nomor 12 Jalan Melati Dusun Krajan Timur RT 001 RW 002"
    rows = tuple(
        Row(number, {Field.NAME: f"Peserta{number}", Field.ADDRESS: f"{long_address} ujung{number}."})
        for number in range(1, 41)
    )
    printout = printed(make_sheet(attendees=rows, paper=paper))

    for number in range(1, 41):
        pages = {printout.find(f"Peserta{number}")[0], printout.find(f"ujung{number}.")[0]}
        assert len(pages) == 1


def test_a_row_is_high_enough_for_a_pen():
    paper = printed(make_sheet(0, blank_rows=12))

    tops = [paper.find(f"{number}.")[1]["top"] for number in range(1, 7)]
    heights = [(below - above) * 25.4 / 72 for above, below in pairwise(tops)]
    assert all(10 <= height <= 12 for height in heights)


def test_odd_numbers_sign_at_the_left_and_even_ones_at_the_right():
    paper = printed(make_sheet(4))

    odd = {round(paper.find(f"{number}.")[1]["x0"]) for number in (1, 3)}
    even = {round(paper.find(f"{number}.")[1]["x0"]) for number in (2, 4)}
    heading = paper.find("Tanda")[1]
    assert len(odd) == len(even) == 1
    assert odd.pop() < heading["x0"] < even.pop()


def test_a_stand_in_is_shown_as_such():
    row = Row(1, {Field.NAME: "Siti Aminah"}, stands_for="Ketua RT 01")

    assert "mewakili Ketua RT 01" in printed(make_sheet(attendees=(row,))).text


def test_an_empty_sheet_has_numbered_rows_and_dots_for_the_pen():
    paper = printed(make_sheet(0, blank_rows=30, recap=Recap(invited=90), day=None))

    assert re.findall(r"^(\d+)\.", paper.text, re.M) == [str(number) for number in range(1, 31)]
    assert re.search(r"Jumlah hadir: \.{8,} orang \(L: \.{8,}, P: \.{8,}\) dari 90 undangan", paper.text)
    assert re.search(r"Mergosari, \.{20,}", paper.text)


def test_blank_rows_go_on_counting_after_the_last_who_came():
    paper = printed(make_sheet(3, blank_rows=2))

    assert re.findall(r"^(\d)\.$", paper.text, re.M) == ["1", "2", "3", "4", "5"]


def test_a_sheet_of_nobody_says_so():
    assert "Belum ada yang tercatat hadir." in printed(make_sheet(0)).text


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("count", [1, 2, 9, 12, 15])
def test_the_last_rows_recap_and_signatures_share_a_page(paper, count):
    printout = printed(make_sheet(count, paper=paper))

    last = len(printout.pages) - 1
    for part in (
        f"Peserta {count}",
        "Jumlah hadir",
        "Mergosari, 22 Desember 2023",
        "Rina Wulandari",
        "Sutrisno",
    ):
        assert part in printout.texts[last]


@pytest.mark.parametrize("paper", list(Paper))
def test_all_who_sign_for_a_musyawarah_desa_share_the_last_page(paper):
    signatures = (
        SignatureGroup((Signatory("Pimpinan Musyawarah", "Suharto"), Signatory("Notulis", "Rina"))),
        SignatureGroup(
            (Signatory("Kepala Desa", "Sutrisno", "NIP 1"), Signatory("Ketua BPD", "Suharto")), "Mengetahui,"
        ),
        SignatureGroup((Signatory("Wakil Masyarakat"),)),
    )
    remark = "Kursi undangan terisi 55 dari 90, 3 di antaranya diwakili. Hadir tanpa undangan: 5 orang."
    printout = printed(
        make_sheet(30, paper=paper, signatures=signatures, recap=Recap(60, 30, 30, 90, remark=remark))
    )

    last = len(printout.pages) - 1
    for part in (
        "Peserta 29",
        "Peserta 30",
        "Jumlah hadir",
        "Hadir tanpa undangan",
        "Wakil Masyarakat",
        "Rina",
        "NIP 1",
    ):
        assert printout.page_of(part) == last


def test_there_is_room_for_a_signature_and_a_stamp():
    paper = printed(make_sheet())

    role, name = paper.find("Notulis")[1], paper.find("Rina")[1]
    assert 20 <= (name["top"] - role["bottom"]) * 25.4 / 72 <= 25
    assert "Bold" in next(char for char in paper.pages[0].chars if char["top"] >= name["top"] - 1)["fontname"]


def test_many_signatories_go_on_to_the_next_page_whole():
    crowd = SignatureGroup(tuple(Signatory(f"Wakil{n}", f"Nama{n}") for n in range(1, 25)), "Mengetahui,")
    paper = printed(make_sheet(signatures=(crowd,)))

    for number in range(1, 25):
        assert paper.find(f"Wakil{number}")[0] == paper.find(f"Nama{number}")[0]
        bottom = paper.find(f"Nama{number}")[1]["bottom"]
        assert bottom < paper.pages[0].height - 24 * 72 / 25.4


def test_a_paper_without_signatories_still_has_its_place_and_date():
    assert "Mergosari, 22 Desember 2023" in printed(make_sheet(signatures=())).text


def test_the_file_tells_its_title_village_language_and_moment():
    document = printed(make_sheet()).document

    assert document.metadata["Title"] == "Daftar Hadir – Musyawarah Desa Pembahasan RKP Desa Tahun 2025"
    assert document.metadata["Author"] == "DESA MERGOSARI"
    assert document.metadata["CreationDate"].startswith("D:20231222043000")
    assert document.doc.catalog["Lang"] == b"id-ID"
    assert document.doc.catalog["MarkInfo"]["Marked"]


def standards(pdf: bytes) -> tuple[bool, bool]:
    """Whether it says of itself that it is fit for archives, and for screen readers."""
    return b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf, b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.parametrize(
    "sheet", [make_sheet(30), make_sheet(0), make_sheet(0, blank_rows=9), make_sheet(9, USUAL[:2])]
)
def test_the_file_is_fit_for_archives_and_screen_readers(sheet):
    assert standards(as_pdf(sheet, at=AT)) == (True, True)


def test_a_name_in_letters_that_the_type_lacks_is_printed_all_the_same():
    pdf = as_pdf(make_sheet(attendees=(Row(1, {Field.NAME: "ꦱꦸꦥꦂꦤ", Field.ROLE: "Sesepuh"}),)), at=AT)

    assert standards(pdf) == (False, False)
    assert "Sesepuh" in Printout(pdf).text


def test_the_same_description_gives_the_same_bytes():
    assert as_pdf(make_sheet(20), at=AT) == as_pdf(make_sheet(20), at=AT)


def test_a_logo_stands_at_the_left_of_the_letterhead():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    letterhead = Letterhead(("Kecamatan Wanadadi", "Desa Mergosari"), logo=svg)

    plain, with_logo = (
        printed(make_sheet(letterhead=Letterhead(letterhead.lines))),
        printed(make_sheet(letterhead=letterhead)),
    )

    assert len(with_logo.pages[0].curves) == len(plain.pages[0].curves) + 1
    assert with_logo.pages[0].curves[0]["x1"] < with_logo.find("WANADADI")[1]["x0"]


def test_a_logo_that_is_no_picture_is_refused_with_a_reason():
    with pytest.raises(NotTypesettable, match="image"):
        as_pdf(make_sheet(letterhead=Letterhead(("Desa Mergosari",), logo=b"MZ\x90\x00")), at=AT)


ASKED = [field for field in Field if field not in OF_MONEY]


def test_many_columns_are_set_smaller_but_never_too_small():
    def size_of_entries(fields):
        page = printed(make_sheet(1, fields=fields)).pages[0]
        return {char["size"] for word in page.search("Krajan") for char in word["chars"]}.pop()

    assert size_of_entries(USUAL) == pytest.approx(10.5, abs=0.1)
    assert 9.5 < size_of_entries((*USUAL, Field.SEX)) < 10.5
    assert size_of_entries(ASKED) == pytest.approx(9, abs=0.1)


def test_every_column_can_stand_on_one_paper():
    fields = ASKED
    values = {field: f"isi{place}" for place, field in enumerate(fields)}
    paper = printed(make_sheet(fields=fields, attendees=(Row(1, values),), paper=Paper.F4_LANDSCAPE))

    for place, field in enumerate(fields):
        if field not in {Field.NUMBER, Field.SIGNATURE}:
            paper.find(f"isi{place}")


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_type_stays_in_its_place_on_the_paper(text):
    sheet = make_sheet(
        letterhead=Letterhead(("Kecamatan", text), text, text),
        subtitle=text,
        attendees=(
            Row(1, {Field.NAME: text, Field.ROLE: text, Field.ADDRESS: text}, stands_for=text),
            *make_sheet().attendees[1:],
        ),
        columns=(*make_sheet().columns, Column.of(Field.SEX, text)),
        recap=Recap(remark=text),
        place=text,
        signatures=(SignatureGroup((Signatory(text, text, text),), text),),
        footer=Footer(text, text, text),
    )

    paper = printed(sheet)

    assert paper.page_of("Peserta 2") <= paper.page_of("Peserta 3")
    assert all("Halaman" in page for page in paper.texts)
    for page in paper.pages:
        assert all(char["x1"] <= page.width and char["bottom"] <= page.height for char in page.chars)


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "*tebal* _miring_", "$ x $", "<script>alert(1)</script>"]
)
def test_markup_is_printed_and_not_obeyed(text):
    sheet = make_sheet(attendees=(Row(1, {Field.NAME: text}),), columns=(Column.of(Field.NAME, width=100),))

    assert text in printed(sheet).text
