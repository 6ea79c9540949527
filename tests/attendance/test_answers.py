"""Those invited answer with what stands on their invitation, and the office reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from attendance.invited_codes import answer_path, code_of, found_by
from attendance.models import AnswersClosed, Invitation
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Person
from tests import factories
from tests.attendance.factories import make_activity, make_invitation
from tests.hostile import HOSTILE
from tests.threads import at_once


@pytest.fixture
def invitation(village):
    activity = make_activity(starts_at=clock.now() + timedelta(days=3))
    return make_invitation(activity, whom=factories.make_person(name="Sumarni", phone="+6281234567890"))


def kept(invitation):
    row = Invitation.objects.get(pk=invitation.pk)
    return row.answer, row.stand_in


def at(invitation, name):
    return reverse(f"attendance:{name}", args=[invitation.activity_id, invitation.pk])


def test_a_code_opens_its_invitation_however_it_is_typed(invitation):
    assert found_by(f" {code_of(invitation).lower()} ") == invitation


def test_an_invitations_code_is_the_same_when_printed_again_and_no_others(invitation):
    other = make_invitation(invitation.activity)

    assert code_of(Invitation.objects.get(pk=invitation.pk)) == code_of(invitation)
    assert code_of(other).split("-")[1] != code_of(invitation).split("-")[1]


@pytest.mark.parametrize(
    "typed", ["", "1", "x-AAAAAAAAAA", "999999999999-AAAAAAAAAA", "9" * 40, "1-é", "٣-AAAAAAAAAA"]
)
def test_what_is_no_code_opens_nothing(invitation, typed):
    assert found_by(typed) is None


def test_a_code_opens_nothing_in_another_village(client, invitation, neighbour):
    with village_scope(neighbour):
        assert found_by(code_of(invitation)) is None
    assert client.get(answer_path(invitation), headers={"host": "tetangga.testserver"}).status_code == 404


def test_the_invited_confirms_without_an_account_and_changes_his_mind(client, invitation):
    address = answer_path(invitation)

    client.post(address, {"answer": "hadir"})
    assert kept(invitation) == ("hadir", "")
    client.post(address, {"answer": "diwakilkan", "stand_in": "  Pak   Joko "})
    assert kept(invitation) == ("diwakilkan", "Pak Joko")
    client.post(address, {"answer": "berhalangan", "stand_in": "Pak Joko"})
    assert kept(invitation) == ("berhalangan", "")


def test_the_same_answer_twice_is_one(client, invitation):
    told = {"answer": "diwakilkan", "stand_in": "Joko"}
    client.post(answer_path(invitation), told)
    first = Invitation.objects.get(pk=invitation.pk)

    with clock.at(clock.now() + timedelta(hours=1)):
        answer = client.post(answer_path(invitation), told)

    assert answer.status_code == 302
    assert Invitation.objects.get(pk=invitation.pk).answered_at == first.answered_at


def test_the_page_tells_no_more_than_the_invitation_and_is_kept_nowhere(client, invitation):
    invitation.reply("diwakilkan", stand_in="Joko Rahasia")

    response = client.get(answer_path(invitation))

    page = response.content.decode()
    assert "Sumarni" in page
    assert "Joko Rahasia" not in page
    assert "81234567890" not in page
    assert 'content="noindex"' in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"answer": "mungkin"},
        {"answer": "diwakilkan"},
        {"answer": "diwakilkan", "stand_in": "12"},
        {"answer": "diwakilkan", "stand_in": "a" * 121},
    ],
)
def test_a_bad_answer_is_explained_and_kept_out(client, invitation, told):
    response = client.post(answer_path(invitation), told)

    assert response.status_code == 422
    assert kept(invitation) == ("", "")


def test_a_body_sends_somebody(client, village):
    invitation = make_invitation(
        make_activity(starts_at=clock.now() + timedelta(days=3)), whom=factories.make_body(name="LPMD")
    )

    assert "Kami mengutus" in client.get(answer_path(invitation)).content.decode()
    client.post(answer_path(invitation), {"answer": "diwakilkan", "stand_in": "Hadi"})

    assert kept(invitation) == ("diwakilkan", "Hadi")


def test_after_the_beginning_the_page_says_so_and_nothing_changes(client, village):
    invitation = make_invitation(make_activity())

    page = client.post(answer_path(invitation), {"answer": "hadir"})

    assert "sudah dimulai" in page.content.decode()
    assert kept(invitation) == ("", "")
    with pytest.raises(AnswersClosed):
        invitation.reply("hadir")


def test_after_calling_off_the_page_says_so(client, invitation):
    invitation.activity.cancel("Hujan.", factories.make_user())

    assert "dibatalkan" in client.get(answer_path(invitation)).content.decode()
    client.post(answer_path(invitation), {"answer": "hadir"})

    assert kept(invitation) == ("", "")


def test_a_withdrawn_invitation_names_nobody(client, invitation):
    invitation.withdraw("sudah pindah", factories.make_user())

    page = client.get(answer_path(invitation)).content.decode()

    assert "sudah dicabut" in page
    assert "Sumarni" not in page
    assert "sudah pindah" not in page


def test_guessing_ends_after_many_wrong_codes(client, invitation, monkeypatch):
    monkeypatch.setattr("attendance.views.answers.LIMITS", {"wrong_code": "3/h/ip", "answer": "9/h/ip"})
    wrong = reverse("invited:answer", args=[f"{invitation.pk}-AAAAAAAAAA"])

    assert [client.get(wrong).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert client.get(answer_path(invitation)).status_code == 429


def test_who_is_signed_in_finds_his_invitation_on_the_activitys_page(client, invitation):
    resident = factories.make_resident()
    own = make_invitation(invitation.activity, whom=Person.objects.get(user=resident))
    client.force_login(resident)

    page = client.get(invitation.activity.get_absolute_url()).content.decode()
    client.post(answer_path(own), {"answer": "hadir"})

    assert answer_path(own) in page
    assert answer_path(invitation) not in page
    assert Invitation.objects.get(pk=own.pk).answered_by == "akun"


def test_the_anonymous_see_no_invitation_on_the_activitys_page(client, invitation):
    page = client.get(invitation.activity.get_absolute_url()).content.decode()

    assert "Anda diundang" not in page
    assert "/undangan/" not in page


def test_the_office_counts_answers_and_filters_by_them(client, clerk, invitation):
    activity = invitation.activity
    others = [make_invitation(activity) for _ in range(3)]
    invitation.reply("hadir")
    others[0].reply("berhalangan")
    others[1].reply("diwakilkan", stand_in="Joko")
    address = reverse("attendance:invitation_list", args=[activity.pk])

    page = client.get(address)
    waiting = client.get(address, {"jawaban": "belum"})

    assert page.context["answers"] == {"hadir": 1, "berhalangan": 1, "diwakilkan": 1, "belum": 1}
    assert "Wakil: Joko" in page.content.decode()
    assert list(waiting.context["invited"]) == [others[2]]


def test_the_office_writes_down_what_it_was_told(client, clerk, invitation):
    client.post(at(invitation, "invitation_reply"), {"answer": "diwakilkan", "stand_in": "Joko"})

    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.stand_in, row.answered_by) == ("diwakilkan", "Joko", "petugas")
    assert answer_path(invitation) in client.get(at(invitation, "invitation_reply")).content.decode()
    assert client.post(at(invitation, "invitation_reply"), {}).status_code == 422


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_of_a_stand_in_stays_text(client, clerk, invitation, text):
    client.post(at(invitation, "invitation_reply"), {"answer": "diwakilkan", "stand_in": text})

    page = client.get(reverse("attendance:invitation_list", args=[invitation.activity_id])).content.decode()

    assert "<script>alert" not in page


def test_the_desk_has_the_named_stand_in_ready(client, clerk):
    activity = make_activity(starts_at=clock.now() + timedelta(minutes=10))
    invitation = make_invitation(activity)
    invitation.reply("diwakilkan", stand_in="Joko")

    desk = client.get(reverse("attendance:desk", args=[activity.pk])).content.decode()
    form = client.get(reverse("attendance:desk_stand_in", args=[activity.pk, invitation.pk])).context["form"]

    assert "Catat wakil: Joko" in desk
    assert form["name"].value() == "Joko"


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_leave_one_whole(village):
    invitation = make_invitation(make_activity(starts_at=clock.now() + timedelta(days=3)))

    at_once(
        village,
        lambda: Invitation.objects.get(pk=invitation.pk).reply("diwakilkan", stand_in="Joko"),
        lambda: Invitation.objects.get(pk=invitation.pk).reply("hadir"),
    )

    assert kept(invitation) in {("diwakilkan", "Joko"), ("hadir", "")}
