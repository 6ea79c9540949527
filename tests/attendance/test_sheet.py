import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attendance.sheet import Column, Field, Paper, Recap, Row, Signatory, SignatureGroup
from attendance.sheet.columns import spread
from partisipasi.printed import BREAK, fitted, plain
from tests.attendance.sheets import make_sheet, printed

anything = st.text(max_size=60)
kepala_desa, ketua_bpd, notulis = (Signatory(role) for role in ("Kepala Desa", "Ketua BPD", "Notulis"))


def blocks(*groups: SignatureGroup, paper: Paper = Paper.A4) -> list[tuple[str, list[tuple[str, str]]]]:
    lines = make_sheet(signatures=groups, paper=paper).signature_lines
    return [(line.heading, [(block.over, block.role) for block in line.blocks]) for line in lines]


def test_rows_stand_in_the_order_of_the_columns():
    row = Row(
        7, {Field.ADDRESS: "Krajan", Field.NAME: "Tumini", Field.PHONE: "0812"}, stands_for="Ketua RT 01"
    )
    (printed_row,) = make_sheet(
        fields=(Field.NUMBER, Field.NAME, Field.ADDRESS, Field.SIGNATURE), attendees=(row,)
    ).rows

    assert [cell.text for cell in printed_row.cells] == ["7", "Tumini", "Krajan", "7."]
    assert [cell.note for cell in printed_row.cells] == ["", "mewakili Ketua RT 01", "", ""]
    assert printed_row.is_odd


@given(st.lists(st.sampled_from(list(Field)), min_size=1, unique=True), st.sampled_from(list(Paper)))
def test_columns_always_fill_the_paper(fields, paper):
    widths = spread([Column.of(field) for field in fields], paper.text_width)

    assert sum(widths) == pytest.approx(paper.text_width)
    assert all(width > 0 for width in widths)


def test_narrow_columns_stay_narrow_on_wide_paper():
    portrait, landscape = make_sheet(), make_sheet(paper=Paper.F4_LANDSCAPE)

    assert landscape.column_widths[0] == pytest.approx(portrait.column_widths[0], rel=0.02)
    assert landscape.column_widths[1] > portrait.column_widths[1] * 1.5


def test_one_who_signs_alone_stands_at_the_right_under_place_and_date():
    assert blocks(SignatureGroup((kepala_desa,))) == [
        ("", [("", ""), ("Mergosari, 22 Desember 2023", "Kepala Desa")])
    ]


def test_who_prepared_the_paper_and_who_has_seen_it_share_a_line():
    assert blocks(SignatureGroup((notulis,)), SignatureGroup((kepala_desa,), "Mengetahui,")) == [
        ("", [("Mengetahui,", "Kepala Desa"), ("Mergosari, 22 Desember 2023", "Notulis")])
    ]


def test_two_groups_stand_one_above_the_other():
    groups = SignatureGroup((ketua_bpd, notulis)), SignatureGroup((kepala_desa, ketua_bpd), "Mengetahui,")

    assert blocks(*groups) == [
        ("", [("", "Ketua BPD"), ("Mergosari, 22 Desember 2023", "Notulis")]),
        ("Mengetahui,", [("", "Kepala Desa"), ("", "Ketua BPD")]),
    ]


def test_those_without_a_heading_stand_together_above_those_who_have_seen_the_paper():
    groups = (
        SignatureGroup((ketua_bpd, notulis)),
        SignatureGroup((kepala_desa,), "Mengetahui,"),
        SignatureGroup(()),
        SignatureGroup((Signatory("Wakil Masyarakat"),)),
    )

    assert blocks(*groups) == [
        ("", [("", "Ketua BPD"), ("", "Notulis"), ("Mergosari, 22 Desember 2023", "Wakil Masyarakat")]),
        ("Mengetahui,", [("", ""), ("", "Kepala Desa")]),
    ]


