import pytest
from django.urls import reverse

from attendance.models import Invitation
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_invitation


@pytest.fixture
def activity(village):
    return make_activity(announced=False)


def at(activity, name="invitation_list", *args):
    return reverse(f"attendance:{name}", args=[activity.pk, *args])


def every_address(activity):
    invitation = make_invitation(activity)
    return [
        at(activity),
        at(activity, "invitation_add"),
        at(activity, "invitation_change", invitation.pk),
        at(activity, "invitation_withdraw", invitation.pk),
        at(activity, "activity_announce"),
        at(activity, "activity_cancel"),
    ]


def refused_everywhere(client, activity, **headers):
    told = {"people": [factories.make_person().pk], "reason": "iseng"}
    for address in every_address(activity):
        assert client.get(address, **headers).status_code in {404, 405}
        assert client.post(address, told, **headers).status_code in {404, 405}
    activity.refresh_from_db()
    assert activity.announced_at is None
    assert activity.cancelled_at is None
    assert activity.invitations.standing().count() == 1


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR, Role.MODERATOR])
def test_preparing_is_not_for_those_who_only_read(client, activity, role):
    client.force_login(factories.make_official(role))

    refused_everywhere(client, activity)


def test_preparing_is_not_for_residents_nor_other_hamlets_nor_other_villages(client, village, neighbour):
    client.force_login(factories.make_resident())
    refused_everywhere(client, make_activity(announced=False))

    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()))
    refused_everywhere(client, make_activity(announced=False, region=factories.make_region()))

    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))
    refused_everywhere(client, make_activity(announced=False), headers={"host": "tetangga.testserver"})


def test_the_anonymous_are_sent_to_sign_in(client, activity):
    for address in every_address(activity):
        assert client.post(address, {}).status_code == 302


def test_the_address_book_is_searched_by_name_unsur_and_region(client, activity, clerk):
    hamlet, elder = factories.make_region(), factories.make_unsur(name="Tokoh adat")
    found = factories.make_person(name="Sumarni", region=hamlet, unsur=elder)
    factories.make_person(name="Sumarni", region=hamlet)
    make_invitation(activity, whom=factories.make_person(name="Sumarni", region=hamlet, unsur=elder))

    page = client.get(at(activity), {"cari": "sumar", "unsur": elder.pk, "wilayah": hamlet.pk})

    assert list(page.context["people"]) == [found]


def test_a_hamlet_head_invites_the_people_of_his_hamlet_alone(client, village):
    own = factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))
    activity = make_activity(region=own)
    near, far = factories.make_person(region=own), factories.make_person(region=factories.make_region())

    page = client.get(at(activity))
    client.post(at(activity, "invitation_add"), {"people": [near.pk, far.pk]})
    assert near in page.context["people"]
    assert far not in page.context["people"]
    assert not Invitation.objects.exists()

    client.post(at(activity, "invitation_add"), {"people": [near.pk]})
    assert Invitation.objects.get().person == near


@pytest.mark.parametrize("query", [{"unsur": "999"}, {"wilayah": "abc"}, {"cari": "a" * 81}])
def test_a_bad_search_says_so(client, activity, clerk, query):
    assert client.get(at(activity), query).status_code == 422


def test_those_ticked_are_invited_once(client, activity, clerk):
    people, body = [factories.make_person() for _ in range(3)], factories.make_body()
    told = {"people": [person.pk for person in people], "bodies": [body.pk]}

    answer = client.post(at(activity, "invitation_add"), told, follow=True)
    client.post(at(activity, "invitation_add"), told)

    assert "4 undangan ditambahkan." in answer.content.decode()
    assert {invitation.invited_by for invitation in Invitation.objects.all()} == {clerk}
    assert Invitation.objects.count() == 4


@pytest.mark.parametrize("told", [{}, {"people": ["999999"]}, {"people": ["abc"]}])
def test_inviting_nobody_says_what_to_do(client, activity, clerk, told):
    answer = client.post(at(activity, "invitation_add"), told, follow=True)

    assert "Centang sedikitnya satu" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_people_of_another_village_cannot_be_invited(client, activity, neighbour, clerk):
    with village_scope(neighbour):
        stranger = factories.make_person()

    client.post(at(activity, "invitation_add"), {"people": [stranger.pk]})

    assert not Invitation.objects.exists()


def test_a_bodys_representative_is_written_down(client, activity, clerk):
    invitation = make_invitation(activity, whom=factories.make_body(name="LPMD"))
    unsur = factories.make_unsur()

    client.post(
        at(activity, "invitation_change", invitation.pk), {"representative": "Hadi", "unsur": unsur.pk}
    )

    invitation.refresh_from_db()
    assert (invitation.representative, invitation.unsur) == ("Hadi", unsur)


def test_a_seat_is_taken_back_with_a_reason(client, activity, clerk):
    invitation = make_invitation(activity)
    address = at(activity, "invitation_withdraw", invitation.pk)

    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "sudah pindah"})

    invitation.refresh_from_db()
    assert invitation.uninvited_reason == "sudah pindah"
    assert client.post(address, {"reason": "lagi"}).status_code == 404
    assert "sudah pindah" in client.get(at(activity)).content.decode()


def test_after_closing_the_invited_stay_as_they_are(client, clerk):
    activity = make_activity()
    invitation = make_invitation(activity)
    activity.close(clerk)

    page = client.get(at(activity)).content.decode()
    client.post(at(activity, "invitation_add"), {"people": [factories.make_person().pk]})
    client.post(at(activity, "invitation_withdraw", invitation.pk), {"reason": "x"})

    assert "Undang yang dicentang" not in page
    assert list(activity.invitations.standing()) == [invitation]


def test_announcing_shows_first_what_residents_will_see(client, activity, clerk):
    asked = client.get(at(activity, "activity_announce")).content.decode()
    activity.refresh_from_db()
    assert activity.announced_at is None
    assert "Balai Desa" in asked

    client.post(at(activity, "activity_announce"))

    activity.refresh_from_db()
    assert activity.announced_at


def test_calling_off_needs_a_reason(client, clerk):
    activity = make_activity()

    assert client.post(at(activity, "activity_cancel"), {}).status_code == 422
    answer = client.post(at(activity, "activity_cancel"), {"reason": "Hujan lebat."}, follow=True)

    assert "Hujan lebat." in answer.content.decode()
    activity.refresh_from_db()
    assert activity.cancelled_at
