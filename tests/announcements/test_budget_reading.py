"""Budgets as villages type them: understood to the rupiah, or refused line by line."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from announcements.budget.codes import Codes, codes_of
from announcements.budget.reading import read_budget, read_sheets
from announcements.models import Budget
from partisipasi.ledger.models import Entry
from partisipasi.village.amounts import NoAmount, amount_of
from partisipasi.village.words import rupiah
from tests.announcements.factories import BUDGET_TABLE
from tests.seed import SHARED

FILES = sorted((SHARED / "data/apbdes").glob("*.xlsx"))
TITLES = [["ANGGARAN PENDAPATAN DAN BELANJA DESA"], ["TAHUN ANGGARAN 2025"]]
HEADING = ["KODE", "URAIAN", "ANGGARAN", "SUMBER DANA"]


def changed(row: int, column: int, cell) -> list:
    table = [list(each) for each in BUDGET_TABLE]
    table[row][column] = cell
    return table


def faults(table) -> list[str]:
    return [str(fault) for fault in read_budget(table).faults]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_budgets_of_two_villages_are_read_exactly(file, capsys):
    expected = json.loads(file.with_suffix("").with_suffix(".expected.json").read_text())

    call_command("import_budget", file, check=True)

    told = json.loads(capsys.readouterr().out)
    assert {key: told[key] for key in expected} == expected
    assert told["errors"] == []


def test_there_are_budgets_to_read():
    assert len(FILES) == 2


def test_a_small_budget():
    reading = read_budget(BUDGET_TABLE)

    assert not reading.faults
    assert reading.year == 2025
    assert (reading.income, reading.spending) == (Decimal("1000000.50"), Decimal("1200000.50"))
    assert (reading.financing_in, reading.financing_out, reading.remainder) == (200000, 0, 0)
    assert [line.activity for line in reading.details if line.section == "5"] == [("01", "01", "04")] * 2
    assert [line.fund for line in reading.details] == ["DDS", "DDS", "ADD", "SILPA"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (
            changed(6, 2, "1.300.000"),
            "Baris 7: “BIDANG PENYELENGGARAAN PEMERINTAHAN DESA” tertulis Rp1.300.000,00",
        ),
        (changed(10, 2, 1200000), "Baris 11: “JUMLAH BELANJA” tertulis Rp1.200.000,00"),
        (changed(4, 2, "sejuta"), "Baris 5: “sejuta” bukan jumlah rupiah."),
        (changed(8, 2, ""), "Baris 9: Jumlah “Alat tulis” kosong"),
        (changed(8, 2, "0,005"), "Baris 9: “0,005” bukan jumlah rupiah."),
        (changed(4, 0, "4.2.x"), "Baris 5: Kode “4.2.x” tidak dikenal."),
        (changed(12, 2, "100.000"), "Baris 14: “SILPA TAHUN BERJALAN” tertulis Rp0,00"),
        (changed(1, 0, "TAHUN INI"), "Tahun anggarannya tidak tertulis"),
        ([["Kode", "Nama"], ["1", "Siti"]], "Tidak ada baris judul"),
        ([*TITLES, HEADING], "tidak memuat satu rincian pun"),
        ([*TITLES, HEADING, ["5.2.1.01", "Alat tulis", 5, ""]], "tidak berada di bawah kegiatan"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(table, says):
    assert any(fault.startswith(says) or says in fault for fault in faults(table))


def test_spending_that_nothing_covers_is_no_budget():
    assert faults(BUDGET_TABLE[:11]) == ["Pendapatan dan pembiayaan kurang Rp200.000,00 dari belanja."]


def test_codes_without_their_zeros_are_told_apart_by_what_they_stand_under():
    table = [
        *TITLES,
        ["KODE REKENING", "", "", "", "URAIAN", "JUMLAH (Rp)"],
        [4, "", "", "", "PENDAPATAN", ""],
        [4, 2, 1, 1, "Dana Desa", 100],
        [5, "", "", "", "BELANJA", ""],
        [5, "", "", "", "BIDANG PENANGGULANGAN BENCANA", 100],
        [5, 3, "", "", "Sub Bidang Keadaan Mendesak", 100],
        [5, 3, 0, "", "Bantuan Langsung Tunai", 100],
        [5, 4, 1, 2, "BLT Dana Desa", 100],
    ]

    reading = read_budget(table)

    assert not reading.faults
    assert reading.by_first("5") == {"05": 100}
    assert [(line.account, line.activity) for line in reading.details if line.section == "5"] == [
        (("5", "4", "1", "02"), ("05", "03", "00"))
    ]


def test_an_amended_budget_is_what_it_became():
    table = [
        *TITLES,
        ["KODE", "URAIAN", "ANGGARAN", "", ""],
        ["", "", "SEBELUM PERUBAHAN", "SETELAH PERUBAHAN", "BERTAMBAH/(BERKURANG)"],
        ["4", "PENDAPATAN", "", "", ""],
        ["4.2.1.01", "Dana Desa", 100, 150, 50],
    ]

    assert read_budget(table).income == 150


def test_what_was_spent_stands_beside_what_was_planned():
    table = [
        *TITLES,
        ["KODE", "URAIAN", "ANGGARAN", "REALISASI", "LEBIH/(KURANG)"],
        ["4", "PENDAPATAN", 100, 90, "(10)"],
        ["4.2.1.01", "Dana Desa", 100, 90, "(10)"],
    ]

    line = read_budget(table).details[0]

    assert (line.amount, line.realised) == (100, 90)


def test_the_sheet_with_the_table_is_found_behind_a_cover():
    assert read_sheets([[["SAMPUL"], [""]], BUDGET_TABLE]).income == Decimal("1000000.50")
    assert "Tidak ada baris judul" in str(read_sheets([[]]).faults[0])


def test_what_is_no_table_at_all_is_said(village, tmp_path, capsys):
    file = tmp_path / "anggaran.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(CommandError, match="tidak ada yang disimpan"):
        call_command("import_budget", file)

    assert json.loads(capsys.readouterr().out)["errors"]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amounts_come_back_as_they_are_written(amount):
    assert amount_of(rupiah(amount, sen=True)) == amount
    assert amount_of(float(amount)) == amount


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,250,000.50", "1250000.50"),
        ("(Rp 49.444.000,54)", "-49444000.54"),
        ("1.000,-", "1000"),
        ("–", "0"),
        ("Rp. 12.000", "12000"),
        (0.1 + 0.2, "0.30"),
    ],
)
def test_other_ways_of_writing_amounts(cell, amount):
    assert amount_of(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "12.34.567", "#REF!", 0.123])
def test_what_is_no_amount(cell):
    with pytest.raises(NoAmount):
        amount_of(cell)


@pytest.mark.parametrize("words", ["5.1.1.01. [01.01.01]", "01.01.01 5.1.1.01", "01.01.01.5.1.1.01"])
def test_account_and_activity_in_one_cell(words):
    assert codes_of([words], is_spending=True) == Codes(("5", "1", "1", "01"), ("01", "01", "01"))


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=12), st.floats(allow_nan=False), st.integers()), max_size=6),
        max_size=12,
    )
)
def test_whatever_the_table_holds_it_is_a_budget_or_has_faults(rows):
    reading = read_budget([*TITLES, HEADING, *rows])

    assert reading.details or reading.faults


def test_the_command_keeps_and_publishes(village, capsys):
    call_command("import_budget", FILES[0], regulation="Peraturan Desa Nomor 4 Tahun 2023")

    budget = Budget.objects.get()
    assert (budget.year, budget.stage, budget.version) == (2024, "ditetapkan", 1)
    assert budget.remainder == 0
    assert budget.lines.filter(is_group=False).count() == 37
    assert Entry.objects.filter(kind="budget.published").count() == 1


def test_the_same_file_twice_is_one_budget(village, capsys):
    for _ in range(2):
        call_command("import_budget", FILES[0])

    assert Budget.objects.count() == 1
    assert Entry.objects.filter(kind="budget.published").count() == 1


def test_a_correction_needs_its_reason_and_keeps_what_was(village):
    Budget.objects.take_in(read_budget(BUDGET_TABLE), stage="ditetapkan").publish()
    other = read_budget(changed(9, 1, "Bahan bakar dan pelumas"))

    with pytest.raises(Exception, match="alasannya"):
        Budget.objects.take_in(other, stage="ditetapkan")
    second = Budget.objects.take_in(other, stage="ditetapkan", reason="Uraian tertukar")

    assert second.version == 2
    assert Budget.objects.count() == 2


def test_one_that_nobody_read_is_replaced(village):
    Budget.objects.take_in(read_budget(BUDGET_TABLE), stage="rancangan")
    Budget.objects.take_in(read_budget(changed(9, 1, "Pelumas")), stage="rancangan")

    assert Budget.objects.get().lines.filter(name="Pelumas").exists()


def test_with_faults_nothing_is_kept(village, tmp_path, capsys):
    file = tmp_path / "anggaran.csv"
    table = changed(6, 2, "1.300.000")
    file.write_text("\n".join(";".join(map(str, row)) for row in table))

    with pytest.raises(CommandError, match="tidak ada yang disimpan"):
        call_command("import_budget", file)

    assert json.loads(capsys.readouterr().out)["errors"][0]["line"] == 7
    assert not Budget.objects.exists()


def test_a_file_that_is_not_there(village):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        call_command("import_budget", Path("/tidak/ada.xlsx"))
