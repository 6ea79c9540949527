"""What people ask about their data: received, answered within 72 hours, carried out, remembered."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.portal.due import carry_out_erasures, note_late_requests
from partisipasi.portal.models import HoldsOffice, PrivacyRequest, TooEarly
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, Notice, Person, Role, User
from tests import factories
from tests.threads import at_once

Kind = PrivacyRequest.Kind
FRIDAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
"""Labour day, before a week-end: working days would come later."""


@pytest.fixture(autouse=True)
def beside(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def clerk(village):
    return factories.make_official(Role.SECRETARY)


@pytest.fixture
def resident(village):
    user = factories.make_resident("wahyuningsih")
    EmailAddress.objects.create(user=user, email="wahyu@contoh.id", verified=True, primary=True)
    return user


def asked_by(user, kind=Kind.ERASURE, at=FRIDAY, **words):
    with clock.at(at):
        return PrivacyRequest.objects.file(kind, user=user, **words)


def test_it_is_due_after_three_times_24_hours_holidays_or_not(resident):
    asked = asked_by(resident)

    assert asked.due_at == FRIDAY + timedelta(hours=72)


def test_officials_hear_of_it_and_nobody_else(resident, clerk):
    factories.make_official(Role.OPERATOR)
    asked_by(resident, Kind.CORRECTION, text="RT salah", right="RT 03")

    assert [notice.recipient for notice in Notice.objects.all()] == [clerk]
    assert "RT salah" not in Notice.objects.get().text


def test_an_erasure_carries_itself_out_when_the_hours_have_passed(
    resident, django_capture_on_commit_callbacks
):
    asked = asked_by(resident)
    with clock.at(asked.due_at - timedelta(seconds=1)):
        assert carry_out_erasures() == 0
        assert User.objects.get(pk=resident.pk).is_active

    with clock.at(asked.due_at), django_capture_on_commit_callbacks(execute=True):
        assert carry_out_erasures() == 1
        assert carry_out_erasures() == 0

    asked.refresh_from_db()
    resident.refresh_from_db()
    assert asked.decision == "dilaksanakan"
    assert asked.carried_out_at == asked.due_at
    assert resident.username == f"terhapus-{resident.pk}"
    assert not Person.objects.filter(user=resident).exists()
    [letter] = mail.outbox
    assert letter.to == ["wahyu@contoh.id"]
    assert "sudah dihapus" in letter.subject
    assert not Notice.objects.filter(recipient=resident).exists()
    entry = Entry.objects.get(kind="privacy.decided")
    assert entry.facts["kind"] == "penghapusan"
    assert "wahyu" not in str(entry.facts)


def test_who_asked_may_think_better_of_it_until_then(resident):
    asked = asked_by(resident)
    stranger = factories.make_resident()

    with pytest.raises(PermissionDenied):
        asked.cancel(by=stranger)
    with clock.at(asked.due_at - timedelta(hours=1)):
        assert asked.cancel(by=resident)
        assert not asked.cancel(by=resident)
    with clock.at(asked.due_at + timedelta(days=1)):
        assert carry_out_erasures() == 0
        assert note_late_requests() == 0

    assert User.objects.get(pk=resident.pk).username == "wahyuningsih"


def test_a_lawful_ground_keeps_it_and_the_person_reads_it(resident, clerk):
    asked = asked_by(resident)

    with pytest.raises(ValidationError, match="alasan"):
        asked.refuse("  ", by=clerk)
    with pytest.raises(PermissionDenied):
        asked.refuse("Tidak mau.", by=factories.make_official(Role.OPERATOR))
    with clock.at(asked.due_at - timedelta(hours=1)):
        assert asked.refuse("Sedang diperiksa Inspektorat (UU 27/2022 pasal 15).", by=clerk)
        assert not asked.refuse("Dua kali.", by=clerk)
    with clock.at(asked.due_at):
        assert carry_out_erasures() == 0

    asked.refresh_from_db()
    assert asked.decision == "ditolak"
    assert "Inspektorat" in asked.reason
    assert User.objects.get(pk=resident.pk).is_active
    assert Notice.objects.filter(recipient=resident, kind="privacy").count() == 1


def test_an_official_does_not_erase_before_the_person_may_still_cancel(resident, clerk):
    asked = asked_by(resident)

    with clock.at(FRIDAY + timedelta(hours=1)), pytest.raises(TooEarly):
        asked.carry_out(by=clerk)


def test_at_the_counter_somebody_without_an_account_asks_through_an_official(village, clerk):
    person = factories.make_person(name="Mbah Karto", address="Gang Kenanga 17")
    asked = PrivacyRequest.objects.file(Kind.ERASURE, person=person, by=clerk)

    assert asked.carry_out(by=clerk)

    person.refresh_from_db()
    assert person.name == "(dihapus)"
    assert person.address == ""


def test_somebody_unknown_at_the_counter_is_only_entered(village, clerk):
    asked = PrivacyRequest.objects.file(Kind.ERASURE, name="Pak Entah", by=clerk)

    assert asked.carry_out(by=clerk, note="Tidak ada data atas nama ini.")
    assert asked.who == "Pak Entah"


def test_who_holds_an_office_is_relieved_of_it_first(village, clerk):
    with pytest.raises(HoldsOffice):
        asked_by(clerk)
    with pytest.raises(HoldsOffice):
        asked_by(User.objects.create_superuser("pemilik", factories.PASSWORD))


def test_who_took_an_office_meanwhile_waits_and_is_late(resident, clerk):
    asked = asked_by(resident)
    person = Person.objects.get(user=resident)
    person.appoint(role=Role.OPERATOR, by=User.objects.create_superuser("pemilik", factories.PASSWORD))

    with clock.at(asked.due_at + timedelta(days=2000)):
        person.appointments.update(from_on=clock.today())
        assert carry_out_erasures() == 0
        assert note_late_requests() == 1


def test_lateness_is_said_once_and_without_names(resident, clerk):
    asked = asked_by(resident, Kind.CORRECTION, text="Nama saya Wahyuningsih", right="Wahyu")

    with clock.at(asked.due_at + timedelta(minutes=1)):
        assert asked.is_late
        assert note_late_requests() == 1
        assert note_late_requests() == 0

    entry = Entry.objects.get(kind="privacy.late")
    assert entry.facts == {"kind": "perbaikan", "due": "2026-05-04T09:00:00Z"}
    assert Notice.objects.filter(recipient=clerk, key=f"privacy-late-{asked.pk}").count() == 1


def test_a_correction_is_done_by_an_official_who_says_so(resident, clerk):
    asked = asked_by(resident, Kind.CORRECTION, text="RT 02", right="RT 03")

    assert asked.carry_out(by=clerk, note="Sudah diperbaiki.")
    assert not asked.carry_out(by=clerk)

    assert asked.state_pill == ("done", "Dilaksanakan")
    assert Notice.objects.filter(recipient=resident, kind="privacy").exists()


def test_a_consent_taken_back_is_entered_and_done_at_once(resident):
    given = Consent.objects.give(resident, consents.CONTACT)

    assert PrivacyRequest.objects.withdraw(given)
    assert not PrivacyRequest.objects.withdraw(given)

    [asked] = PrivacyRequest.objects.of(resident)
    assert (asked.kind, asked.decision) == ("penarikan", "dilaksanakan")
    assert not EmailAddress.objects.filter(user=resident).exists()


def test_sent_twice_is_received_once(resident):
    assert asked_by(resident) == asked_by(resident)

    first = asked_by(resident, Kind.CORRECTION, text="a", right="b")
    again = asked_by(resident, Kind.CORRECTION, text="a", right="b", nonce=first.nonce)

    assert again == first
    assert PrivacyRequest.objects.count() == 2


def test_requests_stay_in_their_village(resident, neighbour):
    asked = asked_by(resident)

    with village_scope(neighbour), clock.at(asked.due_at):
        assert carry_out_erasures() == 0
        assert not PrivacyRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_erase_once_and_say_once_that_an_answer_is_late(village, resident, clerk):
    erasure, correction = asked_by(resident), asked_by(factories.make_resident(), Kind.CORRECTION)

    def run():
        with clock.at(FRIDAY + timedelta(hours=73)):
            return carry_out_erasures(), note_late_requests()

    outcomes = at_once(village, run, run)

    assert sum(erased for erased, _ in outcomes) == 1
    assert sum(noted for _, noted in outcomes) == 1
    erasure.refresh_from_db()
    assert erasure.decision == "dilaksanakan"
    assert Entry.objects.filter(kind="privacy.late").count() == 1
    assert Notice.objects.filter(recipient=clerk, key=f"privacy-late-{correction.pk}").count() == 1
    assert len(mail.outbox) == 1