def test_place_and_date_stand_above_a_heading():
    assert blocks(SignatureGroup((kepala_desa, ketua_bpd), "Mengetahui,")) == [
        ("", [("", ""), ("Mergosari, 22 Desember 2023", "")]),
        ("Mengetahui,", [("", "Kepala Desa"), ("", "Ketua BPD")]),
    ]


@pytest.mark.parametrize(
    ("count", "portrait", "landscape"),
    [
        (2, [2], [2]),
        (3, [3], [3]),
        (4, [2, 2], [4]),
        (5, [3, 2], [3, 2]),
        (6, [3, 3], [3, 3]),
        (10, [3, 3, 3, 2], [4, 4, 2]),
    ],
)
def test_many_sign_in_lines_of_equal_length(count, portrait, landscape):
    group = SignatureGroup((kepala_desa,) * count)

    assert [len(line) for _, line in blocks(group)] == portrait
    assert [len(line) for _, line in blocks(group, paper=Paper.A4_LANDSCAPE)] == landscape


@pytest.mark.parametrize(
    ("recap", "line"),
    [
        (Recap(1250, 650, 600, 1300), "Jumlah hadir: 1.250 orang (L: 650, P: 600) dari 1.300 undangan"),
        (Recap(60, 30, 25, 90), "Jumlah hadir: 60 orang (L: 30, P: 25, tidak dicatat: 5) dari 90 undangan"),
        (Recap(0, 0, 0, 0), "Jumlah hadir: 0 orang (L: 0, P: 0) dari 0 undangan"),
        (Recap(40, by_invitation=False, counts_sex=False), "Jumlah hadir: 40 orang"),
        (
            Recap(invited=90),
            "Jumlah hadir: ............ orang (L: ............, P: ............) dari 90 undangan",
        ),
    ],
)
def test_the_recap_says_what_is_known_and_leaves_the_rest_to_the_pen(recap, line):
    assert recap.line == line


@pytest.mark.parametrize("wrong", [{"columns": ()}, {"blank_rows": -1}])
def test_a_sheet_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="A sheet"):
        make_sheet(**wrong)


@given(anything)
def test_plain_text_is_one_line_without_tricks_and_plain_already(text):
    tidy = plain(text)

    assert tidy == plain(tidy) == " ".join(tidy.split())
    assert not set(tidy) & set(
        map(chr, [*range(32), *range(127, 160), *range(0xD800, 0xE000), 0x202E, 0x2066, 0xFFFE])
    )
    assert [c for c in tidy if c.isascii() and c.isalnum()] == [
        c for c in plain(text) if c.isascii() and c.isalnum()
    ]


@given(anything, st.floats(min_value=1, max_value=50))
def test_fitting_adds_nothing_but_places_to_break(text, room):
    tidy = plain(text).replace(BREAK, "")
    fit = fitted(tidy, room, 2).replace(BREAK, "")

    assert fit == tidy or (fit.endswith("…") and tidy.startswith(fit[:-1]))


def test_ordinary_words_are_never_broken():
    assert fitted("Perwakilan kelompok pemerhati dan perlindungan anak", 8, 9).count(BREAK) == 0
    assert fitted("Unsur/Jabatan", 4.5, 3) == f"Unsur/{BREAK}Jabatan"
    assert fitted("Krtnaraja" * 5, 10, 9).count(BREAK) == 44


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5), st.sampled_from(list(Paper)))
@example(["00000005‹@¡¡¡¡¡¡"], Paper.F4)
def test_any_text_can_be_printed(names, paper):
    rows = tuple(Row(n, {Field.NAME: name, Field.ROLE: f"urut{n}."}) for n, name in enumerate(names, 1))
    sheet = printed(make_sheet(attendees=rows, paper=paper))

    places = [sheet.find_within(f"urut{number}.") for number in range(1, len(names) + 1)]
    assert sorted((page, word["top"]) for page, word in places) == [
        (page, word["top"]) for page, word in places
    ]


def test_describing_a_sheet_loads_nothing_that_only_printing_needs():
    heavy = "import sys, attendance.sheet; print({'typst', 'xlsxwriter', 'django', 'num2words'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "set()"
