"""The skills register: by consent alone, for officials, and for everybody only where somebody chose so."""

import pytest

from attendance.models import Refusal, SkillCard, SkillOffer
from partisipasi.db import village_scope
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, Person, Role
from partisipasi.residents.privacy import erase, export
from tests import factories
from tests.attendance.factories import make_competence

MINE = "/akun/keterampilan/"
FORGET = "/akun/keterampilan/hapus/"
SEARCH = "/pelatihan/keterampilan/"
PUBLIC = "/pelatihan/fasilitator/"


@pytest.fixture
def hamlet(village):
    return factories.make_region()


@pytest.fixture
def weaving(village):
    return make_competence("Menganyam bambu")


@pytest.fixture
def sumarni(village, client, hamlet):
    user = factories.make_resident(
        "sumarni", name="Sumarni Widodo", region=hamlet, phone="+6281234567890", age_group="25-44"
    )
    client.force_login(user)
    return user


def share(user, *competences, leads=(), is_public=False, note=""):
    return SkillCard.objects.keep(Person.objects.of(user), competences, leads, note=note, is_public=is_public)


def as_official(client, role=Role.SECRETARY, **fields):
    client.force_login(factories.make_official(role, **fields))


def test_a_resident_shares_what_he_can_with_his_consent(client, sumarni, weaving):
    page = client.get(MINE).text
    assert "Saya setuju petugas Desa Sukaramah melihat nama" in " ".join(page.split())

    client.post(
        MINE, {"competences": [weaving.pk], "facilitates": [weaving.pk], "note": "Malam.", "agrees": "on"}
    )

    card = SkillCard.objects.get()
    assert (card.note, card.is_public) == ("Malam.", False)
    assert card.offers.get().facilitates
    assert [each.purpose for each in Consent.objects.of(sumarni)] == [consents.SKILLS]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("agrees", "Centang persetujuan ini"), ("competences", "Pilih sedikitnya satu")],
)
def test_without_consent_or_choice_nothing_is_kept(client, sumarni, weaving, missing, sentence):
    told = {"competences": [weaving.pk], "note": "Malam hari.", "agrees": "on"}
    told.pop(missing)

    answer = client.post(MINE, told)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Malam hari." in answer.text
    assert not SkillCard.objects.exists()
    assert not Consent.objects.exists()


def test_whoever_would_lead_what_he_does_not_share_is_asked(client, sumarni, weaving):
    other = make_competence("Membatik")

    answer = client.post(MINE, {"competences": [weaving.pk], "facilitates": [other.pk], "agrees": "on"})

    assert answer.status_code == 422
    assert "Centang juga di atas" in answer.text


def test_a_minor_shares_nothing(client, village, weaving):
    user = factories.make_resident(age_group="<18", guardian="Ibu")
    client.force_login(user)

    with pytest.raises(Refusal):
        share(user, weaving)
    assert "18 tahun ke atas" in client.get(MINE).text
    assert not Consent.objects.exists()


def test_officials_find_by_competence_hamlet_and_readiness_to_lead(client, sumarni, weaving, hamlet):
    share(sumarni, weaving, leads=[weaving])
    other = factories.make_resident("wagiman", name="Wagiman", region=factories.make_region())
    share(other, weaving, make_competence("Membatik"))
    as_official(client)

    def found(**asked):
        page = client.get(SEARCH, asked).text
        return [name for name in ("Sumarni Widodo", "Wagiman") if name in page]

    assert found() == ["Sumarni Widodo", "Wagiman"]
    assert found(kompetensi=make_competence("Membatik").pk) == ["Wagiman"]
    assert found(dusun=hamlet.pk) == ["Sumarni Widodo"]
    assert found(memandu="on", kompetensi=weaving.pk) == ["Sumarni Widodo"]
    assert client.get(SEARCH, {"kompetensi": "entah"}).status_code == 422
    assert "+6281234567890" in client.get(SEARCH).text


