"""Several desks at once, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from attendance.models import AlreadyPresent, Attendance, CheckInClosed, Guest
from partisipasi.db import village_task
from partisipasi.ledger.models import Entry
from tests import factories
from tests.attendance.factories import make_activity, make_invitation

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(village, *tasks):
    """Run the tasks at the same moment, each on a connection of its own; what each returned or raised."""
    start = Barrier(len(tasks))

    @village_task
    def run(task):
        start.wait()
        return task()

    def guarded(task):
        try:
            return run(village.pk, task)
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as desks:
        return list(desks.map(guarded, tasks))


def test_two_desks_mark_one_person_and_there_is_one_row_and_both_are_told(village):
    session = make_activity().sessions.get()
    invitation = make_invitation(session.activity)
    clerk = factories.make_user()

    answers = at_once(village, *[lambda: session.check_in(invitation=invitation, by=clerk)] * 8)

    rows = [answer for answer in answers if isinstance(answer, Attendance)]
    told = [answer.attendance for answer in answers if isinstance(answer, AlreadyPresent)]
    assert len(rows) == 1
    assert told == rows * 7
    assert Attendance.objects.get() == rows[0]


def test_the_same_tap_sent_many_times_is_one_row(village):
    session = make_activity().sessions.get()
    clerk, nonce = factories.make_user(), uuid4()

    answers = at_once(village, *[lambda: session.check_in(Guest("Warsito"), by=clerk, nonce=nonce)] * 8)

    assert {answer.pk for answer in answers} == {Attendance.objects.get().pk}


def test_closing_and_checking_in_at_once_leave_no_line_without_a_number(village):
    activity = make_activity()
    session, clerk = activity.sessions.get(), factories.make_user()
    walk_ins = [lambda n=n: session.check_in(Guest(f"Tamu {n}"), by=clerk) for n in range(12)]

    answers = at_once(village, *walk_ins[:6], lambda: activity.close(clerk), *walk_ins[6:])

    recorded = [answer for answer in answers if isinstance(answer, Attendance)]
    refused = [answer for answer in answers if isinstance(answer, CheckInClosed)]
    assert len(recorded) + len(refused) == 12
    numbers = sorted(Attendance.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(recorded) + 1))
    closing = Entry.objects.get(kind="activity.closed")
    assert closing.facts["sessions"][0]["present"] == len(recorded)


def test_closing_twice_at_once_closes_once(village):
    activity, clerk = make_activity(), factories.make_user()

    answers = at_once(village, *[lambda: activity.close(clerk)] * 4)

    assert sum(isinstance(answer, CheckInClosed) for answer in answers) == 3
    assert Entry.objects.filter(kind="activity.closed").count() == 1
