from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.village import letters
from partisipasi.village.models import LetterNumber
from tests import factories
from tests.threads import at_once

XMAS = date(2023, 12, 22)


def test_a_number_is_written_as_the_village_writes_it(village):
    village.letter_code = "DS-SKR"

    given = LetterNumber.objects.give("keluar", "Undangan Musdes", on=XMAS, classification="140")

    assert str(given) == "140/001/DS-SKR/XII/2023"
    assert (given.book, given.year, given.number, given.given_on) == ("keluar", 2023, 1, XMAS)


def test_numbers_follow_each_other_within_book_year_and_village(village, neighbour):
    give = LetterNumber.objects.give

    numbers = [
        give("keluar", "a", on=XMAS).number,
        give("keluar", "b", on=date(2023, 1, 2)).number,
        give("masuk", "c", on=XMAS).number,
        give("keluar", "d", on=date(2024, 1, 2)).number,
    ]

    assert numbers == [1, 2, 1, 1]
    with village_scope(neighbour):
        assert give("keluar", "e", on=XMAS).number == 1


def test_without_a_day_it_is_todays(village):
    with clock.at(datetime(2025, 7, 1, tzinfo=UTC)):
        assert LetterNumber.objects.give("keluar", "a").text.endswith("/VII/2025")


def test_what_is_empty_leaves_no_stroke_behind():
    assert letters.written(letters.DEFAULT_FORMAT, 7, XMAS) == "007/XII/2023"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{nomor}", "harus memuat"),
        ("{tahun}/tetap", "harus memuat"),
        ("{nomor}/{tahun}/{entah}", "{entah} tidak dikenal"),
        ("{nomor.__class__}/{tahun}", "tidak dikenal"),
        ("{nomor!r}/{tahun}", "tanpa tambahan"),
        ("{nomor:9999999}/{tahun}", "tanpa tambahan"),
        ("{nomor}/{tahun:05}", "tanpa tambahan"),
        ("{nomor:{tahun}}/{tahun}", "tanpa tambahan"),
        ("{}/{nomor}/{tahun}", "tidak dikenal"),
        ("{nomor}/{tahun}/{", "tidak berpasangan"),
        ("{nomor}/{tahun}/}", "tidak berpasangan"),
    ],
)
def test_a_format_that_does_not_work_is_refused(village, pattern, said):
    village.letter_format = pattern

    with pytest.raises(ValidationError) as refused:
        village.full_clean()

    assert said in refused.value.message_dict["letter_format"][0]


@given(st.text("{}nomortahun:03!r.[]/ ", max_size=40))
def test_every_accepted_format_works(pattern):
    try:
        letters.validate_format(pattern)
    except ValidationError:
        return
    assert "12" in letters.written(pattern, 12, XMAS)


@pytest.mark.django_db(transaction=True)
def test_twenty_who_ask_at_once_get_twenty_numbers_without_gaps():
    village = factories.make_village()

    outcomes = at_once(village, *[lambda: LetterNumber.objects.give("keluar", "x", on=XMAS).number] * 20)

    assert sorted(outcomes) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_rolled_back_leaves_no_gap():
    village = factories.make_village()

    with village_scope(village):
        with transaction.atomic():
            LetterNumber.objects.give("keluar", "x", on=XMAS)
            transaction.set_rollback(True)
        assert LetterNumber.objects.give("keluar", "y", on=XMAS).number == 1
