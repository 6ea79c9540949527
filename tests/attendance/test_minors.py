"""Who is under 18 comes with a guardian, asked only where ages are, and is never named in full to everybody."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from attendance.asked import privacy_notice
from attendance.forms import GuestForm
from attendance.models import Attendance, Guest, Registration, SheetColumn
from attendance.models.attendee import initials
from attendance.public_roster import public_sheet_of
from attendance.roster import SheetOptions, sheet_of
from attendance.sheet import Field
from partisipasi import clock
from tests import factories
from tests.attendance.factories import (
    make_activity,
    make_attendance,
    make_kind,
    make_open_activity,
)
from tests.residents.sheets import xlsx

ASKED = [SheetColumn.NAME, SheetColumn.AGE_GROUP, SheetColumn.SIGNATURE]


@pytest.fixture
def training(village):
    return make_activity(kind=make_kind(columns=ASKED), names_public=True)


def sent(**told):
    return {"name": "Bagas Saputra", "age_group": "<18", "nonce": uuid4()} | told


def test_a_guardian_is_asked_only_where_ages_are(training, clerk, client):
    assert "guardian" in GuestForm(session=training.sessions.get()).fields
    assert "Wali, bila di bawah 18 tahun" in client.get(f"/kegiatan/{training.pk}/meja/").text
    without = make_activity(kind=make_kind(columns=[SheetColumn.NAME]))
    assert "guardian" not in GuestForm(session=without.sessions.get()).fields


@pytest.mark.parametrize("guardian", ["", "  ", "..."])
def test_the_desk_asks_for_the_guardian_of_a_child(training, clerk, client, guardian):
    answer = client.post(f"/kegiatan/{training.pk}/meja/tamu/", sent(guardian=guardian))

    assert answer.status_code == 422
    assert "Tulis nama orang tua atau wali" in answer.text
    assert 'value="Bagas Saputra"' in answer.text
    assert not Attendance.objects.exists()


def test_the_guardian_stands_on_the_internal_sheet_alone(training, clerk, client):
    client.post(f"/kegiatan/{training.pk}/meja/tamu/", sent(guardian="Ibu Sri"))
    make_attendance(training, by=clerk, name="Parjono", age_group="45-59", guardian="Siapa pun")
    training.close(clerk)
    session = training.sessions.get()

    internal, public = sheet_of(session, SheetOptions()), public_sheet_of(session)
    page = Client().get(f"/kegiatan/{training.pk}/daftar-hadir/").text

    assert [cell.note for row in internal.rows for cell in row.cells if cell.field is Field.NAME] == [
        "wali: Ibu Sri",
        "",
    ]
    assert [row.values[Field.NAME] for row in public.attendees] == ["B. S.", "Parjono"]
    for text in (str(public.rows), page):
        assert "Bagas" not in text
        assert "Ibu Sri" not in text
    assert "B. S." in page


def test_a_child_of_the_address_book_brings_the_guardian_that_is_known(training, clerk):
    child = factories.make_person(name="Bagas", age_group="<18", guardian="Ibu Sri")

    line = training.sessions.get().check_in(child, by=clerk)

    assert (line.age_group, line.guardian) == ("<18", "Ibu Sri")


def test_no_way_around_leaves_a_child_without_a_guardian(training, clerk):
    with pytest.raises(ValidationError, match="wali"):
        training.sessions.get().check_in(Guest(name="Bagas", age_group="<18"), by=clerk)
    line = make_attendance(training, by=clerk, age_group="<18", guardian="hadir bersama wali")

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=line.pk).update(guardian="")


def test_the_paper_list_asks_beside_the_age(training, clerk, client):
    address = f"/kegiatan/{training.pk}/daftar-hadir/kertas/"
    row = {f"baris-0-{name}": value for name, value in sent(signed="on").items() if name != "nonce"}
    told = {"kiriman": str(uuid4()), "sesi": training.sessions.get().pk} | row

    assert 'name="baris-0-guardian"' in client.get(address).text
    wrong = client.post(address, told)
    right = client.post(address, told | {"baris-0-guardian": "Ibu Sri"})

    assert wrong.status_code == 422
    assert "Tulis nama orang tua atau wali" in wrong.text
    assert right.status_code == 302
    assert Attendance.objects.get().guardian == "Ibu Sri"


def test_a_list_kept_in_a_spreadsheet_brings_guardians(training, clerk, client):
    address = f"/kegiatan/{training.pk}/daftar-hadir/impor/"
    rows = [
        ("Nama", "Umur", "Orang tua"),
        ("Bagas Saputra", 14, "Ibu Sri"),
        ("Dewi", 15, ""),
        ("Joko", 40, "x"),
    ]

    answer = client.post(address, {"sheet": xlsx(*rows), "sesi": training.sessions.get().pk}, follow=True)

    assert "Tulis nama orang tua atau wali" in answer.text
    reading = training.sessions.get().imports.get().reading(clerk)
    assert [number for number, _ in reading.errors] == [3]
    facts = [reading.matching.facts(match) for match in reading.new]
    assert [each["guardian"] for each in facts] == ["Ibu Sri", "", ""]


def test_what_no_column_asks_for_is_not_copied_but_that_somebody_is_a_child(village, clerk):
    known = {"phone": "+6281234567890", "address": "RT 05", "age_group": "25-44"}
    person = factories.make_person(name="Sri", **known)
    child = factories.make_person(name="Bagas", age_group="<18", guardian="Ibu Sri")
    bare = make_activity(kind=make_kind(columns=[SheetColumn.NAME])).sessions.get()
    asking = make_activity(kind=make_kind(columns=["name", "phone", "address", "age_group"])).sessions.get()

    little, much = bare.check_in(person, by=clerk), asking.check_in(person, by=clerk)

    assert {field: getattr(little, field) for field in known} == dict.fromkeys(known, "")
    assert {field: getattr(much, field) for field in known} == known
    assert bare.check_in(child, by=clerk).public_name == "B."


def test_who_registers_a_child_names_the_guardian_and_the_desk_needs_one_tap(village, clerk, client):
    training = make_open_activity(kind=make_kind(columns=ASKED), names_public=True)
    told = {"name": "Bagas Saputra", "guardian": "Ibu  Sri", "nonce": uuid4()}
    answer = Client().post(f"/kegiatan/{training.pk}/daftar/", told)
    assert answer.status_code == 302, answer.text
    registration = Registration.objects.get()
    assert "wali: Ibu Sri" in client.get(f"/kegiatan/{training.pk}/pendaftaran/").text

    with clock.at(training.starts_at):
        line = training.sessions.get().check_in(registration=registration, by=clerk)

    assert (line.age_group, line.guardian, line.public_name) == ("<18", "Ibu Sri", "B. S.")
    Registration.objects.all().forget()
    assert Registration.objects.get().guardian == ""


def test_the_paper_tells_children_to_write_their_guardian(training, village):
    assert "di bawah 18 tahun menulis juga nama wali" in privacy_notice(village, training.kind)


def test_initials_are_letters():
    assert initials("Bagas  'Aji' Saputra 2") == "B. A. S."
