"""Erasure: what goes, what stays and is named before, and that a restored backup forgets again."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command
from django.test import Client

from forums.models import Post
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.chain import commitment
from partisipasi.ledger.models import Entry, Seal
from partisipasi.residents import notices, privacy
from partisipasi.residents.models import Erasure, Person, User
from tests import factories
from tests.attendance import factories as attendance
from tests.forums import factories as forums


@pytest.fixture(autouse=True)
def beside(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def resident(village):
    return factories.make_resident("wahyuningsih", name="Wahyuningsih Prabawati")


def person_of(user):
    return Person.objects.get(user=user)


def test_a_person_is_told_what_goes_and_what_stays_before(resident):
    forums.make_post(forums.make_topic(), author=resident)
    activity = attendance.make_activity()
    row = attendance.make_attendance(activity)
    type(row).objects.update(person=person_of(resident))

    plan = privacy.plan(resident)

    assert plan.removed["tanggapan"] == 1
    assert "buku alamat" in plan.removed
    assert [kept.what for kept in plan.kept] == [{"kehadiran": 1}]
    assert "arsip desa" in plan.kept[0].why
    assert "attendance_attendance" in plan.tables
    assert plan.closes_account


def test_sessions_end_and_the_admin_log_forgets_whoever_worked_on_the_person(resident):
    client, stays = Client(), Client()
    client.force_login(resident)
    stays.force_login(factories.make_user())
    clerk = factories.make_user()
    LogEntry.objects.log_actions(
        clerk.pk, [person_of(resident)], CHANGE, change_message="Wahyu", single_object=True
    )

    privacy.erase(resident)

    assert list(LogEntry.objects.values_list("object_repr", "change_message")) == [("(dihapus)", "")]
    assert client.get("/akun/").status_code == 302
    assert stays.get("/akun/").status_code == 200


def test_what_the_record_sealed_of_a_post_says_nothing_any_more(resident):
    post = forums.make_post(forums.make_topic(), author=resident, body="Jalan rusak")
    if post.is_waiting:
        post.release(by=factories.make_user())
    [seal] = Seal.objects.filter(entry__subject=f"forums.post:{post.pk}")
    assert seal.entry.facts["body"]["commitment"] == commitment(seal.salt, "Jalan rusak")

    privacy.erase(resident)

    assert not Seal.objects.filter(entry__subject=f"forums.post:{post.pk}").exists()
    assert Entry.objects.filter(subject=f"forums.post:{post.pk}").exists()


def test_a_guest_without_a_row_in_the_address_book_is_forgotten_in_every_village(village, neighbour):
    guest = factories.make_user("tamu.jauh")
    notices.tell([guest], notices_kind(), "Halo", path="/")
    with village_scope(neighbour):
        forums.make_post(forums.make_topic(), author=guest, body="Dari tetangga")

    privacy.erase(guest)

    guest.refresh_from_db()
    assert guest.username == f"terhapus-{guest.pk}"
    with village_scope(neighbour):
        assert Post.objects.get().body == privacy.GONE


def notices_kind():
    return next(iter(notices.kinds()))


def test_an_account_that_another_village_knows_keeps_its_way_in(resident, neighbour):
    with village_scope(neighbour):
        factories.make_person(user=resident)
    client = Client()
    client.force_login(resident)

    assert not privacy.plan(resident).closes_account
    privacy.erase(resident)

    resident.refresh_from_db()
    assert resident.username == "wahyuningsih"
    assert client.get("/akun/").status_code == 200


# A backup comes back


def test_every_erasure_stands_in_a_file_beside_the_database(
    resident, beside, django_capture_on_commit_callbacks
):
    person = person_of(resident)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(resident)

    [line] = (beside / "penghapusan.jsonl").read_text().splitlines()
    told = json.loads(line)
    assert (told["person"], told["account"]) == (person.pk, resident.pk)
    assert "wahyu" not in line.lower()
    assert Erasure.objects.get().person_number == person.pk


def restored(user, person):
    """The rows as an older backup holds them."""
    User.objects.filter(pk=user.pk).update(username="wahyuningsih", is_active=True)
    Person.objects.filter(pk=person.pk).update(name="Wahyuningsih Prabawati", user=user, retired_at=None)


def reapply(*arguments):
    out = StringIO()
    call_command("reapply_erasures", *arguments, stdout=out)
    return out.getvalue()


def test_after_a_restore_they_are_forgotten_again_once(resident, beside, django_capture_on_commit_callbacks):
    person = person_of(resident)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(resident)
    restored(resident, person)
    Erasure.objects.all().delete()

    assert reapply() == "1 penghapusan diterapkan kembali.\n"
    assert reapply() == "0 penghapusan diterapkan kembali.\n"

    person.refresh_from_db()
    resident.refresh_from_db()
    assert person.name == privacy.GONE
    assert resident.username == f"terhapus-{resident.pk}"


def test_who_got_the_number_later_is_somebody_else(resident, beside, django_capture_on_commit_callbacks):
    person = person_of(resident)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(resident)
    restored(resident, person)
    another = datetime(2030, 1, 1, tzinfo=UTC)
    Person.objects.filter(pk=person.pk).update(created_at=another)
    User.objects.filter(pk=resident.pk).update(joined_at=another)

    assert reapply() == "0 penghapusan diterapkan kembali.\n"

    person.refresh_from_db()
    assert person.name == "Wahyuningsih Prabawati"


def test_a_list_that_is_not_there_is_said_to_be_missing(village, tmp_path):
    with pytest.raises(CommandError, match="tidak ada"):
        reapply(str(tmp_path / "tiada.jsonl"))
    assert reapply() == "0 penghapusan diterapkan kembali.\n"


def test_erasing_at_a_moved_clock_is_dated_by_it(resident):
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        privacy.erase(resident)

    assert Erasure.objects.get().erased_at == datetime(2026, 3, 1, tzinfo=UTC)
