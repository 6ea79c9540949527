"""Being present by one's own phone: the code on the screen, the ticket, one row a person."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from attendance import phone_codes
from attendance.models import Attendance, PhoneTicket, SheetColumn
from attendance.views import phone as views
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind
from tests.hostile import MARKUP
from tests.threads import at_once

NOW = clock.now().replace(hour=3, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def _hour():
    with clock.at(NOW):
        yield


@pytest.fixture
def activity(village):
    return make_activity()


@pytest.fixture
def session(activity):
    return activity.sessions.get()


def scan(client, session):
    return client.get(reverse("phone_scan", args=[phone_codes.shown(session).long]))


def send(client, name="Siti Aminah", place=1, **fields):
    return client.post(reverse("phone_check_in"), {"name": name, "place": place} | fields)


def official(**fields):
    return factories.make_official(Role.SECRETARY, **fields)


def test_the_code_changes_every_half_minute_and_the_one_before_still_opens(session):
    first = phone_codes.shown(session)
    with clock.at(NOW + timedelta(seconds=29)):
        assert phone_codes.shown(session).long == first.long
        assert phone_codes.shown(session).seconds_left == 1
    ages = []
    for seconds in (30, 60, 600, 660):
        with clock.at(NOW + timedelta(seconds=seconds)):
            assert phone_codes.shown(session).long != first.long
            ages.append(phone_codes.age_of(session, first.long))

    assert ages == [1, 2, 20, None]


def test_two_sessions_show_two_codes(session):
    other = make_activity().sessions.get()

    assert phone_codes.shown(session).long != phone_codes.shown(other).long
    assert phone_codes.age_of(other, phone_codes.shown(session).long) is None
    assert phone_codes.age_of(session, phone_codes.shown(session).long[:1]) is None


def test_a_neighbour_scans_gives_her_name_and_is_on_the_list(client, session):
    answer = scan(client, session)
    assert (answer.status_code, answer["Location"]) == (302, "/hadir/")
    asked = client.get("/hadir/")
    assert "Saya hadir" in asked.text
    assert "no-store" in asked["Cache-Control"]

    sent = send(client, unsur=factories.make_unsur().pk, sex="P")

    assert sent.status_code == 302
    row = Attendance.objects.get()
    assert (row.name, row.sex, row.method, row.checked_in_by, row.session) == (
        "Siti Aminah",
        "P",
        "hp",
        None,
        session,
    )
    assert "Anda tercatat hadir" in client.get("/hadir/").text


def test_a_typed_code_leads_there_too_however_it_is_written(client, session):
    code = phone_codes.shown(session).written.lower().replace("-", " ")

    assert client.post("/hadir/kode/", {"kode": code})["Location"] == "/hadir/"
    assert "Saya hadir" in client.get("/hadir/").text


def test_a_scan_of_the_code_before_still_counts_an_older_one_is_told_so(client, session):
    code = phone_codes.shown(session).long
    with clock.at(NOW + timedelta(seconds=59)):
        assert client.get(f"/hadir/{code}/").status_code == 302
    with clock.at(NOW + timedelta(seconds=61)):
        answer = client.get(f"/hadir/{code}/")
        assert answer.status_code == 410
        assert views.TOO_OLD in answer.text
        typed = client.post("/hadir/kode/", {"kode": code[:6]})
        assert (typed.status_code, views.TOO_OLD in typed.text) == (422, True)


@pytest.mark.parametrize("code", ["K7M2QX9RDABCDEFG", "x", "0" * 300, "é", "K7M2QX"])
def test_an_invented_code_opens_nothing_and_says_what_to_do(client, session, code):
    answer = client.get(reverse("phone_scan", args=[code]))

    assert answer.status_code == 404
    assert views.WRONG in answer.text
    assert views.COOKIE not in answer.cookies


def test_six_signs_do_not_do_where_the_qr_code_is_read(client, session):
    assert client.get(f"/hadir/{phone_codes.shown(session).long[:6]}/").status_code == 404


def test_a_ticket_lasts_ten_minutes_and_a_new_scan_keeps_what_was_typed(client, session):
    scan(client, session)
    with clock.at(NOW + timedelta(minutes=9, seconds=59)):
        assert "Saya hadir" in client.get("/hadir/").text
    with clock.at(NOW + timedelta(minutes=10)):
        assert "Waktu sepuluh menit sudah habis" in client.get("/hadir/").text
        late = send(client, "Bu Rini")
        assert late.status_code == 422
        assert 'value="Bu Rini"' in late.text
        assert "Pindai lagi kode di layar" in late.text
        assert not Attendance.objects.exists()
        scan(client, session)
        assert send(client, "Bu Rini").status_code == 302

    assert Attendance.objects.get().name == "Bu Rini"


def test_a_ticket_of_ones_own_making_opens_nothing(client, session):
    client.cookies[views.COOKIE] = "eyJwayI6ICJ4In0:1abcde:forged"

    assert "Kode di layar" in client.get("/hadir/").text
    assert send(client).status_code == 422
    assert not Attendance.objects.exists()


def test_a_verified_resident_needs_one_tap_and_fills_his_seat(client, activity, session):
    user = factories.make_resident(verified_at=NOW)
    person = views.Person.objects.of(user)
    seat = make_invitation(activity, whom=person)
    client.force_login(user)
    scan(client, session)
    page = client.get("/hadir/").text
    assert person.name in page
    assert 'name="name"' not in page

    for _ in range(2):
        assert client.post("/hadir/saya/", {"place": 1})["Location"] == "/hadir/"

    row = Attendance.objects.get()
    assert (row.person, row.invitation, row.method, row.checked_in_by) == (person, seat, "hp", user)


def test_whom_the_desk_recorded_is_told_so_and_not_recorded_twice(client, session):
    user = factories.make_resident(verified_at=NOW)
    person = views.Person.objects.of(user)
    session.check_in(person, by=official())
    client.force_login(user)
    scan(client, session)

    assert "Anda tercatat hadir" in client.get("/hadir/").text
    client.post("/hadir/saya/", {"place": 1})
    assert Attendance.objects.count() == 1


def test_an_unverified_account_gives_its_name_like_everybody(client, session):
    client.force_login(factories.make_resident())
    scan(client, session)

    client.post("/hadir/saya/", {"place": 1})
    assert not Attendance.objects.exists()
    send(client)
    assert Attendance.objects.get().person is None


def test_a_form_sent_twice_is_one_row(client, session):
    scan(client, session)

    for _ in range(3):
        assert send(client).status_code == 302

    assert Attendance.objects.count() == 1


def test_a_phone_handed_on_with_the_same_form_says_who_is_not_recorded(client, session):
    scan(client, session)
    send(client)

    page = client.post("/hadir/catat/", {"name": "Pak Joko", "place": 1, "household": "on"}, follow=True).text
    assert "Pak Joko belum tercatat" in page
    assert Attendance.objects.count() == 1


def test_one_more_of_the_household_is_asked_about_and_marked_a_third_goes_to_the_desk(client, session):
    scan(client, session)
    send(client)
    assert "orang serumah" in client.get("/hadir/").text

    asked = send(client, "Mbah Karto", place=2)
    assert asked.status_code == 422
    assert "Centang pernyataan ini" in asked.text
    assert send(client, "Mbah Karto", place=2, household="on").status_code == 302
    third = client.post(
        "/hadir/catat/", {"name": "Pak Joko", "place": 3, "household": "on"}, follow=True
    ).text

    assert "dicatat di meja presensi" in third
    assert list(Attendance.objects.values_list("name", "method")) == [
        ("Siti Aminah", "hp"),
        ("Mbah Karto", "titip"),
    ]


def test_a_second_scan_does_not_make_a_second_phone(client, session):
    scan(client, session)
    send(client)
    scan(client, session)

    assert send(client, "Pak Joko", place=2).status_code == 422
    assert Attendance.objects.count() == 1


def test_a_namesake_is_asked_about_not_refused_and_nothing_is_told_of_him(client, activity, session):
    make_attendance(activity, name="Slamet", address="Jalan Melati 7", unsur=factories.make_unsur())
    scan(client, session)

    asked = send(client, "slamet")
    assert asked.status_code == 422
    assert "sudah tercatat hadir pukul" in asked.text
    assert "Melati" not in asked.text
    assert send(client, "slamet", same_name="on").status_code == 302
    assert Attendance.objects.count() == 2


def test_the_form_asks_no_more_than_the_kind_has_columns_for(village, client):
    kind = make_kind(columns=[SheetColumn.NAME, SheetColumn.SIGNATURE])
    scan(client, make_activity(kind=kind).sessions.get())
    page = client.get("/hadir/").text

    assert set(re.findall(r'name="(\w+)"', page)) & {"sex", "unsur", "region", "address", "phone"} == set()


def test_after_closing_the_phone_is_told_so(client, activity, session):
    scan(client, session)
    activity.close(official())

    assert send(client, follow=True).status_code in {302, 422}
    page = client.get("/hadir/").text
    assert "Daftar hadir sudah ditutup" in page
    assert "Saya hadir" not in page
    assert not Attendance.objects.exists()
    scan(client, session)
    assert "Daftar hadir sudah ditutup" in client.get("/hadir/").text


def test_what_the_desk_takes_back_may_be_recorded_again(client, activity, session):
    scan(client, session)
    send(client)
    clerk = official()
    desk = client.__class__()
    desk.force_login(clerk)
    row = Attendance.objects.get()
    undo = reverse("attendance:desk_undo", args=[activity.pk, row.pk])
    asked = desk.get(undo).text
    assert "None" not in asked
    assert "HP sendiri" in asked
    desk.post(undo, {"reason": "salah orang"})

    page = client.get("/hadir/").text
    assert "dikeluarkan dari daftar" in page
    assert send(client, "Siti Aminah", place=1).status_code == 302
    assert not Attendance.objects.present().exists()
    send(client, "Siti Aminah", place=2)
    assert Attendance.objects.present().get().method == "hp"


def test_yesterdays_session_and_tomorrows_show_no_code(village, client):
    client.force_login(official())
    for hours in (-30, 30):
        activity = make_activity(starts_at=NOW + timedelta(hours=hours))
        session = activity.sessions.get()
        page = client.get(reverse("attendance:hall_screen", args=[activity.pk])).text
        assert "Bukan waktunya" in page
        assert scan(client, session).status_code == 404


def test_the_code_and_the_ticket_of_one_village_are_nothing_in_the_other(client, session, neighbour):
    host = {"host": neighbour.hosts.first().name} if hasattr(neighbour, "hosts") else {"host": "tetangga"}
    code = phone_codes.shown(session).long
    scan(client, session)

    with village_scope(neighbour):
        assert client.get(f"/hadir/{code}/", headers=host).status_code == 404
        assert "Kode di layar" in client.get("/hadir/", headers=host).text
        assert client.post("/hadir/catat/", {"name": "X", "place": 1}, headers=host).status_code == 422
    assert not Attendance.objects.exists()


def test_wrong_typed_codes_make_typing_wait_but_never_a_scan(client, session, monkeypatch):
    monkeypatch.setitem(views.LIMITS, "typed_code", "3/h/ip,1000/h/key")
    right = phone_codes.shown(session).long[:6]
    for _ in range(3):
        assert views.WRONG in client.post("/hadir/kode/", {"kode": "222222"}).text
    assert views.TOO_MANY in client.post("/hadir/kode/", {"kode": "222222"}).text
    assert views.TOO_MANY in client.post("/hadir/kode/", {"kode": right}).text
    assert scan(client, session).status_code == 302


def test_codes_that_are_merely_old_are_not_counted_as_wrong(client, session, monkeypatch):
    monkeypatch.setitem(views.LIMITS, "typed_code", "1/h/ip,1000/h/key")
    old = phone_codes.shown(session).long[:6]
    with clock.at(NOW + timedelta(minutes=2)):
        for _ in range(3):
            client.post("/hadir/kode/", {"kode": old})
        assert client.post("/hadir/kode/", {"kode": phone_codes.shown(session).long[:6]}).status_code == 302


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "12345"}, {"name": "x" * 200}, {"place": "0"}, {"place": "x"}]
)
def test_what_cannot_be_is_said_and_changes_nothing(client, session, fields):
    scan(client, session)

    assert send(client, **fields).status_code == 422
    assert not Attendance.objects.exists()


def test_hostile_names_are_shown_as_text(client, session):
    for text in MARKUP:
        phone = client.__class__()
        scan(phone, session)
        sent = send(phone, text[:120])
        page = sent.text if sent.status_code == 422 else phone.get("/hadir/").text
        assert "<script>alert" not in page


@pytest.mark.django_db(transaction=True)
def test_a_phone_that_sends_at_the_same_moment_is_one_row(village):
    session = make_activity().sessions.get()
    ticket = PhoneTicket.issue(session)
    who = views.Guest(name="Siti Aminah")

    def check_in():
        with clock.at(NOW):
            return ticket.check_in(who, place=1, by=None)

    rows = at_once(village, *[check_in] * 4)

    assert {row.pk for row in rows} == {Attendance.objects.get().pk}
