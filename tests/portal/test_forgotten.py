"""After erasure the whole database is searched for the person: only what was named before may still know him."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from attendance.models import Attendance
from partisipasi import clock
from partisipasi.portal.due import carry_out_erasures, renew_vocabulary
from partisipasi.portal.models import PrivacyRequest
from partisipasi.residents import notices
from partisipasi.residents.models import Membership, Person, Role, User
from tests import factories
from tests.attendance import factories as attendance
from tests.forums import factories as forums

MARKS = (
    "zulkarnaen",  # the account's name, and the person's
    "cempaka",  # the address
    "628119990001",  # the phone
    "walinyazul",  # the guardian
    "surelzul",  # the e-mail
    "katazul",  # what he wrote
    "mintazul",  # what he asked
    "nipzul",
)


@pytest.fixture(autouse=True)
def beside(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def known(village, client):
    """Somebody who has done all that a resident can do, and whom clerks have worked on."""
    client.post(
        "/akun/daftar/",
        {
            "username": "zulkarnaen",
            "password1": factories.PASSWORD,
            "password2": factories.PASSWORD,
            "email": "surelzul@contoh.id",
            "phone": "0811 9990 001",
            "agrees_to_account": "on",
            "agrees_to_contact": "on",
        },
    )
    user = User.objects.get(username="zulkarnaen")
    person = factories.make_person(
        user=user,
        name="Zulkarnaen Adiwangsa",
        address="Gang Cempaka 99",
        phone="+628119990001",
        guardian="Walinyazul",
        nipd="NIPZUL",
        verified_at=clock.now(),
    )
    clerk, other = factories.make_official(Role.SECRETARY), factories.make_resident()
    EmailAddress.objects.filter(user=user).update(verified=True)
    Membership.objects.create(person=person, body=factories.make_body(), position="Ketua Zulkarnaen")
    forums.make_post(forums.make_topic(), author=user, body="Katazul: jalan rusak.")
    activity = attendance.make_activity()
    attendance.make_invitation(activity, whom=person)
    Attendance.objects.filter(pk=attendance.make_attendance(activity, name="Zulkarnaen").pk).update(
        person=person, phone="+628119990001"
    )
    kind = next(iter(notices.kinds()))
    notices.tell([user], kind, "Halo Zulkarnaen Adiwangsa", path="/")
    notices.tell([other], kind, "Zulkarnaen Adiwangsa menanggapi Anda.", path="/")
    notices.follow(user, "/informasi/", "Katazul")
    for row in (person, Membership.objects.get(person=person), *Attendance.objects.filter(person=person)):
        LogEntry.objects.log_actions(clerk.pk, [row], CHANGE, change_message="Zulkarnaen", single_object=True)
    PrivacyRequest.objects.file("perbaikan", user=user, text="Mintazul", right="Zulkarnaen")
    renew_vocabulary()
    return user


def tables_with(mark):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE lower(t::text) LIKE %s LIMIT 1', [f"%{mark}%"])  # noqa: S608 - our own table names
            if cursor.fetchone():
                yield table


def test_only_what_was_named_before_still_knows_who_was_erased(known, client):
    assert all(list(tables_with(mark)) for mark in MARKS)
    page = client.get("/akun/data-saya/hapus/")
    named = page.context["plan"].tables
    assert "arsip desa" in page.text
    answer = client.post("/akun/data-saya/hapus/", {"understood": "on", "password": factories.PASSWORD})
    assert answer.status_code == 302

    with clock.at(clock.now() + timedelta(hours=73)):
        assert carry_out_erasures() == 1
        renew_vocabulary()
    cache.clear()

    assert named >= {"attendance_attendance"}
    for mark in MARKS:
        assert set(tables_with(mark)) <= named, mark
    # What is named there is what the page said: the list of who was present, with the name alone.
    assert set(tables_with("zulkarnaen")) == {"attendance_attendance"}
    assert set(tables_with("628119990001")) == set()
    assert not any(session.get_decoded().get("_auth_user_id") for session in Session.objects.all())
    assert Person.objects.filter(name="(dihapus)").exists()
