"""What a desk without a network brings once it is back: each check-in once, and what came too late waits."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import Attendance, DeskContact, Guest, LateArrival, SecondTap
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation

NOW = 1_700_000_000_000
DESK, OTHER = str(uuid4()), str(uuid4())


@pytest.fixture
def activity(village):
    return make_activity()


@pytest.fixture
def session(activity):
    return activity.sessions.get()


@pytest.fixture
def clerk(village, client):
    user = factories.make_official(Role.SECRETARY, username="sekretaris")
    client.force_login(user)
    return user


def at(activity, name="desk_queue"):
    return reverse(f"attendance:{name}", args=[activity.pk])


def tap(session, invitation=None, *, ago=0, **told):
    seat = {"invitation": invitation.pk} if invitation else {}
    return {"nonce": str(uuid4()), "at": NOW - ago * 1000, "session": session.pk} | seat | told


def bring(client, session, *taps, desk=DESK, left=0):
    told = {"desk": desk, "now": NOW, "left": left, "taps": list(taps)}
    return client.post(at(session.activity), json.dumps(told), content_type="application/json")


def states(answer):
    return [one["state"] for one in answer.json()["answers"]]


def test_a_queue_is_recorded_once_however_often_and_in_whatever_order_it_comes(client, clerk, session):
    taps = [tap(session, make_invitation(session.activity)) for _ in range(3)]
    walk_in = tap(session, guest={"name": "Warsito", "sex": "L"})

    bring(client, session, *taps)
    again = bring(client, session, walk_in, *reversed(taps), walk_in)

    assert states(again) == ["recorded"] * 5
    assert session.attendances.count() == 4
    assert Attendance.objects.get(name="Warsito").checked_in_by == clerk


def test_arrival_is_counted_back_from_the_sending_whatever_the_device_believes(client, clerk, session):
    bring(client, session, tap(session, make_invitation(session.activity), ago=600))

    row = session.attendances.get()
    assert abs(clock.now() - timedelta(minutes=10) - row.checked_in_at) < timedelta(seconds=30)
    assert row.device_at.year == 2023
    assert str(row.desk) == DESK


def test_nobody_came_before_the_day_began(client, clerk, session):
    bring(client, session, tap(session, make_invitation(session.activity), ago=10 * 86_400))

    local = session.attendances.get().checked_in_at.astimezone(session.zone)
    assert (local.date(), local.hour, local.minute) == (session.day, 0, 0)


def test_two_desks_mark_one_person_and_both_are_told(client, clerk, session):
    invitation = make_invitation(session.activity)
    bring(client, session, tap(session, invitation))

    late_desk = bring(client, session, second := tap(session, invitation), desk=OTHER)
    bring(client, session, second, desk=OTHER)
    first_desk, afterwards = bring(client, session), bring(client, session)

    assert states(late_desk) == ["already"]
    assert "Dicatat oleh" in late_desk.json()["answers"][0]["text"]
    assert session.attendances.count() == 1
    assert SecondTap.objects.count() == 1
    assert "juga dicatat di meja lain" in first_desk.json()["news"][0]
    assert afterwards.json()["news"] == []


def test_an_equal_name_is_asked_about_and_stays_with_the_desk(client, clerk, session):
    make_attendance(session.activity, name="Slamet")
    asked = tap(session, guest={"name": "Slamet"})

    first = bring(client, session, asked)
    sure = bring(client, session, asked | {"guest": {"name": "Slamet", "same_name": True}})

    assert states(first) == ["refused"]
    assert "Bila ini orang lain" in first.json()["answers"][0]["text"]
    assert first.json()["answers"][0]["asks"] is True
    assert states(sure) == ["recorded"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"nonce": "x"},
        "tidak",
        {"nonce": str(uuid4()), "at": 1, "session": 0},
        {"nonce": str(uuid4()), "at": -1, "session": 1},
    ],
)
def test_what_is_not_a_check_in_is_refused_and_the_rest_is_recorded(client, clerk, session, wrong):
    answer = bring(client, session, wrong, tap(session, make_invitation(session.activity)))

    assert states(answer) == ["refused", "recorded"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"desk": 1}', json.dumps({"taps": "x"})])
def test_a_queue_that_cannot_be_read_is_400_and_changes_nothing(client, clerk, activity, body):
    answer = client.post(at(activity), body, content_type="application/json")

    assert answer.status_code == 400
    assert not DeskContact.objects.exists()


def test_another_activitys_invitation_and_a_stranger_are_refused(client, clerk, session):
    elsewhere = make_invitation(make_activity())

    answer = bring(client, session, tap(session, elsewhere), tap(session, person=10**6))

    assert states(answer) == ["refused"] * 2
    assert not Attendance.objects.exists()


def test_who_is_signed_out_is_told_so_and_nothing_is_recorded(client, session):
    for answer in (bring(client, session, tap(session)), client.get(at(session.activity))):
        assert answer.status_code == 401
        assert answer.json()["sign_in"]
    assert not DeskContact.objects.exists()


def test_a_forged_request_is_refused(village, session):
    from django.test import Client

    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    strict.force_login(factories.make_official(Role.SECRETARY, username="sekretaris"))
    assert bring(strict, session, tap(session, guest={"name": "Palsu"})).status_code == 403
    token = strict.get(at(session.activity)).json()["token"]

    told = {"desk": DESK, "now": NOW, "left": 0, "taps": [tap(session, guest={"name": "Asli"})]}
    answer = strict.post(
        at(session.activity),
        json.dumps(told),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert states(answer) == ["recorded"]


def test_residents_and_the_neighbours_have_no_desk(client, village, neighbour, session):
    client.force_login(factories.make_user())
    assert bring(client, session, tap(session)).status_code == 404
    with village_scope(neighbour):
        clerk = factories.make_official(Role.SECRETARY, username="tetangga")
    client.force_login(clerk)
    answer = client.get(at(session.activity), headers={"host": "tetangga.localhost"})
    assert answer.status_code == 404


def test_the_device_keeps_what_the_list_shows_and_nothing_after_closing(client, clerk, session):
    seat = make_invitation(
        session.activity, whom=factories.make_person(name="Sri", phone="+62812333444", address="Jalan Melati")
    )
    kept = client.get(at(session.activity))
    session.check_in(invitation=seat, by=clerk)
    session.activity.close(clerk)
    closed = client.get(at(session.activity)).json()

    assert kept.json()["invited"] == [
        {
            "pk": seat.pk,
            "name": "Sri",
            "detail": seat.detail,
            "here": False,
            "asks_name": False,
            "stand_in": "",
        }
    ]
    assert "812333444" not in kept.text
    assert "Melati" not in kept.text
    assert "no-store" in kept.headers["Cache-Control"]
    assert (closed["open"], closed["invited"]) == (False, [])


def test_the_devices_list_costs_the_same_for_one_and_for_many(
    client, clerk, session, django_assert_max_num_queries
):
    for _ in range(5):
        make_invitation(session.activity)

    with django_assert_max_num_queries(16):
        client.get(at(session.activity))


def test_the_worker_is_a_script_whose_reach_is_the_desk(client, clerk, activity):
    answer = client.get(at(activity, "desk_worker"))

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert at(activity, "desk_worker").startswith(at(activity, "desk"))


# Somebody else in the seat


@pytest.fixture
def seats(session):
    """Of one person, of a body that said whom it sends, and of one that did not."""
    karang_taruna, lpm = factories.make_body(name="Karang Taruna"), factories.make_body(name="LPM")
    return (
        make_invitation(session.activity, whom=factories.make_person(name="Bu Sri")),
        make_invitation(session.activity, whom=karang_taruna, representative="Agus"),
        make_invitation(session.activity, whom=lpm),
    )


def test_stand_ins_and_who_a_body_sends_fill_their_seats_once(client, clerk, session, seats):
    taps = [tap(session, seat, guest={"name": f"Wakil {seat}", "sex": "P"}) for seat in seats]

    first, again = bring(client, session, *taps), bring(client, session, *reversed(taps))

    assert states(first) == states(again) == ["recorded"] * 3
    assert "mewakili Bu Sri" in first.json()["answers"][0]["text"]
    rows = session.attendances.present().order_by("invitation")
    assert [(row.name, row.sex, row.invitation, row.is_stand_in, row.person) for row in rows] == [
        ("Wakil Bu Sri", "P", seats[0], True, None),
        ("Wakil Karang Taruna", "P", seats[1], True, None),
        ("Wakil LPM", "P", seats[2], False, None),
    ]
    assert rows[2].institution == "LPM"


def test_one_seat_marked_at_two_desks_for_two_people_has_one_line_and_both_are_told(
    client, clerk, session, seats
):
    bring(client, session, tap(session, seats[0]))
    second = bring(client, session, tap(session, seats[0], guest={"name": "Tono"}), desk=OTHER)

    assert states(second) == ["already"]
    assert "Bu Sri sudah tercatat hadir" in second.json()["answers"][0]["text"]
    assert "juga dicatat di meja lain" in bring(client, session).json()["news"][0]
    assert session.attendances.get().name == "Bu Sri"


def test_a_body_without_a_name_and_a_seat_taken_back_are_refused(client, clerk, session, seats):
    seats[0].withdraw("Salah alamat.", clerk)
    nameless, withdrawn, empty = (
        tap(session, seats[2]),
        tap(session, seats[0], guest={"name": "Tono"}),
        tap(session, seats[2], guest={"name": " "}),
    )

    answer = bring(client, session, nameless, withdrawn, empty)

    assert states(answer) == ["refused"] * 3
    assert [one["asks"] for one in answer.json()["answers"]] == [False] * 3
    assert "Undangannya sudah dicabut." in answer.json()["answers"][1]["text"]
    assert not session.attendances.exists()


def test_a_stand_in_of_an_equal_name_is_asked_about(client, clerk, session, seats):
    make_attendance(session.activity, name="Slamet")
    asked = tap(session, seats[0], guest={"name": "Slamet"})

    first = bring(client, session, asked)
    sure = bring(client, session, asked | {"guest": {"name": "Slamet", "same_name": True}})

    assert first.json()["answers"][0]["asks"] is True
    assert states(sure) == ["recorded"]


def test_stand_ins_who_come_after_closing_keep_their_seats_through_the_tray(client, clerk, session, seats):
    session.activity.close(clerk)
    taps = [tap(session, seat, guest={"name": f"Wakil {seat}"}) for seat in (seats[0], seats[2])]
    assert states(bring(client, session, *taps)) == ["late", "late"]
    tray = client.get(at(session.activity, "desk_late")).content.decode()

    LateArrival.objects.all().take(session.activity, "Jaringan putus.", clerk)

    assert "Wakil Bu Sri, mewakili Bu Sri" in tray
    assert "Wakil LPM, dari LPM" in tray
    rows = session.attendances.order_by("invitation")
    assert [(row.invitation, row.is_stand_in) for row in rows] == [(seats[0], True), (seats[2], False)]


# After closing


@pytest.fixture
def late(client, clerk, session):
    """Two whom a desk brings after the list was closed: one invited, one walk-in."""
    make_attendance(session.activity)
    seat = make_invitation(session.activity)
    session.activity.close(clerk)
    taps = tap(session, seat, ago=60), tap(session, guest={"name": "Tarno"}, ago=30)
    answer = bring(client, session, *taps)
    assert states(answer) == ["late", "late"]
    bring(client, session, *taps)
    return list(LateArrival.objects.in_order())


def test_what_comes_after_closing_waits_once_and_the_list_stays_closed(client, late, session):
    assert len(late) == 2
    assert session.attendances.count() == 1
    page = client.get(at(session.activity, "desk")).content.decode()
    assert "2 susulan menunggu keputusan Anda" in page
    tray = client.get(at(session.activity, "desk_late")).content.decode()
    assert "Tarno" in tray
    assert "Kegiatan dengan susulan" in client.get("/admin/").content.decode()


def test_taking_them_in_reopens_with_reason_and_gives_each_a_line(client, clerk, late, session):
    told = {"arrivals": [one.pk for one in late], "reason": "Jaringan putus di balai.", "act": "terima"}

    answers = [client.post(at(session.activity, "desk_late"), told) for _ in range(2)]

    session.activity.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 422]
    assert session.activity.closed_at is None
    assert session.attendances.count() == 3
    assert {row.nonce for row in session.attendances.all()} >= {one.nonce for one in late}
    assert Entry.objects.get(kind="activity.reopened").facts["late"] == 2
    session.activity.close(clerk)
    assert Entry.objects.filter(kind="activity.closed").count() == 2


def test_one_who_meanwhile_has_a_line_is_settled_with_it(clerk, late, session):
    session.activity.reopen("Ada yang terlewat.", clerk)
    line = session.check_in(invitation=late[0].invitation, by=clerk)

    LateArrival.objects.filter(pk=late[0].pk).take(session.activity, "Sama orangnya.", clerk)

    late[0].refresh_from_db()
    assert late[0].attendance == line
    assert session.attendances.count() == 2


def test_declining_needs_a_reason_and_is_recorded(client, late, session):
    told = {"arrivals": [late[1].pk], "reason": "", "act": "tolak"}
    without = client.post(at(session.activity, "desk_late"), told)
    client.post(at(session.activity, "desk_late"), told | {"reason": "Tidak hadir."})

    assert without.status_code == 422
    assert LateArrival.objects.waiting().get() == late[0]
    session.activity.refresh_from_db()
    assert session.activity.closed_at
    assert Entry.objects.filter(kind="arrival.declined").count() == 1


def test_a_declined_one_sent_again_stays_declined_even_when_the_list_is_open(client, clerk, session):
    make_attendance(session.activity)
    session.activity.close(clerk)
    sent = tap(session, guest={"name": "Tarno"})
    bring(client, session, sent)
    LateArrival.objects.get().decline("Tidak hadir.", clerk)
    session.activity.reopen("Lain hal.", clerk)

    answer = bring(client, session, sent)

    assert "ditolak: Tidak hadir." in answer.json()["answers"][0]["text"]
    assert session.attendances.count() == 1


def test_what_was_recorded_before_closing_is_not_late_when_sent_again(client, clerk, session):
    sent = tap(session, guest={"name": "Tarno"})
    bring(client, session, sent)
    session.activity.close(clerk)

    assert states(bring(client, session, sent)) == ["recorded"]
    assert not LateArrival.objects.exists()


# Before closing


def test_a_desk_last_heard_with_a_queue_is_named_before_closing(client, clerk, session):
    refused = tap(session, guest={"name": ""})
    bring(client, session, refused, left=4)
    before = client.get(at(session.activity, "desk_close")).content.decode()
    bring(client, session)
    after = client.get(at(session.activity, "desk_close")).content.decode()

    assert "5 menunggu, terakhir terdengar" in before
    assert "menunggu, terakhir terdengar" not in after
    assert DeskContact.objects.count() == 1


def test_a_desk_that_fell_silent_is_named_too(client, clerk, session):
    bring(client, session)
    DeskContact.objects.update(heard_at=clock.now() - timedelta(minutes=10))

    assert "Tidak terdengar lagi" in client.get(at(session.activity, "desk_close")).content.decode()


def test_a_guests_facts_survive_the_tray(clerk, session):
    from attendance.models.tap import Tap

    session.activity.close(clerk)
    clocks = Tap.on(session, uuid4(), tapped=NOW, sent=NOW)
    guest = Guest("Tarno", sex="L", address="RT 02", institution="Dinas")
    LateArrival.objects.keep(session, clocks, nonce=uuid4(), by=clerk, who=guest)

    LateArrival.objects.all().take(session.activity, "Jaringan putus.", clerk)

    row = session.attendances.get()
    assert (row.name, row.sex, row.address, row.institution) == ("Tarno", "L", "RT 02", "Dinas")
