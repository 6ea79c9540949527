"""A Kepala Dusun in admin: everything ends at his hamlet, whichever way he asks."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from partisipasi.db import village_scope
from partisipasi.residents.models import Membership, Person, Role
from tests import factories

PEOPLE = "/admin/residents/person/"


@pytest.fixture
def hamlets(village):
    krajan = factories.make_region(name="Krajan")
    wetan = factories.make_region(name="Wetan")
    return {
        "krajan": krajan,
        "krajan_rt": factories.make_region(level_word="RT", name="001", parent=krajan),
        "wetan": wetan,
        "wetan_rt": factories.make_region(level_word="RT", name="007", parent=wetan),
    }


@pytest.fixture
def people(hamlets):
    return {
        "inside": factories.make_person(name="Orang Krajan", region=hamlets["krajan_rt"]),
        "outside": factories.make_person(name="Orang Wetan", region=hamlets["wetan_rt"]),
        "nowhere": factories.make_person(name="Orang Tanpa Wilayah"),
    }


@pytest.fixture
def head(hamlets, people, client):
    user = factories.make_official(Role.HAMLET_HEAD, region=hamlets["krajan"], username="kadus")
    client.force_login(user)
    return user


def test_he_lists_his_own_people(head, client):
    page = client.get(PEOPLE).text

    assert "Orang Krajan" in page
    assert "Orang Wetan" not in page
    assert "Orang Tanpa Wilayah" not in page


@pytest.mark.parametrize("search", ["?q=Orang", "?q=Wetan", "?status=tanpa-akun", "?all="])
def test_no_search_or_filter_shows_him_more(head, client, search):
    page = client.get(PEOPLE + search).text

    assert "Orang Wetan" not in page
    assert "Orang Tanpa" not in page


@pytest.mark.parametrize("page", ["change", "history", "delete"])
@pytest.mark.parametrize("who", ["outside", "nowhere"])
def test_pages_of_others_do_not_exist_for_him(head, client, people, page, who):
    response = client.get(f"{PEOPLE}{people[who].pk}/{page}/")

    assert response.status_code in {403, 404}
    assert people[who].name not in response.text


def test_his_own_peoples_history_is_open(head, client, people):
    LogEntry.objects.log_actions(
        head.pk, [people["inside"]], CHANGE, change_message="Dicatat", single_object=True
    )

    assert "Dicatat" in client.get(f"{PEOPLE}{people['inside'].pk}/history/").text


def form_of(person, **fields):
    return {
        "name": person.name,
        "region": person.region_id or "",
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
    } | fields


def test_he_changes_his_own_people_and_nobody_else(head, client, people):
    inside, outside = people["inside"], people["outside"]

    client.post(f"{PEOPLE}{inside.pk}/change/", form_of(inside, name="Nama Baru"))
    client.post(f"{PEOPLE}{outside.pk}/change/", form_of(outside, name="Nama Baru"))

    inside.refresh_from_db()
    outside.refresh_from_db()
    assert inside.name == "Nama Baru"
    assert outside.name == "Orang Wetan"


@pytest.mark.parametrize("region", ["wetan", "wetan_rt", None])
def test_he_moves_nobody_out_of_his_reach(head, client, people, hamlets, region):
    inside = people["inside"]
    target = hamlets[region].pk if region else ""

    response = client.post(f"{PEOPLE}{inside.pk}/change/", form_of(inside, region=target))

    assert response.context["adminform"].form.errors["region"]
    inside.refresh_from_db()
    assert inside.region == hamlets["krajan_rt"]


@pytest.mark.parametrize("region", ["wetan_rt", None])
def test_he_adds_nobody_beyond_his_reach(head, client, hamlets, region):
    fields = {"name": "Pendatang", "region": hamlets[region].pk if region else ""}

    response = client.post(f"{PEOPLE}add/", form_of(Person(), **fields))

    assert response.context["adminform"].form.errors["region"]
    assert not Person.objects.filter(name="Pendatang").exists()


def test_he_adds_within_his_reach(head, client, hamlets):
    client.post(f"{PEOPLE}add/", form_of(Person(), name="Pendatang", region=hamlets["krajan_rt"].pk))

    assert Person.objects.get(name="Pendatang").region == hamlets["krajan_rt"]


def test_autocomplete_offers_him_his_own(head, client):
    def offered(model, field, term=""):
        asked = {"app_label": "residents", "model_name": model, "field_name": field, "term": term}
        return [found["text"] for found in client.get("/admin/autocomplete/", asked).json()["results"]]

    assert offered("person", "region") == ["Dusun Krajan", "RT 001"]
    assert "Orang Wetan" not in offered("membership", "person", "Orang")
    assert "Orang Krajan" in offered("membership", "person", "Orang")


def test_filters_name_no_part_of_the_village_that_he_does_not_see(head, client):
    page = client.get(PEOPLE).text

    assert "Krajan" in page
    assert "Wetan" not in page


def test_actions_touch_only_his_own(head, client, people):
    chosen = [people["inside"].pk, people["outside"].pk, people["nowhere"].pk]

    client.post(PEOPLE, {"action": "verify", "_selected_action": chosen})
    client.post(PEOPLE, {"action": "verify", "_selected_action": chosen, "select_across": "1"})

    for who, person in people.items():
        person.refresh_from_db()
        assert bool(person.verified_at) == (who == "inside")


def test_inlines_show_and_change_only_his_own(head, client, people, hamlets):
    body = factories.make_body(name="PKK Krajan", region=hamlets["krajan"])
    for person in people.values():
        Membership.objects.create(person=person, body=body)

    page = client.get(f"/admin/residents/body/{body.pk}/change/").text

    assert "Orang Wetan" not in page


def test_what_he_has_no_right_to_is_not_there(head, client):
    for address in ("/admin/residents/appointment/", "/admin/residents/unsur/", "/admin/village/village/"):
        assert client.get(address).status_code == 403, address
    page = client.get("/admin/").text
    assert "Penugasan</a>" not in page


def test_he_does_not_give_an_official_another_account(head, client, people):
    admin = factories.make_official(Role.ADMIN)
    admin_person = Person.objects.of(admin)
    Person.objects.filter(pk=admin_person.pk).update(region=people["inside"].region)
    accomplice = factories.make_user("kawan")
    admin_person.refresh_from_db()

    response = client.post(f"{PEOPLE}{admin_person.pk}/change/", form_of(admin_person, account="kawan"))

    assert "hanya diubah oleh Admin Desa" in response.text
    admin_person.refresh_from_db()
    assert admin_person.user == admin
    assert not Person.objects.filter(user=accomplice).exists()


@pytest.mark.parametrize(
    "lookup",
    [
        "nik_hmac__startswith=a",
        "user__password__startswith=p",
        "user__email__contains=a",
        "village__name=Tetangga",
        "unsur__village__id__exact=1",
        "appointments__revoked_reason__contains=a",
    ],
)
def test_addresses_ask_nothing_of_fields_that_are_not_filters(village, client, lookup):
    client.force_login(factories.make_official(Role.ADMIN))

    assert client.get(f"{PEOPLE}?{lookup}").status_code == 400


class TestTheOtherVillage:
    @pytest.fixture
    def stranger(self, village, neighbour):
        with village_scope(neighbour):
            return factories.make_person(name="Orang Tetangga", region=factories.make_region(name="Seberang"))

    @pytest.fixture
    def admin(self, village, client):
        user = factories.make_official(Role.ADMIN)
        client.force_login(user)
        return user

    @pytest.mark.parametrize("page", ["change", "history", "delete"])
    def test_its_pages_do_not_exist(self, admin, client, stranger, page):
        assert client.get(f"{PEOPLE}{stranger.pk}/{page}/").status_code in {403, 404}

    def test_its_rows_are_no_choices(self, admin, client, stranger):
        person = factories.make_person()

        response = client.post(f"{PEOPLE}{person.pk}/change/", form_of(person, region=stranger.region_id))

        assert response.context["adminform"].form.errors["region"]
        assert "Seberang" not in client.get("/admin/village/region/").text
        assert "Tetangga" not in client.get(PEOPLE).text
        assert client.get("/admin/village/village/", follow=True).redirect_chain

    def test_its_rows_are_not_touched_by_actions(self, admin, client, stranger, neighbour):
        client.post(PEOPLE, {"action": "verify", "_selected_action": [stranger.pk]})

        with village_scope(neighbour):
            stranger.refresh_from_db()
        assert stranger.verified_at is None
