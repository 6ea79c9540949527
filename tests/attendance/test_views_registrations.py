"""Registering on the portal: with an account by one tap, without one by name and a code to keep."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import Activity, Attendance, Registration
from attendance.registered_codes import code_of, found_by, registration_path
from partisipasi import clock, spreadsheet
from partisipasi.db import village_scope
from partisipasi.residents.models import Person, Role
from tests import factories
from tests.attendance.factories import (
    make_activity,
    make_invitation,
    make_open_activity,
    make_registration,
)
from tests.hostile import HOSTILE


def to(name, *args):
    return reverse(f"attendance:{name}", args=args)


def text_of(client, address, **query):
    return client.get(address, query).content.decode()


def told(name="Sumarni", **fields):
    return {"name": name, "origin": "", "nonce": uuid4(), "website": ""} | fields


def test_the_page_of_the_activity_tells_how_many_places_are_left(client, village):
    activity = make_open_activity(capacity=30)
    for _ in range(26):
        make_registration(activity)

    page = text_of(client, activity.get_absolute_url())

    assert "Sisa tempat 4 dari 30" in page
    assert to("registration_add", activity.pk) in page
    assert '<form method="post"' not in page
    assert "csrfmiddlewaretoken" not in page


def test_the_list_of_activities_tells_it_too(client, village):
    make_registration(make_open_activity(capacity=3))

    assert "pendaftaran dibuka, sisa tempat 2 dari 3" in text_of(client, "/kegiatan/")


def test_registration_costs_the_public_page_no_statement(client, village, django_assert_max_num_queries):
    activity = make_open_activity(capacity=3)
    for _ in range(10):
        make_registration(activity)
    client.get("/kegiatan/")

    with django_assert_max_num_queries(8):
        page = text_of(client, activity.get_absolute_url())

    assert "Sisa tempat 0 dari 3 · Daftar tunggu 7" in page
    assert "Masuk daftar tunggu" in page


def test_who_has_no_account_registers_by_name_and_gets_a_code_to_keep(client, village):
    activity = make_open_activity(capacity=1)

    answer = client.post(to("registration_add", activity.pk), told("  Siti   Rohmah ", origin="RT 02"))

    row = Registration.objects.get()
    assert (row.name, row.origin, row.how, row.registered_by) == ("Siti Rohmah", "RT 02", "kode", None)
    assert answer["Location"] == registration_path(row)
    page = client.get(registration_path(row))
    assert "Siti Rohmah terdaftar" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex"' in page.content.decode()
    assert registration_path(row) in page.content.decode()


def test_the_same_form_twice_is_one_registration(client, village):
    activity, form = make_open_activity(), told()

    places = {client.post(to("registration_add", activity.pk), form)["Location"] for _ in range(2)}

    assert len(places) == 1
    assert Registration.objects.count() == 1


def test_one_tap_registers_who_is_signed_in(client, village):
    activity = make_open_activity()
    user = factories.make_resident("siti")
    client.force_login(user)
    nonce = re.search(r'name="nonce" value="([^"]+)"', text_of(client, activity.get_absolute_url()))

    client.post(to("registration_add", activity.pk), {"nonce": nonce[1]})

    row = Registration.objects.get()
    assert (row.person.user, row.how, row.name) == (user, "akun", "")
    page = text_of(client, activity.get_absolute_url())
    assert "Anda sudah terdaftar" in page
    assert registration_path(row) in page
    assert client.get(to("registration_add", activity.pk))["Location"] == registration_path(row)


def test_who_is_signed_in_may_register_somebody_else_by_name(client, village):
    activity = make_open_activity()
    client.force_login(factories.make_resident())

    client.post(to("registration_add", activity.pk) + "?lain=1", told("Nenek Sumi"))

    assert Registration.objects.get().name == "Nenek Sumi"
    assert Registration.objects.get().person is None


def test_an_account_without_a_row_in_the_address_book_writes_its_name(client, village):
    activity = make_open_activity()
    client.force_login(factories.make_user())

    assert client.post(to("registration_add", activity.pk), {"nonce": uuid4()}).status_code == 422
    client.post(to("registration_add", activity.pk), told("Tamu Jauh"))

    assert Registration.objects.get().name == "Tamu Jauh"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (told(""), "Tulis nama yang mendaftar."),
        (told("12 34"), "Tulis nama yang mendaftar."),
        (told("a" * 121), "120"),
        (told(nonce="bukan"), ""),
        (told(website="https://murah.example"), "Kosongkan kolom ini."),
    ],
)
def test_a_bad_form_is_explained_and_kept_out(client, village, form, said):
    answer = client.post(to("registration_add", make_open_activity().pk), form | {"origin": "RT 05"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "RT 05" in answer.content.decode()
    assert not Registration.objects.exists()


def test_what_is_closed_says_so(client, village):
    activity = make_open_activity(closes_at=clock.now() + timedelta(hours=1))

    with clock.at(clock.now() + timedelta(hours=2)):
        page = text_of(client, to("registration_add", activity.pk))
        answer = client.post(to("registration_add", activity.pk), told())

    assert "Pendaftaran sudah ditutup" in page
    assert answer.status_code == 422
    assert not Registration.objects.exists()
    assert "tidak menerima pendaftaran" in text_of(client, to("registration_add", make_activity().pk))


def test_who_keeps_the_code_withdraws_and_who_waits_sees_it(client, village):
    activity = make_open_activity(capacity=1)
    first, second = make_registration(activity), make_registration(activity)
    assert "daftar tunggu, nomor 1" in text_of(client, registration_path(second))

    client.post(registration_path(first))
    client.post(registration_path(first))

    assert "sudah dibatalkan" in text_of(client, registration_path(first))
    assert f"{second} terdaftar" in text_of(client, registration_path(second))


def test_after_the_beginning_nobody_withdraws(client, village):
    row = make_registration(make_open_activity())

    with clock.at(row.activity.starts_at):
        client.post(registration_path(row))

    assert Registration.objects.get().withdrawn_at is None


def test_a_code_opens_no_other_row_and_nothing_in_another_village(client, village, neighbour):
    row, other = make_registration(), make_registration()
    invitation = make_invitation(row.activity)

    assert found_by(code_of(row).lower()) == row
    assert found_by(f"{other.pk}-{code_of(row).split('-')[1]}") is None
    wrong_kind = reverse("invited:answer", args=[code_of(row)])
    assert client.get(wrong_kind).status_code == 404 or invitation.pk == row.pk
    with village_scope(neighbour):
        assert found_by(code_of(row)) is None
    assert client.get(registration_path(row), headers={"host": "tetangga.testserver"}).status_code == 404


def test_guessing_codes_and_flooding_end(client, village, monkeypatch):
    limits = {"register": "2/h/ip", "register_self": "9/h/user", "wrong_registration": "2/h/ip"}
    monkeypatch.setattr("attendance.views.registrations.LIMITS", limits)
    activity = make_open_activity(capacity=None)
    wrong = reverse("registered:registration", args=["1-AAAAAAAAAA"])

    assert [client.post(to("registration_add", activity.pk), told()).status_code for _ in range(3)] == [
        302,
        302,
        429,
    ]
    assert [client.get(wrong).status_code for _ in range(3)] == [404, 404, 429]
    assert activity.registrations.count() == 2


def test_a_forgotten_registration_is_not_found(client, village):
    row = make_registration()
    Registration.objects.filter(pk=row.pk).forget()

    assert client.get(registration_path(row)).status_code == 404


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_text_everywhere(client, clerk, text):
    activity = make_open_activity()
    client.post(to("registration_note", activity.pk), told("Siti", origin=text[:120]))
    client.post(to("registration_note", activity.pk), told(text[:120]))
    row = Registration.objects.last() or make_registration(activity)

    for address in (
        registration_path(row),
        to("registration_list", activity.pk),
        to("registration_print", activity.pk),
        to("registration_withdraw", activity.pk, row.pk),
        to("desk", activity.pk),
    ):
        assert "<script>alert" not in text_of(client, address)


# For officials


def test_the_office_opens_registration_and_changes_it(client, clerk):
    activity = make_activity(starts_at=clock.now() + timedelta(days=7))
    address = to("registration_set", activity.pk)
    assert "Buka pendaftaran" in text_of(client, to("registration_list", activity.pk))

    client.post(address, {"opens_at": "2020-01-01T08:00", "closes_at": "", "capacity": "30"})

    row = Activity.objects.get(pk=activity.pk)
    assert (row.capacity, row.registration_closes_at, row.registration_state) == (30, None, "buka")
    assert 'value="2020-01-01T08:00"' in text_of(client, address)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"opens_at": "", "capacity": "3"}, "Tulis kapan"),
        ({"opens_at": "besok", "capacity": "3"}, "contoh"),
        ({"opens_at": "2020-01-01T08:00", "capacity": "0"}, "angka 1"),
        ({"opens_at": "2020-01-01T08:00", "closes_at": "2019-01-01T08:00"}, "sesudah dibuka"),
        ({"opens_at": "2999-01-01T08:00"}, "sebelum kegiatan dimulai"),
    ],
)
def test_a_rule_that_cannot_be_is_explained_beside_its_field(client, clerk, form, said):
    activity = make_activity(starts_at=clock.now() + timedelta(days=7))

    answer = client.post(to("registration_set", activity.pk), form)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Activity.objects.get(pk=activity.pk).registration_opens_at is None


def test_the_office_registers_who_came_to_the_counter_and_withdraws_with_a_reason(client, clerk):
    activity = make_open_activity(capacity=1)
    client.post(to("registration_note", activity.pk), told("Pak Karto"))
    row = Registration.objects.get()
    assert (row.how, row.registered_by) == ("petugas", clerk)
    waiting = make_registration(activity)

    assert client.post(to("registration_withdraw", activity.pk, row.pk), {}).status_code == 422
    client.post(to("registration_withdraw", activity.pk, row.pk), {"reason": "Mendaftar dua kali."})

    page = text_of(client, to("registration_list", activity.pk))
    assert "Mendaftar dua kali." in page
    assert Registration.objects.get(pk=waiting.pk).placed_at
    assert client.get(to("registration_withdraw", activity.pk, row.pk)).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(client, clerk, django_assert_max_num_queries):
    activity = make_open_activity(capacity=2)
    for number in range(12):
        make_registration(
            activity, person=factories.make_person(region=factories.make_region()) if number % 2 else None
        )

    with django_assert_max_num_queries(16):
        page = client.get(to("registration_list", activity.pk))

    assert [line for _, line, _ in page.context["rows"]] == [None, None, *range(1, 11)]


def test_the_list_goes_out_as_csv_and_spreadsheet_without_formulas(client, clerk):
    activity = make_open_activity(capacity=1)
    make_registration(activity, name="=SUM(A1)", origin="+62")
    make_registration(activity, name="Budi")

    text = client.get(to("registration_csv", activity.pk))
    book = client.get(to("registration_xlsx", activity.pk))

    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert rows[1][1:5] == ["'=SUM(A1)", "'+62", "", "Terdaftar"]
    assert rows[2][1:5] == ["Budi", "", "", "Daftar tunggu nomor 1"]
    assert [row[1] for row in spreadsheet.read(book.content)] == ["Nama", "=SUM(A1)", "Budi"]
    assert "no-store" in text["Cache-Control"]
    assert "Budi" in text_of(client, to("registration_print", activity.pk))


def test_the_desk_finds_who_registered_and_marks_him_with_one_tap(client, clerk):
    activity = make_open_activity()
    row, other = make_registration(activity, name="Sumarni"), make_registration(activity, name="Budi")

    with clock.at(activity.starts_at):
        page = client.get(to("desk", activity.pk), {"q": "sumar"})
        assert [each.registration for each in page.context["registered"]] == [row]
        form = {"registration": row.pk, "nonce": uuid4()}
        client.post(to("desk_check_in", activity.pk), form)
        client.post(to("desk_check_in", activity.pk), form)
        after = text_of(client, to("desk", activity.pk))

    assert [line.registration for line in Attendance.objects.all()] == [row]
    assert "· pendaftar" in after
    assert "Pendaftar hadir" in after
    assert str(other) in after


def test_a_registration_of_another_activity_is_no_seat_here(client, clerk):
    activity, elsewhere = make_open_activity(), make_registration()

    with clock.at(activity.starts_at):
        answer = client.post(
            to("desk_check_in", activity.pk), {"registration": elsewhere.pk, "nonce": uuid4()}
        )

    assert answer.status_code == 404
    assert not Attendance.objects.exists()


def test_the_desk_without_a_network_knows_who_registered_and_brings_him(client, clerk):
    activity = make_open_activity()
    row = make_registration(activity, name="Sumarni")
    address = to("desk_queue", activity.pk)

    with clock.at(activity.starts_at):
        kept = client.get(address).json()["invited"]
        now = int(clock.now().timestamp() * 1000)
        tap = {
            "nonce": str(uuid4()),
            "at": now,
            "session": activity.sessions.get().pk,
            "registration": row.pk,
        }
        sent = {"desk": str(uuid4()), "now": now, "left": 0, "taps": [tap]}
        answer = client.post(address, sent, content_type="application/json").json()
        activity.close(clerk)
        late = tap | {"nonce": str(uuid4()), "registration": make_late(activity).pk}
        later = client.post(address, sent | {"taps": [late]}, content_type="application/json").json()

    assert kept[0] | {"here": False} == {
        "registration": row.pk,
        "name": "Sumarni",
        "detail": "",
        "here": False,
    }
    assert [one["state"] for one in answer["answers"]] == ["recorded"]
    assert [one["state"] for one in later["answers"]] == ["late"]
    assert Attendance.objects.get().registration == row


def make_late(activity):
    return Registration.objects.create(activity=activity, name="Budi", nonce=uuid4(), how="kode")


def test_the_hall_and_the_sheet_count_registered_people_apart_from_seats(client, clerk):
    activity = make_open_activity()
    row = make_registration(activity, name="Sumarni")
    make_registration(activity, name="Budi")

    with clock.at(activity.starts_at):
        activity.sessions.get().check_in(registration=row, by=clerk)
        hall = text_of(client, to("hall_live", activity.pk))
        sheet = text_of(client, to("sheet_print", activity.pk))
        blank = text_of(client, to("sheet_print", activity.pk), isi="undangan")

    assert re.search(r"pendaftar hadir</dt><dd>1<small> dari 2", hall)
    assert "Hadir dengan pendaftaran: 1 orang." in sheet
    assert "Budi" not in sheet
    assert "Budi" in blank


def test_a_hamlet_head_works_on_the_registration_of_his_hamlet_alone(client, village):
    own, other = factories.make_region(), factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))

    assert client.get(to("registration_list", make_open_activity(region=own).pk)).status_code == 200
    assert client.get(to("registration_list", make_open_activity(region=other).pk)).status_code == 404


def test_a_person_who_waits_sees_his_place_on_the_activitys_page(client, village):
    activity = make_open_activity(capacity=1)
    make_registration(activity)
    user = factories.make_resident()
    make_registration(activity, person=Person.objects.get(user=user))
    client.force_login(user)

    assert "daftar tunggu, nomor 1" in text_of(client, activity.get_absolute_url())
