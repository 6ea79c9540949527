from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.village.due import fill_holidays
from partisipasi.village.models import Holiday

Kind = Holiday.Kind


def test_a_year_has_its_holidays_and_joint_leave(village):
    assert Holiday.objects.fill(2026) == 25

    assert Holiday.objects.filter(kind=Kind.NATIONAL).count() == 17
    assert Holiday.objects.filter(kind=Kind.JOINT_LEAVE).count() == 8
    independence = Holiday.objects.get(on=date(2026, 8, 17))
    assert independence.name == "Hari Kemerdekaan Republik Indonesia"


def test_filling_again_keeps_what_the_village_changed_and_added(village):
    Holiday.objects.fill(2026)
    Holiday.objects.filter(on=date(2026, 5, 1)).update(name="Hari Buruh")
    Holiday.objects.filter(on=date(2026, 12, 24)).delete()
    Holiday.objects.create(on=date(2026, 9, 9), name="Hari Jadi Desa", kind=Kind.LOCAL)

    assert Holiday.objects.fill(2026) == 1

    assert Holiday.objects.get(on=date(2026, 5, 1)).name == "Hari Buruh"
    assert Holiday.objects.filter(name="Hari Jadi Desa").exists()
    assert Holiday.objects.count() == 26


def test_a_deadline_jumps_over_all_three_kinds(village):
    Holiday.objects.fill(2026)
    Holiday.objects.create(on=date(2026, 3, 25), name="Hari Jadi Desa", kind=Kind.LOCAL)

    calendar = Holiday.objects.calendar()

    # Nyepi with its leave, Idul Fitri with its leave, and the village's own day.
    assert calendar.add_working_days(date(2026, 3, 17), 1) == date(2026, 3, 26)


def test_the_calendar_is_the_villages_own(village, neighbour):
    Holiday.objects.create(on=date(2026, 9, 9), name="Hari Jadi Desa", kind=Kind.LOCAL)
    neighbour.six_day_week = True

    with village_scope(neighbour):
        other = Holiday.objects.calendar()

    assert not Holiday.objects.calendar().is_working_day(date(2026, 9, 9))
    assert other.is_working_day(date(2026, 9, 9))
    assert other.is_working_day(date(2026, 9, 12))


def test_each_year_brings_its_holidays_once(village):
    with clock.at(datetime(2025, 6, 1, tzinfo=UTC)):
        assert fill_holidays() > 15
        assert fill_holidays() == 0
    with clock.at(datetime(2025, 11, 1, tzinfo=UTC)):
        assert fill_holidays() == 25
        assert fill_holidays() == 0


def test_the_command_fills_every_village_or_one(village, neighbour):
    out = StringIO()

    call_command("load_holidays", "2026", village="tetangga.testserver", stdout=out)
    assert not Holiday.objects.exists()
    call_command("load_holidays", "2026", "2025", stdout=out)

    assert "Desa Tetangga: 25 hari libur ditambah" in out.getvalue()
    assert Holiday.objects.filter(on__year=2025).exists()
    with pytest.raises(CommandError, match="1066 tidak diketahui"):
        call_command("load_holidays", "1066")
    with pytest.raises(CommandError, match="Tidak ada desa"):
        call_command("load_holidays", "2026", village="entah.desa.id")
