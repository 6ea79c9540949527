from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

from partisipasi.village.templatetags import portal_format as shown

LATE_EVENING = datetime(2023, 12, 22, 17, 30, tzinfo=UTC)


def test_a_day_is_written_in_full():
    assert shown.tanggal(date(2023, 12, 22)) == "Jumat, 22 Desember 2023"
    assert shown.tanggal_pendek(date(2023, 12, 22)) == "22 Desember 2023"
    assert shown.bulan_tahun(date(2023, 12, 22)) == "Des 2023"


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Asia/Jakarta", "Sabtu, 23 Desember 2023", "00.30 WIB"),
        ("Asia/Makassar", "Sabtu, 23 Desember 2023", "01.30 WITA"),
        ("Asia/Jayapura", "Sabtu, 23 Desember 2023", "02.30 WIT"),
        ("UTC", "Jumat, 22 Desember 2023", "17.30 UTC+00.00"),
    ],
)
def test_a_moment_is_shown_as_the_village_lives_it(zone, day, hour):
    with timezone.override(ZoneInfo(zone)):
        assert shown.tanggal(LATE_EVENING) == day
        assert shown.jam(LATE_EVENING) == hour


def test_nothing_is_written_for_nothing():
    for shows in (
        shown.tanggal,
        shown.tanggal_pendek,
        shown.bulan_tahun,
        shown.jam,
        shown.rupiah,
        shown.bilangan,
        shown.ukuran,
    ):
        assert shows(None) == ""


def test_money_and_numbers_have_dots_between_thousands():
    assert shown.rupiah(1250000) == "Rp1.250.000"
    assert shown.rupiah(0) == "Rp0"
    assert shown.bilangan(83762) == "83.762"
    assert shown.bilangan(Decimal("0.75")) == "0,75"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bita"),
        (999, "999 bita"),
        (850_400, "850 kB"),
        (999_900, "1,0 MB"),
        (1_000_000, "1,0 MB"),
        (1_240_000, "1,2 MB"),
        (12_000_000, "12,0 MB"),
    ],
)
def test_a_file_has_the_size_that_people_say(size, text):
    assert shown.ukuran(size) == text


def test_a_share_of_nothing_is_none_and_more_than_all_is_said():
    assert shown.persen(10, 0) == 0
    assert shown.persen(389, 612) == 63
    assert shown.persen(Decimal("75.6"), Decimal("72")) == 105


def test_a_file_is_named_by_what_it_is():
    assert shown.jenis_berkas("application/pdf") == "PDF"
    assert shown.jenis_berkas("image/jpeg") == "Gambar"
    assert shown.jenis_berkas("application/x-unheard-of") == "Berkas"


def test_templates_load_the_filters_by_their_indonesian_names():
    page = Template("{% load portal_format %}{{ day|tanggal }}, {{ amount|rupiah }}")

    assert (
        page.render(Context({"day": date(2023, 12, 22), "amount": 500})) == "Jumat, 22 Desember 2023, Rp500"
    )
