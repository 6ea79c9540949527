"""Verification at the counter."""

import pytest

from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Person, Role
from tests import factories


def counter(person) -> str:
    return f"/admin/residents/person/{person.pk}/verifikasi/"


@pytest.fixture
def clerk(village, client):
    user = factories.make_official(Role.SECRETARY)
    client.force_login(user)
    return user


def test_a_clerk_ties_the_account_and_verifies_in_one_step(clerk, client):
    sri, user = factories.make_person(name="Sri"), factories.make_user("sri.wahyuni")

    assert counter(sri) in client.get(f"/admin/residents/person/{sri.pk}/change/").text
    assert client.get(counter(sri)).status_code == 200
    client.post(counter(sri), {"account": "Sri.Wahyuni", "seen": "on"})

    sri.refresh_from_db()
    assert sri.user == user
    assert sri.verified_at
    assert Entry.objects.get(kind="person.verified").facts == {"by": clerk.pk, "how": "in-person"}


def test_who_has_no_account_yet_is_verified_all_the_same(clerk, client):
    sri = factories.make_person()

    client.post(counter(sri), {"account": "", "seen": "on"})

    sri.refresh_from_db()
    assert sri.verified_at
    assert sri.user is None


def test_an_account_that_is_tied_already_stays_when_the_field_is_left_empty(clerk, client):
    user = factories.make_resident()

    client.post(counter(Person.objects.of(user)), {"account": "", "seen": "on"})

    assert Person.objects.of(user).verified_at


def test_nothing_is_verified_unseen_or_with_a_wrong_account(clerk, client):
    sri, tono = factories.make_person(), factories.make_resident("tono")

    for answers, sentence in (
        ({"account": ""}, "Centang setelah"),
        ({"account": "siapa", "seen": "on"}, "Tidak ada akun"),
        ({"account": "tono", "seen": "on"}, "orang lain di desa ini"),
    ):
        response = client.post(counter(sri), answers)
        assert response.status_code == 422
        assert sentence in response.text

    sri.refresh_from_db()
    assert sri.verified_at is None
    assert Person.objects.of(tono)


def test_an_officials_person_gets_no_other_account_at_the_counter(village, client):
    hamlet = factories.make_region()
    head = factories.make_person(region=hamlet)
    head.appoint(role=Role.OPERATOR, by=factories.make_official(Role.ADMIN))
    factories.make_user("orang.lain")
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=hamlet))

    response = client.post(counter(head), {"account": "orang.lain", "seen": "on"})

    assert "hanya diubah oleh Admin Desa" in response.text
    head.refresh_from_db()
    assert head.user is None


def test_a_hamlet_head_verifies_his_own_people_alone(village, client):
    ours = factories.make_region()
    near, far = factories.make_person(region=ours), factories.make_person(region=factories.make_region())
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=ours))

    client.post(counter(near), {"account": "", "seen": "on"})

    near.refresh_from_db()
    assert near.verified_at
    assert client.post(counter(far), {"account": "", "seen": "on"}).status_code == 404


def test_who_was_verified_is_told_so(clerk, client):
    user = factories.make_resident()

    client.post(counter(Person.objects.of(user)), {"account": "", "seen": "on"})

    assert "terverifikasi" in Notice.objects.get(recipient=user).text
