import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Person, Role, Standing, Unsur
from partisipasi.village.models import Village
from tests import factories


def test_what_somebody_is_here(village, neighbour):
    resident, verified = factories.make_resident(), factories.make_resident(verified_at=clock.now())
    gone = factories.make_resident(retired_at=clock.now())

    assert Person.objects.standing_of(AnonymousUser()) == Standing.ANONYMOUS
    assert Person.objects.standing_of(factories.make_user()) == Standing.GUEST
    assert Person.objects.standing_of(resident) == Standing.UNVERIFIED
    assert Person.objects.standing_of(verified) == Standing.VERIFIED
    assert Person.objects.standing_of(gone) == Standing.GUEST
    with village_scope(neighbour):
        assert Person.objects.standing_of(verified) == Standing.GUEST


def test_a_minor_has_a_guardian(village):
    child = Person(name="Bagas", age_group=Person.AgeGroup.CHILD)

    with pytest.raises(ValidationError) as refused:
        child.full_clean()
    assert "guardian" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        child.save()


def test_an_account_is_one_person_in_a_village(village):
    user = factories.make_resident()
    other = factories.make_person()

    with pytest.raises(ValidationError, match="orang lain"):
        other.connect(user, by=factories.make_official(Role.ADMIN))

    assert Person.objects.filter(user=user).count() == 1


def test_verifying_is_told_once(village):
    clerk = factories.make_official(Role.ADMIN)
    person = factories.make_person()

    person.verify(by=clerk)
    first = person.verified_at
    person.verify(by=clerk)

    assert person.verified_at == first
    assert Entry.objects.filter(kind="person.verified").count() == 1


def test_a_new_village_finds_its_unsur_and_seeding_again_changes_nothing(db):
    village = Village.found(
        hosts=["karangsari.example"], name="Karangsari", district="A", regency="B", province="C"
    )

    with village_scope(village):
        names = list(Unsur.objects.values_list("name", flat=True))
        Unsur.objects.filter(name="PKK").update(order=1)
        Unsur.seed()
        assert len(names) == 21
        assert {"Tokoh adat", "Perwakilan kelompok masyarakat miskin", "Pendamping/narasumber"} <= set(names)
        assert Unsur.objects.filter(sensitive=True).count() == 2
        assert Unsur.objects.get(name="PKK").order == 1
    assert village.url("/") == "http://karangsari.example:8000/"
