from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partisipasi.village import words

SMALL = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100,
}  # fmt: skip
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_aloud(spoken: str) -> int:
    """The number that a listener writes down: `in_words` turned round, by the grammar alone."""
    total = part = last = 0
    for word in spoken.replace("seribu", "satu ribu").split():
        if word in SMALL:
            part, last = part + last, SMALL[word]
        elif word == "belas":
            last += 10
        elif word == "puluh":
            last *= 10
        elif word == "ratus":
            last *= 100
        else:
            total, part, last = total + (part + last) * SCALES[word], 0, 0
    return total + part + last


def test_a_day_is_written_in_full():
    assert words.full_date(date(2023, 12, 22)) == "Jumat, 22 Desember 2023"
    assert words.full_date(date(2024, 2, 29)) == "Kamis, 29 Februari 2024"


def test_a_moment_is_told_by_the_clock_of_its_zone():
    moment = datetime(2023, 12, 22, 2, tzinfo=UTC)

    assert words.full_moment(moment, ZoneInfo("Asia/Jakarta")) == "Jumat, 22 Desember 2023 pukul 09.00 WIB"
    assert words.full_moment(moment, ZoneInfo("Asia/Jayapura")) == "Jumat, 22 Desember 2023 pukul 11.00 WIT"
    assert words.long_date(date(2026, 8, 1)) == "1 Agustus 2026"


def test_the_week_and_the_year_have_their_names_in_order():
    assert [words.day_name(date(2024, 1, day)) for day in range(1, 8)] == [
        "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu",
    ]  # fmt: skip
    assert [words.month_name(month) for month in (1, 2, 3, 4, 5, 6)] == [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    ]  # fmt: skip
    assert [words.month_name(month) for month in (7, 8, 9, 10, 11, 12)] == [
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ]  # fmt: skip


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_is_no_thirteenth_month(month):
    with pytest.raises(ValueError, match="no month"):
        words.month_name(month)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2023, 12, 22), date(2023, 12, 22), "Jumat, 22 Desember 2023"),
        (date(2023, 12, 22), date(2023, 12, 24), "Jumat–Minggu, 22–24 Desember 2023"),
        (date(2023, 11, 30), date(2023, 12, 1), "Kamis–Jumat, 30 November–1 Desember 2023"),
        (date(2023, 12, 31), date(2024, 1, 1), "Minggu–Senin, 31 Desember 2023–1 Januari 2024"),
    ],
)
def test_several_days_are_written_without_saying_anything_twice(first, last, written):
    assert words.date_span(first, last) == written


def test_a_span_of_days_does_not_run_backwards():
    with pytest.raises(ValueError, match="ends before"):
        words.date_span(date(2024, 1, 2), date(2024, 1, 1))


def test_times_have_a_dot_and_their_zone():
    nine = datetime(2023, 12, 22, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))

    assert words.clock_time(nine) == "09.00"
    assert words.clock_time(time(13, 5)) == "13.05"
    assert words.clock_span(nine, None, nine.tzinfo) == "09.00 WITA s.d. selesai"
    assert words.clock_span(time(9), time(11, 30), "Asia/Jakarta") == "09.00–11.30 WIB"


@pytest.mark.parametrize(
    ("zone", "word"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Pontianak", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        (UTC, "UTC+00.00"),
        ("Asia/Kolkata", "UTC+05.30"),
        ("America/St_Johns", "UTC-03.30"),
    ],
)
def test_each_zone_has_its_word(zone, word):
    assert words.zone_word(zone) == word


def test_a_berita_acara_spells_out_its_day():
    assert words.date_in_words(date(2023, 12, 22)) == (
        "Jumat tanggal dua puluh dua bulan Desember tahun dua ribu dua puluh tiga"
    )
    assert words.date_in_words(date(2011, 11, 11)) == (
        "Jumat tanggal sebelas bulan November tahun dua ribu sebelas"
    )
    assert words.date_in_words(date(1999, 1, 10)) == (
        "Minggu tanggal sepuluh bulan Januari tahun seribu sembilan ratus sembilan puluh sembilan"
    )


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_number_in_words_is_heard_as_the_same_number(number):
    assert read_aloud(words.in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (11000, "sebelas ribu"),
    ],
)
def test_ones_melt_into_the_word_where_indonesian_says_se(number, spoken):
    assert words.in_words(number) == spoken


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1_250_000, "Rp1.250.000"),
        (Decimal("1250000.50"), "Rp1.250.000,50"),
        (Decimal("1250000.00"), "Rp1.250.000"),
        (Decimal("0.005"), "Rp0,01"),
        (-75_000, "-Rp75.000"),
    ],
)
def test_money_is_written_as_eyd_wants_it(amount, written):
    assert words.rupiah(amount) == written


def test_money_shows_its_sen_where_the_paper_asks():
    assert words.rupiah(1_250_000, sen=True) == "Rp1.250.000,00"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (750_000, "Rp750.000"),
        (958_400_000, "Rp958 juta"),
        (Decimal("1414047001.50"), "Rp1,41 miliar"),
        (-15_949_000, "-Rp15,9 juta"),
        (2_000_000_000_000, "Rp2,00 triliun"),
    ],
)
def test_money_as_people_say_it(amount, said):
    assert words.rupiah_short(amount) == said


@pytest.mark.parametrize(
    ("amount", "spoken"),
    [
        (1_250_000, "satu juta dua ratus lima puluh ribu rupiah"),
        (Decimal("1500.25"), "seribu lima ratus rupiah dua puluh lima sen"),
        (-1000, "minus seribu rupiah"),
        (0, "nol rupiah"),
    ],
)
def test_a_receipt_spells_out_its_amount(amount, spoken):
    assert words.rupiah_in_words(amount) == spoken


def test_numbers_have_dots_between_thousands():
    assert words.figures(83_762) == "83.762"
    assert words.figures(Decimal("0.75")) == "0,75"
