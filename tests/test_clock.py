import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partisipasi import clock
from partisipasi.village.models import Village

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def trial(settings):
    yield
    settings.TRIAL = True
    clock.move_trial(None)


def told(**options) -> str:
    out = StringIO()
    call_command("clock", stdout=out, **options)
    return out.getvalue().strip()


def test_the_clock_stands_where_a_test_sets_it():
    with clock.at(NOON):
        assert clock.now() == NOON
        with clock.at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_today_is_the_villages_day():
    with clock.at(datetime(2026, 1, 31, 16, tzinfo=UTC)):
        with timezone.override("Asia/Jakarta"):
            assert clock.today().isoformat() == "2026-01-31"
        with timezone.override("Asia/Jayapura"):
            assert clock.today().isoformat() == "2026-02-01"


def test_the_trials_clock_is_moved_in_the_villages_time_and_runs_on(village, trial):
    village.time_zone = Village.Zone.WITA
    village.save()

    assert told(at="2026-01-31T09:00") == "Sabtu, 31 Januari 2026, 09.00 WITA"
    earlier = clock.now()
    assert timedelta() < clock.now() - earlier < timedelta(seconds=5)
    assert told() == "Sabtu, 31 Januari 2026, 09.00 WITA"

    told(reset=True)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db
def test_other_processes_follow_the_moved_clock(trial):
    program = (
        "import django; django.setup(); from partisipasi import clock;"
        "print(clock.now().isoformat(), flush=True); input(); print(clock.now().isoformat())"
    )
    call_command("clock", at="2027-05-05T10:00", stdout=StringIO())
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "partisipasi.settings", "PYTHONPATH": "."},
    ) as other:
        first = other.stdout.readline()
        call_command("clock", at="2028-06-06T10:00", stdout=StringIO())
        second, _ = other.communicate("\n")

    assert first.startswith("2027-05-05T03:0")
    assert second.startswith("2028-06-06T03:0")


def test_no_other_clock_can_be_moved(village, settings):
    settings.TRIAL = False

    with pytest.raises(CommandError, match="percobaan"):
        told(at="2026-01-31T09:00")
    with pytest.raises(CommandError, match="percobaan"):
        told(reset=True)
    with pytest.raises(RuntimeError):
        clock.move_trial(NOON)
    assert not clock._offset_file().exists()


def test_a_moved_file_moves_no_clock_outside_the_trial(village, settings, trial):
    told(at="2026-01-31T09:00")
    settings.TRIAL = False

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_what_is_no_time_is_refused_and_nothing_moves(village):
    with pytest.raises(CommandError, match="besok tidak dikenali"):
        told(at="besok")

    assert not clock._offset_file().exists()


def test_two_due_jobs_of_one_name_are_a_mistake(monkeypatch):
    monkeypatch.setattr(clock, "_due", {})
    clock.due("x")(len)
    clock.due("x")(len)

    with pytest.raises(ValueError, match="called x"):
        clock.due("x")(sum)
    assert [job.name for job in clock.due_jobs()] == ["x"]
