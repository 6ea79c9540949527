"""Many are invited at once: the official sees who it is before, and nobody is invited twice or unseen."""

import pytest
from django.urls import reverse

from attendance.models import Invitation
from partisipasi import clock
from partisipasi.residents.models import Membership, Person, Role
from tests import factories
from tests.attendance.factories import make_activity, make_invitation


def at(activity):
    return reverse("attendance:invitation_many", args=[activity.pk])


def member(body, position="Anggota", **fields):
    person = factories.make_person(**fields)
    Membership.objects.create(person=person, body=body, position=position)
    return person


def fresh(client, activity, **chosen):
    return set(client.get(at(activity), chosen).context["preview"].fresh)


def invited(activity):
    return set(activity.invitations.standing().values_list("person__name", flat=True))


def test_members_unsur_and_regions_narrow_each_other(client, clerk):
    activity = make_activity()
    pkk, rt = factories.make_body(name="PKK", kind="lkd"), factories.make_body(name="RT 01", kind="rt-rw")
    hamlet, women = factories.make_region(), factories.make_unsur()
    part = factories.make_region(parent=hamlet, level_word="RT")
    ani = member(pkk, region=part, unsur=women)
    budi, cici = member(rt, "Ketua RT"), member(rt, region=hamlet)
    Membership.objects.create(person=ani, body=rt)
    gone = member(pkk, retired_at=clock.now())

    assert fresh(client, activity, lembaga=pkk.pk) == {ani}
    assert fresh(client, activity, lembaga=[pkk.pk, rt.pk]) == {ani, budi, cici}
    assert fresh(client, activity, jenis="rt-rw") == {ani, budi, cici}
    assert fresh(client, activity, jenis="rt-rw", ketua="on") == {budi}
    assert fresh(client, activity, wilayah=hamlet.pk) == {ani, cici}
    assert fresh(client, activity, lembaga=rt.pk, wilayah=part.pk) == {ani}
    assert fresh(client, activity, unsur=women.pk) == {ani}
    assert gone not in fresh(client, activity, lembaga=pkk.pk)


def test_looking_invites_nobody_and_the_tap_exactly_those_shown_but_the_left_out(client, clerk):
    activity, body = make_activity(), factories.make_body(name="Karang Taruna")
    _, _, cici = [member(body, name=name) for name in ("Ani", "Budi", "Cici")]
    keys = client.get(at(activity), {"lembaga": body.pk}).context["preview"].keys
    assert invited(activity) == set()
    member(body, name="Dewi Menyusul")

    answer = client.post(at(activity), {"orang": keys, "kecuali": [cici.pk]}, follow=True)

    assert invited(activity) == {"Ani", "Budi"}
    assert "2 undangan ditambahkan." in answer.content.decode()


def test_who_is_invited_already_is_skipped_and_named(client, clerk):
    activity, body = make_activity(), factories.make_body()
    ani, budi = member(body, name="Ani Lestari"), member(body, name="Budi Raharjo")
    make_invitation(activity, whom=ani)
    page = client.get(at(activity), {"lembaga": body.pk})
    keys = page.context["preview"].keys
    assert page.context["preview"].seated == [ani]
    assert "Ani Lestari" in page.content.decode()
    make_invitation(activity, whom=budi)

    answer = client.post(at(activity), {"orang": keys}, follow=True)

    assert "Sudah diundang, jadi dilewati: Budi Raharjo." in answer.content.decode()
    assert Invitation.objects.count() == 2


def test_sent_twice_invites_once(client, clerk):
    activity, person = make_activity(), factories.make_person()

    for _ in range(2):
        client.post(at(activity), {"orang": str(person.pk)})

    assert Invitation.objects.count() == 1


def test_equal_names_are_asked_about(client, clerk):
    activity, body = make_activity(), factories.make_body()
    member(body, name="Slamet"), member(body, name="slamet "), member(body, name="Karto")

    assert client.get(at(activity), {"lembaga": body.pk}).context["preview"].alike == ["Slamet", "slamet "]


@pytest.mark.parametrize(
    "chosen", [{"lembaga": "999999"}, {"jenis": "tidak-ada"}, {"wilayah": "x"}, {"unsur": ""}]
)
def test_a_bad_or_empty_choice_is_explained(client, clerk, chosen):
    answer = client.get(at(make_activity()), chosen)

    assert answer.status_code == 422
    assert answer.context["preview"] is None


@pytest.mark.parametrize("sent", [{}, {"orang": ""}, {"orang": "x,1.5,-3"}, {"orang": "1", "kecuali": "x"}])
def test_a_bad_tap_invites_nobody(client, clerk, sent):
    activity = make_activity()

    assert client.post(at(activity), sent).status_code == 302
    assert Invitation.objects.count() == 0


def test_a_hamlet_head_invites_only_people_of_his_hamlet(client, village):
    own, other = factories.make_region(), factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))
    mine, foreign = factories.make_person(region=own), factories.make_person(region=other)
    activity = make_activity(region=own)

    assert foreign not in fresh(client, activity, wilayah=[own.pk, other.pk])
    client.post(at(activity), {"orang": f"{mine.pk},{foreign.pk}"})

    assert invited(activity) == {mine.name}


def test_a_closed_list_takes_nobody_more(client, clerk):
    activity, person = make_activity(), factories.make_person()
    activity.close(clerk)

    client.post(at(activity), {"orang": str(person.pk)})

    assert Invitation.objects.count() == 0
    assert "tidak berubah lagi" in client.get(at(activity)).content.decode()


def test_a_thousand_at_once(client, clerk, django_assert_max_num_queries):
    activity, hamlet = make_activity(announced=False), factories.make_region()
    Person.objects.bulk_create(Person(name=f"Warga {number}", region=hamlet) for number in range(1200))

    with django_assert_max_num_queries(20):
        keys = client.get(at(activity), {"wilayah": hamlet.pk}).context["preview"].keys
    client.post(at(activity), {"orang": keys})

    assert Invitation.objects.count() == 1200
