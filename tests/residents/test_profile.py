"""What somebody reads of himself, and how little of it he may change."""

import pytest

from partisipasi.residents.models import Person
from tests import factories
from tests.hostile import HOSTILE

PAGE = "/akun/profil/"


@pytest.fixture
def warga(village, client):
    user = factories.make_resident(
        "warga",
        name="Sri Wahyuni",
        sex="P",
        region=factories.make_region(name="Wetan"),
        address="Gang Mawar 3",
    )
    client.force_login(user)
    return user


def person_of(user):
    return Person.objects.get(user=user)


def test_one_reads_what_the_village_knows_and_where_to_have_it_mended(warga, client):
    page = client.get("/akun/").text

    for told in (
        "Sri Wahyuni",
        "perempuan",
        "Dusun Wetan",
        "Gang Mawar 3",
        "Minta perbaikan",
        "Hapus data dan akun",
    ):
        assert told in page


def test_address_and_age_group_are_changed(warga, client):
    response = client.post(PAGE, {"address": "  Gang   Melati 9 ", "age_group": "25-44"})

    assert response["Location"] == "/akun/"
    person = person_of(warga)
    assert (person.address, person.age_group) == ("Gang Melati 9", "25-44")


def test_nothing_else_is_changed_whatever_is_sent(warga, client):
    before = person_of(warga)
    sent = {
        "address": "Gang Melati 9",
        "age_group": "",
        "name": "Kepala Desa",
        "sex": "L",
        "region": "",
        "user": factories.make_user().pk,
        "verified_at": "2026-01-01",
        "nipd": "123",
    }

    client.post(PAGE, sent)

    after = person_of(warga)
    for name in ("name", "sex", "region_id", "user_id", "verified_at", "nipd", "unsur_id"):
        assert getattr(after, name) == getattr(before, name), name


def test_nobody_makes_himself_a_child_or_changes_a_childs_age(warga, client):
    refused = client.post(PAGE, {"address": "Gang Melati 9", "age_group": "<18"})
    assert refused.status_code == 422
    assert "Gang Melati 9" in refused.text
    assert person_of(warga).age_group == ""

    Person.objects.filter(user=warga).update(age_group="<18", guardian="Ibu Sri")
    assert "Kelompok umur" not in client.get(PAGE).text
    client.post(PAGE, {"address": "Gang Melati 9", "age_group": "25-44"})
    assert person_of(warga).age_group == "<18"


def test_a_guest_has_nothing_to_change(village, client):
    client.force_login(factories.make_user("tamu"))

    assert client.get(PAGE).status_code == 404
    assert "belum terhubung" in client.get("/akun/").text


def test_the_verb_takes_nothing_else(warga):
    with pytest.raises(TypeError):
        person_of(warga).correct(name="Kepala Desa")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_address_is_only_words(warga, client, text):
    response = client.post(PAGE, {"address": text})

    assert response.status_code in {302, 422}
    page = client.get("/akun/").text
    for live in ("<script>alert", "<img src=x", "<svg onload", "<b>tebal"):
        assert live not in page
