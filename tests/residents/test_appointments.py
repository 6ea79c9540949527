from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from partisipasi import clock
from partisipasi.ledger.models import Entry, Seal
from partisipasi.residents.models import Appointment, NotTheirsToAppoint, Person, Role
from tests import factories


@pytest.fixture
def admin(village):
    return factories.make_official(Role.ADMIN, username="admin")


def test_an_admin_appoints_and_the_ledger_tells_it(admin):
    person = factories.make_person(name="Sri Wahyuni")

    made = person.appoint(role=Role.OPERATOR, by=admin, decree_number="SK/01/2026")

    assert made.title == "Operator (isi portal)"
    assert made.from_on == clock.today()
    assert made.appointed_by == admin
    entry = Entry.objects.get(kind="appointment.made")
    assert entry.facts["role"] == "operator"
    assert "Sri" not in str(entry.facts)


def test_a_village_head_appoints_too(admin):
    head = factories.make_official(Role.VILLAGE_HEAD)

    assert factories.make_person().appoint(role=Role.MODERATOR, by=head).pk


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.VILLAGE_HEAD}])
def test_nobody_else_appoints(admin, role):
    region = factories.make_region() if role == Role.HAMLET_HEAD else None
    official = factories.make_official(role, region=region)

    with pytest.raises(NotTheirsToAppoint):
        factories.make_person().appoint(role=Role.OPERATOR, by=official)

    assert not Appointment.objects.filter(role=Role.OPERATOR).exclude(person__user=official).exists()


def test_nobody_appoints_himself(admin):
    with pytest.raises(NotTheirsToAppoint):
        Person.objects.of(admin).appoint(role=Role.VILLAGE_HEAD, by=admin)


def test_an_appointment_opens_its_doors_at_once_and_its_end_closes_them(admin):
    operator = factories.make_resident()
    assert not operator.is_staff

    made = Person.objects.of(operator).appoint(role=Role.ADMIN, by=admin)
    made.person.user.is_staff  # noqa: B018 - asked, so that the answer is remembered
    made.revoke(reason="Pindah tugas.", by=admin)

    assert not made.person.user.is_staff
    assert not made.is_current
    entry = Entry.objects.get(kind="appointment.ended")
    assert "Pindah" not in str(entry.facts)
    assert Seal.objects.filter(entry=entry, name="reason").exists()


def test_a_revocation_needs_a_reason_and_a_right(admin):
    made = factories.make_person().appoint(role=Role.OPERATOR, by=admin)

    with pytest.raises(ValidationError):
        made.revoke(reason=" ", by=admin)
    with pytest.raises(NotTheirsToAppoint):
        made.revoke(reason="Sebab.", by=factories.make_official(Role.SECRETARY))

    made.refresh_from_db()
    assert made.is_current


def test_the_last_admin_stays_until_there_is_another(admin):
    own = Appointment.objects.get(person__user=admin)

    with pytest.raises(ValidationError, match="satu-satunya"):
        own.revoke(reason="Berhenti.", by=admin)

    factories.make_official(Role.ADMIN)
    own.revoke(reason="Berhenti.", by=admin)
    assert not own.is_current


def test_revoking_twice_is_told_once(admin):
    made = factories.make_person().appoint(role=Role.OPERATOR, by=admin)

    made.revoke(reason="Selesai.", by=admin)
    made.revoke(reason="Selesai lagi.", by=admin)

    assert made.revoked_reason == "Selesai."
    assert Entry.objects.filter(kind="appointment.ended").count() == 1


def test_a_hamlet_head_needs_a_hamlet_and_an_end_comes_after_the_beginning(admin):
    person = factories.make_person()

    with pytest.raises(ValidationError, match="wilayah tugas"):
        person.appoint(role=Role.HAMLET_HEAD, by=admin)
    with pytest.raises(ValidationError, match="mendahului"):
        person.appoint(role=Role.OPERATOR, by=admin, until_on=clock.today() - timedelta(days=1))

    assert not Appointment.objects.filter(person=person).exists()


def test_the_first_official_of_a_new_village_is_named_by_whoever_sets_it_up(village):
    founder = factories.make_resident()

    Person.objects.of(founder).appoint(role=Role.ADMIN, by=founder)

    assert founder.has_perm("residents.add_appointment")


def test_who_moves_away_holds_no_office(admin):
    person = factories.make_person()
    made = person.appoint(role=Role.OPERATOR, by=admin)

    person.retire(by=admin)

    made.refresh_from_db()
    assert made.revoked_at
    assert person not in Person.objects.active()
