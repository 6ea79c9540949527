from datetime import datetime, timedelta
from importlib import import_module
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from attendance.models import (
    AlreadyPresent,
    Attendance,
    CheckInClosed,
    CheckInNotOpen,
    Guest,
    SeatTaken,
)
from attendance.tally import Tally
from partisipasi import clock
from partisipasi.ledger.models import Entry
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation


@pytest.fixture
def clerk(village):
    return factories.make_user("juru-tulis")


@pytest.fixture
def session(village):
    return make_activity().sessions.get()


def test_an_invited_person_is_written_as_the_address_book_has_him(session, clerk):
    unsur = factories.make_unsur()
    person = factories.make_person(name="Sumarni", sex="P", address="Jalan Melati 3", unsur=unsur)
    invitation = make_invitation(session.activity, whom=person)

    present = session.check_in(invitation=invitation, by=clerk)
    person.name = "Sumarni Baru"
    person.save()

    present.refresh_from_db()
    assert (present.name, present.sex, present.unsur, present.address) == (
        "Sumarni",
        "P",
        unsur,
        "Jalan Melati 3",
    )
    assert present.checked_in_by == clerk
    assert not present.is_walk_in
    assert present.stands_for is None


def test_a_person_who_is_invited_fills_his_own_seat_however_he_is_found(session, clerk):
    person = factories.make_person()
    invitation = make_invitation(session.activity, whom=person)

    assert session.check_in(person, by=clerk).invitation == invitation


def test_a_stand_in_fills_the_seat_and_says_for_whom(session, clerk):
    invitation = make_invitation(session.activity, unsur=factories.make_unsur(name="RT/RW"))

    present = session.check_in(Guest(name="Bu Ratna", sex="P"), stands_for=invitation, by=clerk)

    assert present.stands_for == invitation
    assert present.name == "Bu Ratna"
    assert present.unsur.name == "RT/RW"
    assert Tally.of_session(session).seats_filled == 1


def test_a_body_is_present_through_its_representative(session, clerk):
    body = factories.make_body(name="LPMD")
    invitation = make_invitation(session.activity, whom=body, representative="Hadi")

    present = session.check_in(invitation=invitation, by=clerk)

    assert (present.name, present.institution) == ("Hadi", "LPMD")
    assert not present.is_stand_in


def test_a_body_without_a_known_representative_needs_a_name(session, clerk):
    invitation = make_invitation(session.activity, whom=factories.make_body(name="PKK"))

    with pytest.raises(ValidationError, match="Tulis nama yang hadir"):
        session.check_in(invitation=invitation, by=clerk)
    present = session.check_in(Guest(name="Tini"), invitation=invitation, by=clerk)

    assert (present.name, present.institution, present.is_stand_in) == ("Tini", "PKK", False)


def test_the_same_nonce_twice_is_the_same_check_in(session, clerk):
    nonce = uuid4()

    first = session.check_in(Guest(name="Warsito"), by=clerk, nonce=nonce)
    again = session.check_in(Guest(name="Warsito"), by=clerk, nonce=nonce)

    assert first == again
    assert Attendance.objects.count() == 1


def test_a_person_and_a_seat_are_present_once(session, clerk):
    invitation = make_invitation(session.activity)
    present = session.check_in(invitation=invitation, by=clerk)

    with pytest.raises(AlreadyPresent) as person_again:
        session.check_in(invitation.person, by=clerk)
    with pytest.raises(AlreadyPresent) as seat_again:
        session.check_in(Guest(name="Orang lain"), stands_for=invitation, by=clerk)

    assert person_again.value.attendance == seat_again.value.attendance == present
    assert invitation.person.name in str(person_again.value)
    assert Attendance.objects.count() == 1