def test_a_hamlet_head_finds_the_people_of_his_hamlet(client, sumarni, weaving, hamlet):
    share(sumarni, weaving)

    as_official(client, Role.HAMLET_HEAD, region=hamlet)
    assert "Sumarni" in client.get(SEARCH).text
    as_official(client, Role.HAMLET_HEAD, region=factories.make_region())
    assert "Sumarni" not in client.get(SEARCH).text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.MODERATOR, None])
def test_nobody_else_looks(client, village, role):
    client.force_login(factories.make_official(role) if role else factories.make_resident())

    assert client.get(SEARCH).status_code == 403


def test_everybody_sees_those_alone_who_chose_it(client, sumarni, weaving):
    share(sumarni, weaving)
    shown = factories.make_resident("wagiman", name="Wagiman", phone="+6281299998888", address="Gang Mawar 3")
    share(shown, weaving, is_public=True)
    client.logout()

    page = client.get(PUBLIC).text

    assert "Wagiman" in page
    assert "Sumarni" not in page
    assert "+62812" not in page
    assert "Gang Mawar" not in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_public_list_costs_the_same_for_one_and_for_many(
    client, village, weaving, number, django_assert_max_num_queries
):
    for _ in range(number):
        user = factories.make_resident(region=factories.make_region())
        share(user, weaving, make_competence(), is_public=True)

    with django_assert_max_num_queries(8):
        client.get(PUBLIC)


# Taking it back


def withdraw(client, purpose):
    [given] = Consent.objects.standing().filter(purpose=purpose)
    return client.post(f"/akun/data-saya/persetujuan/{given.pk}/tarik/", follow=True)


def test_leaving_the_register_ends_both_consents_and_forgets(client, sumarni, weaving):
    share(sumarni, weaving, is_public=True)

    client.post(FORGET)
    client.post(FORGET)

    assert not SkillCard.objects.exists()
    assert not SkillOffer.objects.exists()
    assert not Consent.objects.standing().exists()


def test_a_consent_taken_back_among_ones_data_does_the_same(client, sumarni, weaving):
    share(sumarni, weaving, is_public=True)

    page = withdraw(client, consents.SKILLS).text

    assert "langsung dihapus dari daftar" in page
    assert not SkillCard.objects.exists()
    assert not Consent.objects.standing().exists()


def test_without_the_consent_for_everybody_officials_find_him_still(client, sumarni, weaving):
    share(sumarni, weaving, is_public=True)

    withdraw(client, consents.SKILLS_PUBLIC)

    assert "Sumarni" not in client.get(PUBLIC).text
    as_official(client)
    assert "Sumarni" in client.get(SEARCH).text


def test_choosing_not_to_be_seen_any_more_ends_that_consent(sumarni, weaving):
    share(sumarni, weaving, is_public=True)

    share(sumarni, weaving)

    assert [each.purpose for each in Consent.objects.standing()] == [consents.SKILLS]


def test_a_contact_consent_taken_back_still_forgets_the_contacts(client, sumarni):
    sumarni.change_phone("+6281234567890")
    Consent.objects.give(sumarni, consents.CONTACT)

    withdraw(client, consents.CONTACT)

    sumarni.refresh_from_db()
    assert not sumarni.phone


def test_whose_account_is_no_longer_the_persons_is_not_found(client, sumarni, weaving):
    share(sumarni, weaving, is_public=True)
    Person.objects.filter(user=sumarni).update(user=factories.make_user())

    assert "Sumarni" not in client.get(PUBLIC).text
    as_official(client)
    assert "Sumarni" not in client.get(SEARCH).text


def test_what_is_shared_is_handed_out_and_forgotten_with_him(sumarni, weaving):
    share(sumarni, weaving, note="Bisa malam hari.")
    told = str(export(sumarni))
    assert "Bisa malam hari." in told
    assert "Menganyam bambu" in told

    erase(Person.objects.of(sumarni))

    assert not SkillCard.objects.exists()
    assert not SkillOffer.objects.exists()


def test_another_villages_people_are_not_found(client, village, neighbour):
    with village_scope(neighbour):
        user = factories.make_resident("tetangga", name="Made Suarta")
        share(user, make_competence(), is_public=True)
    as_official(client)

    assert "Made Suarta" not in client.get(SEARCH).text
    assert "Made Suarta" not in client.get(PUBLIC).text
