from datetime import UTC, date, datetime

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.chain import record
from partisipasi.ledger.due import keep_daily_heads
from partisipasi.ledger.models import DailyHead
from partisipasi.village.models import Village
from tests import factories
from tests.threads import at_once


def moment(day: int, hour: int) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def heads() -> list[tuple[date, int]]:
    return list(DailyHead.objects.order_by("on").values_list("on", "number"))


def test_a_day_that_has_not_ended_has_no_head(village):
    with clock.at(moment(3, 8)):
        record("article.published")
        assert keep_daily_heads() == 0


def test_each_ended_day_has_one_head_also_where_nothing_ran(village):
    for day in (3, 5):
        with clock.at(moment(day, 8)):
            record("article.published")
            last = record("article.published")

    with clock.at(moment(7, 8)):
        assert keep_daily_heads() == 4
        assert keep_daily_heads() == 0

    assert heads() == [
        (date(2026, 5, 3), 2),
        (date(2026, 5, 4), 2),
        (date(2026, 5, 5), 4),
        (date(2026, 5, 6), 4),
    ]
    assert DailyHead.objects.get(on=date(2026, 5, 6)).hash == last.hash


def test_a_day_ends_at_midnight_in_the_village(village):
    village.time_zone = Village.Zone.WIT
    village.save()
    with village_scope(village):
        with clock.at(moment(3, 14)):  # 23.00 in Jayapura
            record("article.published")
        with clock.at(moment(3, 16)):  # 01.00 of the next day there
            record("article.published")
            assert keep_daily_heads() == 1

        assert heads() == [(date(2026, 5, 3), 1)]


def test_a_village_where_nothing_happened_has_no_heads(village):
    assert keep_daily_heads() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_heads_at_once_keep_each_once():
    village = factories.make_village()

    def keep() -> int:
        with clock.at(moment(7, 8)):
            return keep_daily_heads()

    with village_scope(village), clock.at(moment(3, 8)):
        record("article.published")

    assert sorted(at_once(village, keep, keep, keep)) == [0, 0, 4]