def test_the_database_itself_refuses_a_second_row(session, clerk):
    invitation = make_invitation(session.activity)
    present = session.check_in(invitation=invitation, by=clerk)

    for twin in ({"person": present.person}, {"invitation": invitation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.create(session=session, name="Kembar", nonce=uuid4(), **twin)


def test_nobody_is_present_before_the_day(village, clerk):
    morning = datetime(2023, 12, 22, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    session = make_activity(starts_at=morning).sessions.get()

    with clock.at(morning - timedelta(hours=10)), pytest.raises(CheckInNotOpen, match="Jumat, 22 Desember"):
        session.check_in(Guest(name="Terlalu pagi"), by=clerk)
    with clock.at(morning - timedelta(hours=2)):
        session.check_in(Guest(name="Pagi"), by=clerk)

    assert [row.name for row in session.attendances.all()] == ["Pagi"]


def test_undoing_keeps_the_row_with_its_reason_and_frees_the_seat(session, clerk):
    invitation = make_invitation(session.activity)
    mistaken = session.check_in(invitation=invitation, by=clerk)

    mistaken.undo("salah orang", clerk)
    mistaken.undo("alasan lain", clerk)
    again = session.check_in(invitation=invitation, by=clerk)

    assert list(Attendance.objects.present()) == [again]
    assert mistaken.undone_reason == "salah orang"
    entry = Entry.objects.get(kind="attendance.undone")
    assert "salah orang" not in str(entry.facts)


def test_closing_gives_numbers_in_order_of_arrival_and_freezes_the_list(session, clerk):
    activity = session.activity
    start = clock.now()
    for minute, name in [(2, "Kedua"), (1, "Pertama"), (3, "Dibatalkan"), (4, "Ketiga")]:
        with clock.at(start + timedelta(minutes=minute)):
            row = make_attendance(activity, name=name)
            if name == "Dibatalkan":
                row.undo("keliru", clerk)

    activity.close(clerk)

    assert list(Attendance.objects.present().order_by("number").values_list("number", "name")) == [
        (1, "Pertama"),
        (2, "Kedua"),
        (3, "Ketiga"),
    ]
    assert activity.closed_by == clerk
    with pytest.raises(CheckInClosed):
        session.check_in(Guest(name="Terlambat"), by=clerk)
    with pytest.raises(CheckInClosed):
        row.undo("terlambat", clerk)
    with pytest.raises(CheckInClosed):
        activity.invite(factories.make_person(), by=clerk)
    with pytest.raises(CheckInClosed):
        activity.close(clerk)
    assert Attendance.objects.count() == 4


def test_closing_commits_counts_and_digest_to_the_ledger_and_no_name(session, clerk):
    activity = session.activity
    invitation = make_invitation(activity, unsur=factories.make_unsur(name="RT/RW"))
    make_invitation(activity)
    session.check_in(invitation=invitation, by=clerk)
    make_attendance(activity, name="Darmini", sex="P")

    activity.close(clerk)

    entry = Entry.objects.get(kind="activity.closed")
    assert entry.facts["sessions"] == [
        {
            "session": session.pk,
            "present": 2,
            "men": 0,
            "women": 1,
            "invited": 2,
            "seats_filled": 1,
            "stand_ins": 0,
            "walk_ins": 1,
            "by_unsur": {"RT/RW": 1},
            "quorum_seats": 2,
            "quorum_met": False,
        }
    ]
    assert len(entry.facts["list"]["commitment"]) == 64
    assert "Darmini" not in str(entry.facts)


def test_a_closed_list_keeps_the_counts_of_its_closing_until_it_is_reopened(session, clerk):
    activity = session.activity
    invitation = make_invitation(activity, unsur=factories.make_unsur(name="RT/RW"))
    make_invitation(activity)
    session.check_in(invitation=invitation, by=clerk)
    make_attendance(activity, name="Darmini", sex="P")
    before = Tally.of_session(session)

    activity.close(clerk)
    session.refresh_from_db()
    kept = session.counts
    assert Tally.of_session(session) == before

    activity.reopen("satu orang keliru", clerk)
    session.refresh_from_db()
    extra = make_invitation(activity)
    assert Tally.of_session(session).invited == 3
    extra.withdraw("keliru", clerk)

    # Lists that were closed before counts were kept.
    activity.close(clerk)
    activity.sessions.update(counts=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("attendance.migrations.0010_counts_of_closed_lists").KEEP)
    session.refresh_from_db()
    assert session.counts == kept


def test_reopening_lets_the_list_change_and_closing_again_numbers_anew(session, clerk):
    activity = session.activity
    first, second = make_attendance(activity), make_attendance(activity)
    activity.close(clerk)

    activity.reopen("satu orang keliru", clerk)
    first.undo("tidak hadir", clerk)
    activity.close(clerk)

    second.refresh_from_db()
    assert second.number == 1
    assert list(Entry.objects.order_by("number").values_list("kind", flat=True)) == [
        "activity.announced",
        "activity.closed",
        "activity.reopened",
        "attendance.undone",
        "activity.closed",
    ]


def test_a_filled_seat_cannot_be_withdrawn(session, clerk):
    taken, free = make_invitation(session.activity), make_invitation(session.activity)
    session.check_in(invitation=taken, by=clerk)

    free.withdraw("pindah rumah", clerk)
    with pytest.raises(SeatTaken):
        taken.withdraw("keliru", clerk)

    assert list(session.activity.invitations.standing()) == [taken]
    with pytest.raises(ValidationError, match="tidak berlaku"):
        session.check_in(invitation=free, by=clerk)


def test_inviting_twice_is_inviting_once(session, clerk):
    person, body = factories.make_person(), factories.make_body()
    invitation = session.activity.invite(person, by=clerk)

    assert session.activity.invite(person, by=clerk) == invitation
    assert session.activity.invite_all([person], [body], by=clerk) == 1
    assert session.activity.invitations.count() == 2
