"""Who registers first has the first place, and who waits moves up by himself, in his order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from attendance.due import forget_particulars, remind_of_coming, tell_of_registration
from attendance.models import Activity, CheckInClosed, Refusal, Registration, RegistrationClosed
from attendance.tally import Tally
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents import notices, privacy
from partisipasi.residents.models import Notice, Person
from tests import factories
from tests.attendance.factories import (
    make_activity,
    make_attendance,
    make_invitation,
    make_open_activity,
    make_registration,
)
from tests.threads import at_once


def counts(activity):
    row = Activity.objects.get(pk=activity.pk)
    return row.placed_count, row.waiting_count


def has_place(registration):
    return Registration.objects.get(pk=registration.pk).placed_at is not None


def told(user, kind="registration"):
    return list(Notice.objects.filter(recipient=user, kind=kind).values_list("text", flat=True))


def resident():
    user = factories.make_resident()
    return user, Person.objects.get(user=user)


def test_the_first_have_places_and_the_next_wait_in_their_order(village):
    activity = make_open_activity(capacity=2)

    rows = [make_registration(activity) for _ in range(4)]

    assert [has_place(row) for row in rows] == [True, True, False, False]
    assert counts(activity) == (2, 2)
    assert [row.number_in_line for row in rows[2:]] == [1, 2]


def test_who_withdraws_gives_the_place_to_who_waits_longest_and_he_is_told_once(village):
    activity = make_open_activity(capacity=1)
    first = make_registration(activity)
    user, person = resident()
    second, third = make_registration(activity, person=person), make_registration(activity)

    first.withdraw()
    first.withdraw()

    assert has_place(second)
    assert not has_place(third)
    assert counts(activity) == (1, 1)
    assert len(told(user)) == 1
    assert "Anda mendapat tempat" in told(user)[0]


def test_who_gives_up_waiting_moves_nobody_before_his_turn(village):
    activity = make_open_activity(capacity=1)
    first, second, third = (make_registration(activity) for _ in range(3))

    second.withdraw()

    assert [has_place(row) for row in (first, third)] == [True, False]
    assert Registration.objects.get(pk=third.pk).number_in_line == 1


def test_more_places_move_up_as_many_and_fewer_take_none_away(village):
    activity = make_open_activity(capacity=1)
    rows = [make_registration(activity) for _ in range(4)]
    times = {"opens_at": activity.registration_opens_at, "closes_at": None, "by": factories.make_user()}

    activity.set_registration(capacity=3, **times)
    assert [has_place(row) for row in rows] == [True, True, True, False]

    activity.set_registration(capacity=1, **times)
    assert counts(activity) == (3, 1)
    rows[0].withdraw()
    assert not has_place(rows[3])

    activity.set_registration(capacity=None, **times)
    assert has_place(rows[3])


def test_an_official_withdraws_with_a_reason_that_is_told_and_sealed(village):
    activity = make_open_activity(capacity=1)
    user, person = resident()
    first, second = make_registration(activity, person=person), make_registration(activity)

    first.withdraw("Mendaftar dua kali.", factories.make_user())

    assert has_place(second)
    assert "Mendaftar dua kali." in told(user)[0]
    entry = Entry.objects.filter(kind="registration.withdrawn").get()
    assert "Mendaftar" not in str(entry.facts)


def test_who_comes_while_others_wait_does_not_overtake_them(village):
    activity = make_open_activity(capacity=1)
    make_registration(activity)
    make_registration(activity)
    Activity.objects.filter(pk=activity.pk).update(capacity=2)

    late = make_registration(activity)

    assert not has_place(late)
    assert counts(activity) == (2, 1)


def test_the_same_form_twice_and_the_same_person_twice_are_one(village):
    activity, nonce = make_open_activity(), uuid4()
    _, person = resident()

    assert make_registration(activity, nonce=nonce) == make_registration(activity, nonce=nonce)
    assert make_registration(activity, person=person) == make_registration(activity, person=person)
    assert counts(activity) == (2, 0)


def test_who_gave_up_may_register_again_behind_the_others(village):
    activity = make_open_activity(capacity=1)
    _, person = resident()
    first = make_registration(activity, person=person)
    make_registration(activity)
    first.withdraw()

    assert not has_place(make_registration(activity, person=person))


def test_who_is_invited_need_not_register(village):
    activity = make_open_activity()
    _, person = resident()
    make_invitation(activity, whom=person)

    with pytest.raises(Refusal, match="sudah diundang"):
        make_registration(activity, person=person)
    assert counts(activity) == (0, 0)


def test_the_doors_open_and_close_by_time_alone(village):
    activity = make_activity(starts_at=clock.now() + timedelta(days=7))
    opens, closes = clock.now() + timedelta(days=1), clock.now() + timedelta(days=2)
    activity.set_registration(opens_at=opens, closes_at=closes, capacity=1, by=factories.make_user())

    states = []
    for moment in (clock.now(), opens, closes):
        with clock.at(moment):
            states.append(activity.registration_state)
            if activity.is_registration_open:
                make_registration(activity)
            else:
                with pytest.raises(RegistrationClosed):
                    make_registration(activity)

    assert states == ["belum", "buka", "tutup"]
    assert counts(activity) == (1, 0)


def test_without_a_closing_time_the_door_closes_as_the_activity_begins(village):
    activity = make_open_activity()
    row = make_registration(activity)

    with clock.at(activity.starts_at):
        assert activity.registration_state == "tutup"
        with pytest.raises(RegistrationClosed):
            make_registration(activity)
        with pytest.raises(RegistrationClosed, match="sudah dimulai"):
            row.withdraw()
    assert counts(activity) == (1, 0)


def test_after_closing_time_who_waits_still_moves_up(village):
    closes = clock.now() + timedelta(days=1)
    activity = make_open_activity(capacity=1, closes_at=closes)
    first, second = make_registration(activity), make_registration(activity)

    with clock.at(closes + timedelta(hours=1)):
        first.withdraw()

    assert has_place(second)


@pytest.mark.parametrize("what", ["draft", "called off", "without registration"])
def test_what_takes_no_registration_says_so(village, what):
    activity = make_open_activity(announced=what != "draft")
    if what == "called off":
        activity.cancel("Hujan.", factories.make_user())
    if what == "without registration":
        activity = make_activity(starts_at=clock.now() + timedelta(days=1))

    with pytest.raises(RegistrationClosed):
        make_registration(activity)


def test_times_that_cannot_be_are_refused_and_change_nothing(village):
    activity = make_activity(starts_at=clock.now() + timedelta(days=7))
    now, by = clock.now(), factories.make_user()

    with pytest.raises(ValidationError, match="sesudah dibuka"):
        activity.set_registration(opens_at=now, closes_at=now, capacity=1, by=by)
    with pytest.raises(ValidationError, match="sebelum kegiatan"):
        activity.set_registration(opens_at=activity.starts_at, closes_at=None, capacity=1, by=by)
    assert Activity.objects.get(pk=activity.pk).registration_opens_at is None

    over = make_activity()
    over.close(by)
    with pytest.raises(CheckInClosed):
        over.set_registration(opens_at=now, closes_at=None, capacity=1, by=by)


def test_the_record_tells_when_it_was_opened_and_changed_once_each(village):
    activity = make_open_activity(capacity=1)
    times = {"opens_at": activity.registration_opens_at, "closes_at": None, "by": factories.make_user()}

    activity.set_registration(capacity=1, **times)
    activity.set_registration(capacity=2, **times)

    kinds = list(
        Entry.objects.filter(kind__startswith="registration.")
        .order_by("number")
        .values_list("kind", flat=True)
    )
    assert kinds == ["registration.opened", "registration.changed"]


def test_a_row_of_nobody_cannot_be(village):
    with pytest.raises(IntegrityError, match="registration_of_somebody"):
        Registration.objects.create(activity=make_open_activity(), nonce=uuid4(), how="kode")


# On the day


def test_who_registered_is_on_the_list_as_such_and_fills_no_seat(village):
    activity = make_open_activity(capacity=5)
    invited = make_invitation(activity)
    _, person = resident()
    known, unknown = make_registration(activity, person=person), make_registration(activity, origin="RT 02")
    session = activity.sessions.get()

    with clock.at(activity.starts_at):
        by_person = session.check_in(person, by=factories.make_user())
        by_row = session.check_in(registration=unknown, by=factories.make_user())
        session.check_in(invitation=invited, by=factories.make_user())
        make_attendance(activity)

        tally = Tally.of_session(session)

    assert by_person.registration == known
    assert (by_row.name, by_row.address) == (unknown.name, "RT 02")
    assert (tally.present, tally.registered, tally.walk_ins, tally.seats_filled) == (4, 2, 1, 1)
    assert tally.invited == 1


def test_one_registration_comes_once_and_a_withdrawn_one_not(village):
    activity = make_open_activity()
    row, gone = make_registration(activity), make_registration(activity)
    gone.withdraw()
    session, by = activity.sessions.get(), factories.make_user()

    with clock.at(activity.starts_at):
        session.check_in(registration=row, by=by)
        with pytest.raises(Refusal, match="sudah tercatat"):
            session.check_in(registration=row, by=by)
        with pytest.raises(ValidationError, match="tidak berlaku"):
            session.check_in(registration=gone, by=by)

    assert session.attendances.count() == 1


# What time brings


def test_who_registered_is_reminded_moved_and_told_of_calling_off(village):
    user, person = resident()
    activity = make_open_activity()
    make_registration(activity, person=person)

    with clock.at(activity.starts_at - timedelta(hours=20)):
        assert remind_of_coming() == 1
        assert remind_of_coming() == 0
    activity.cancel("Banjir.", factories.make_user())

    assert [text.split(":")[0] for text in told(user)] == ["Segera", "Dibatalkan"]


def test_those_who_follow_hear_once_that_registration_has_opened(village):
    user = factories.make_resident()
    notices.follow(user, "/kegiatan/", "Semua kegiatan desa")
    activity = make_activity(starts_at=clock.now() + timedelta(days=7))
    opens = clock.now() + timedelta(days=1)
    activity.set_registration(opens_at=opens, closes_at=None, capacity=30, by=factories.make_user())

    assert tell_of_registration() == 0
    with clock.at(opens + timedelta(minutes=1)):
        assert tell_of_registration() == 1
        assert tell_of_registration() == 0

    assert any("Sisa tempat 30 dari 30" in text for text in told(user, "activity"))


def test_names_of_who_registered_go_by_the_term_of_the_kind_and_the_numbers_stay(village):
    activity = make_open_activity()
    _, person = resident()
    make_registration(activity, name="Sumarni", origin="RT 09")
    make_registration(activity, person=person)
    session = activity.sessions.get()

    with clock.at(session.over_at + timedelta(days=80)):
        assert forget_particulars() == 0
    with clock.at(session.over_at + timedelta(days=93)):
        assert forget_particulars() == 2
        assert forget_particulars() == 0

    assert not Registration.objects.exclude(name="", origin="", person=None).exists()
    assert counts(activity) == (2, 0)
    assert Entry.objects.get(kind="list.particulars_forgotten").facts["registrations"] == 2


def test_an_erased_person_gives_the_place_back(village):
    activity = make_open_activity(capacity=1)
    user, person = resident()
    row, waiting = make_registration(activity, person=person), make_registration(activity)

    assert activity.title in str(privacy.export(person))
    privacy.erase(user)

    assert has_place(waiting)
    assert Registration.objects.get(pk=row.pk).person is None
    assert counts(activity) == (1, 0)


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_as_many_have_places_as_there_are(village):
    activity = make_open_activity(capacity=3)

    rows = at_once(village, *[lambda: make_registration(Activity.objects.get(pk=activity.pk))] * 10)

    assert all(isinstance(row, Registration) for row in rows)
    placed = list(activity.registrations.placed().in_order().values_list("pk", flat=True))
    assert placed == sorted(row.pk for row in rows)[:3]
    assert counts(activity) == (3, 7)


@pytest.mark.django_db(transaction=True)
def test_those_who_leave_and_come_at_once_lose_no_place_and_make_none(village):
    activity = make_open_activity(capacity=3)
    rows = [make_registration(activity) for _ in range(6)]
    official = factories.make_user()
    opens_at = activity.registration_opens_at

    outcomes = at_once(
        village,
        lambda: Registration.objects.get(pk=rows[0].pk).withdraw(),
        lambda: Registration.objects.get(pk=rows[0].pk).withdraw(),
        lambda: Registration.objects.get(pk=rows[1].pk).withdraw("Pindah.", official),
        lambda: make_registration(Activity.objects.get(pk=activity.pk)),
        lambda: Activity.objects.get(pk=activity.pk).set_registration(
            opens_at=opens_at, closes_at=None, capacity=4, by=official
        ),
    )

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    standing = list(activity.registrations.standing().in_order())
    assert [row.placed_at is not None for row in standing] == [True] * 4 + [False]
    assert counts(activity) == (4, 1)


@pytest.mark.django_db(transaction=True)
def test_one_person_on_two_phones_registers_once(village):
    activity = make_open_activity(capacity=3)
    _, person = resident()

    at_once(village, *[lambda: make_registration(Activity.objects.get(pk=activity.pk), person=person)] * 4)

    assert activity.registrations.count() == 1
    assert counts(activity) == (1, 0)
