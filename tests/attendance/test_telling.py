"""Who hears of activities: the invited, the members of invited bodies, and who follows them."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance import due
from partisipasi import clock
from partisipasi.residents import notices
from partisipasi.residents.models import Membership, Notice, Person
from tests import factories
from tests.attendance.factories import make_activity
from tests.threads import at_once

# Monday, 08.00 in WIB, a week before.
BEFORE = datetime(2026, 8, 10, 1, tzinfo=UTC)
START = datetime(2026, 8, 17, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _week_before():
    with clock.at(BEFORE):
        yield


@pytest.fixture
def secretary(village):
    return factories.make_resident("sekretaris")


def make_coming(**fields):
    activity = make_activity(**{"title": "Musdus Krajan", "announced": False} | fields)
    activity.sessions.all().delete()
    activity.add_session(START)
    return activity


def person_of(user):
    return Person.objects.get(user=user)


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("text", flat=True))


def test_the_invited_hear_of_it_when_it_is_announced(secretary):
    activity, guest, stranger = make_coming(), factories.make_resident(), factories.make_resident()
    activity.invite(person_of(guest), by=secretary)
    activity.invite(person_of(secretary), by=secretary)
    assert told(guest) == []

    activity.announce(secretary)
    activity.announce(secretary)

    assert told(guest) == ["Anda diundang: Musdus Krajan, Senin, 17 Agustus 2026 pukul 09.00 WIB."]
    assert told(stranger) == told(secretary) == []


def test_who_is_invited_later_hears_of_it_then_and_the_others_not_again(secretary):
    activity, first, second = make_coming(), factories.make_resident(), factories.make_resident()
    body = factories.make_body()
    Membership.objects.create(person=person_of(second), body=body)
    activity.invite(person_of(first), by=secretary)
    activity.announce(secretary)

    activity.invite_all([person_of(first)], [body], by=secretary)
    activity.invite(person_of(second), by=secretary)

    assert len(told(first)) == len(told(second)) == 1


def test_who_follows_all_activities_hears_of_a_new_one(secretary):
    follower = factories.make_resident()
    notices.follow(follower, "/kegiatan/", "Semua kegiatan desa")
    activity = make_coming()

    activity.announce(secretary)

    assert told(follower) == ["Kegiatan baru: Musdus Krajan, Senin, 17 Agustus 2026 pukul 09.00 WIB."]


def test_what_has_taken_place_is_entered_without_telling_anybody(secretary):
    guest = factories.make_resident()
    notices.follow(guest, "/kegiatan/", "Semua kegiatan desa")
    activity = make_coming()
    activity.invite(person_of(guest), by=secretary)

    with clock.at(START + timedelta(days=1)):
        activity.announce(secretary)

    assert told(guest) == []


def test_calling_off_and_moving_are_told_once_to_the_invited_and_to_followers(secretary):
    activity, guest, follower = make_coming(), factories.make_resident(), factories.make_resident()
    activity.invite(person_of(guest), by=secretary)
    activity.announce(secretary)
    for user in (guest, follower):
        notices.follow(user, activity.get_absolute_url(), activity.title)

    activity.sessions.update(starts_at=START + timedelta(days=1))
    activity.tidy_times()
    activity.tidy_times()
    activity.cancel("Balai desa dipakai posko.", secretary)

    later = ["Waktu berubah: Musdus Krajan, menjadi Selasa, 18 Agustus 2026 pukul 09.00 WIB."]
    later += ["Dibatalkan: Musdus Krajan."]
    assert told(guest)[1:] == later
    assert told(follower) == later


def test_a_draft_is_moved_and_dropped_in_silence(secretary):
    activity, guest = make_coming(), factories.make_resident()
    activity.invite(person_of(guest), by=secretary)

    activity.sessions.update(starts_at=START + timedelta(days=1))
    activity.tidy_times()
    activity.cancel("Batal.", secretary)

    assert told(guest) == []


def test_the_day_before_those_concerned_are_reminded_once(secretary):
    activity, guest = make_coming(), factories.make_resident()
    activity.invite(person_of(guest), by=secretary)
    activity.announce(secretary)

    counts = []
    for hours in (25, 23, 22, -1):
        with clock.at(START - timedelta(hours=hours)):
            counts.append(due.remind_of_coming())

    assert counts == [0, 1, 0, 0]
    assert told(guest)[1:] == [
        f"Segera: Musdus Krajan, Senin, 17 Agustus 2026 pukul 09.00 WIB, di {activity.venue}."
    ]


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_remind_once(village, secretary):
    activity, guests = make_coming(), [factories.make_resident() for _ in range(3)]
    for guest in guests:
        activity.invite(person_of(guest), by=secretary)
    activity.announce(secretary)

    def run():
        with clock.at(START - timedelta(hours=23)):
            return due.remind_of_coming()

    at_once(village, run, run)

    assert [len(told(guest)) for guest in guests] == [2, 2, 2]


def test_what_was_announced_that_day_or_called_off_needs_no_reminder(secretary):
    late, dropped, guest = make_coming(), make_coming(), factories.make_resident()
    for activity in (late, dropped):
        activity.invite(person_of(guest), by=secretary)
    dropped.announce(secretary)
    dropped.cancel("Batal.", secretary)

    with clock.at(START - timedelta(hours=20)):
        late.announce(secretary)
        assert due.remind_of_coming() == 0
