from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partisipasi.village.working_days import Calendar

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    Calendar,
    holidays=st.frozensets(st.dates(date(2020, 1, 1), date(2031, 12, 31)), max_size=60),
    six_day_week=st.booleans(),
)


def opened(calendar: Calendar, first: date, number: int) -> list[date]:
    """The slow, plain way: every day of a long time, one by one."""
    all_days = [first + timedelta(days=ahead) for ahead in range(number)]
    closing = {5, 6} if not calendar.six_day_week else {6}
    return [day for day in all_days if day.weekday() not in closing and day not in calendar.holidays]


@given(calendars, days, st.integers(1, 60))
def test_the_nth_working_day_is_the_nth_open_day_after_receipt(calendar, start, number):
    expected = opened(calendar, start + timedelta(days=1), 250)[number - 1]

    assert calendar.add_working_days(start, number) == expected


@given(calendars, days, st.integers(0, 60))
def test_counting_back_gives_the_number_again(calendar, start, number):
    end = calendar.add_working_days(start, number)

    assert calendar.working_days_between(start, end) == number


@given(calendars, days, st.integers(0, 30), st.integers(0, 30))
def test_days_add_up(calendar, start, first, more):
    halfway = calendar.add_working_days(start, first)

    assert calendar.add_working_days(halfway, more) == calendar.add_working_days(start, first + more)


def test_day_one_is_the_first_working_day_after_receipt():
    calendar = Calendar()
    friday, saturday = date(2023, 12, 22), date(2023, 12, 23)

    assert calendar.add_working_days(friday, 1) == date(2023, 12, 25)
    assert calendar.add_working_days(saturday, 1) == date(2023, 12, 25)
    assert calendar.add_working_days(friday, 0) == friday


def test_holidays_do_not_count():
    christmas = Calendar(holidays=frozenset({date(2023, 12, 25), date(2023, 12, 26), date(2024, 1, 1)}))

    assert christmas.add_working_days(date(2023, 12, 22), 10) == date(2024, 1, 10)


def test_an_office_of_six_days_works_on_saturdays():
    assert Calendar(six_day_week=True).add_working_days(date(2023, 12, 22), 1) == date(2023, 12, 23)
    assert Calendar(six_day_week=True).add_working_days(date(2023, 12, 23), 1) == date(2023, 12, 25)


def test_nobody_counts_backwards_or_for_ever():
    closed = Calendar(holidays=frozenset(date(2024, 1, 1) + timedelta(days=n) for n in range(800)))

    with pytest.raises(ValueError, match="forwards"):
        Calendar().add_working_days(date(2024, 1, 1), -1)
    with pytest.raises(ValueError, match="No working day within a year"):
        closed.add_working_days(date(2024, 1, 1), 1)
    assert Calendar().working_days_between(date(2024, 1, 5), date(2024, 1, 1)) == 0


@given(calendars, days, st.integers(1, 60))
def test_the_latest_start_is_the_last_day_whose_term_is_over(calendar, day, number):
    start = calendar.latest_start(number, before=day)

    assert calendar.add_working_days(start, number) < day
    assert calendar.add_working_days(start + timedelta(days=1), number) >= day
