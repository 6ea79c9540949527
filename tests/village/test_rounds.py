import logging
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import current_village, village_scope
from partisipasi.village.models import FailedWork, Heartbeat, Village
from partisipasi.village.rounds import make_round
from tests import factories
from tests.papers.models import Paper
from tests.threads import at_once


@pytest.fixture
def jobs(monkeypatch):
    """No due jobs but those of the test."""
    monkeypatch.setattr(clock, "_due", {})
    return clock.due


def test_each_village_is_served_in_its_scope_and_zone(village, neighbour, jobs):
    Village.objects.filter(pk=neighbour.pk).update(time_zone=Village.Zone.WIT)
    seen = []
    jobs("look")(lambda: seen.append((current_village(), timezone.get_current_timezone_name())) or 1)

    make_round()

    assert seen == [(village, "Asia/Jakarta"), (neighbour, "Asia/Jayapura")]


def test_what_was_done_is_told_and_nothing_else(village, neighbour, jobs):
    jobs("papers.publish")(lambda: 2 if current_village() == neighbour else 0)
    out = StringIO()

    call_command("due", stdout=out)
    call_command("due", stdout=out, verbosity=0)

    assert out.getvalue() == "Desa Tetangga: papers.publish 2\n"


def test_a_job_that_fails_stops_no_other(village, neighbour, jobs, caplog):
    def fail() -> int:
        raise ValueError("rumah Siti")

    done = []
    jobs("fails")(fail)
    jobs("works")(lambda: done.append(current_village()) or 1)

    with caplog.at_level(logging.ERROR):
        make_round()

    assert done == [village, neighbour]
    assert "fails failed in village" in caplog.text
    assert FailedWork.objects.get().error == "builtins.ValueError"
    assert not FailedWork.objects.waiting().exists()


def test_a_job_that_fails_three_times_is_shown_until_it_succeeds(village, jobs):
    broken = [True]

    def work() -> int:
        if broken[0]:
            raise ValueError
        return 1

    jobs("papers.publish")(work)
    for _ in range(3):
        make_round()
    assert FailedWork.objects.waiting().get().failures == 3

    broken[0] = False
    make_round()

    assert not FailedWork.objects.exists()


def test_a_dismissed_failure_stays_dismissed_while_it_lasts(village, jobs):
    def fail() -> int:
        raise ValueError

    jobs("papers.publish")(fail)
    for _ in range(3):
        make_round()
    FailedWork.objects.get().dismiss()
    make_round()

    assert not FailedWork.objects.waiting().exists()


def test_what_is_due_is_done_once_when_its_time_has_come(village, jobs):
    opening = datetime(2026, 6, 1, 2, tzinfo=UTC)

    def publish() -> int:
        due = Paper.objects.filter(published=False) if clock.now() >= opening else Paper.objects.none()
        return due.update(published=True)

    Paper.objects.create(title="Pengumuman", published=False)
    jobs("papers.publish")(publish)
    told = []
    for minutes in (-1, 0, 1):
        with clock.at(opening + timedelta(minutes=minutes)):
            make_round(lambda village, job, done: told.append(done))

    assert told == [1]


def test_a_round_leaves_its_sign_of_life(village, jobs):
    make_round()

    assert Heartbeat.is_alive("due", timedelta(minutes=5))


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_do_not_meet_in_one_village(jobs):
    village = factories.make_village()
    inside, may_leave, visits = Event(), Event(), []

    def work() -> int:
        visits.append(1)
        inside.set()
        may_leave.wait(60)
        return 1

    def second_round() -> None:
        inside.wait(60)
        make_round()
        may_leave.set()

    jobs("slow")(work)
    outcomes = at_once(village, make_round, second_round)

    assert outcomes == [None, None]
    assert visits == [1]
    make_round()
    assert visits == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_statement_fails_does_not_hurt_the_next(jobs):
    village = factories.make_village()

    def fail() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return 1

    jobs("fails")(fail)
    jobs("works")(lambda: Paper.objects.create(title="Undangan").pk)

    make_round()

    with village_scope(village):
        assert Paper.objects.exists()
        assert FailedWork.objects.get().error.endswith("DataError")
