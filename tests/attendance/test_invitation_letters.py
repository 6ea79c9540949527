"""The undangan on paper, with its number from the agenda book."""

from datetime import timedelta

import pytest
from django.urls import reverse

from attendance.invitation_letters import as_pdf
from attendance.invited_codes import code_of
from attendance.models import InvitationLetter
from partisipasi import clock
from partisipasi.village.models import LetterNumber
from tests import factories
from tests.attendance.factories import make_activity, make_invitation
from tests.attendance.sheets import Printout
from tests.hostile import HOSTILE
from tests.threads import at_once


@pytest.fixture
def activity(village):
    return make_activity(starts_at=clock.now() + timedelta(days=3), title="Musyawarah Desa RKP")


def address(activity):
    return reverse("attendance:invitation_print", args=[activity.pk])


def test_each_who_is_invited_gets_a_page_with_his_name_and_code(activity):
    invited = [
        make_invitation(activity, whom=factories.make_person(name=name)) for name in ("Sumarni", "Wagiman")
    ]
    letter = InvitationLetter.objects.of(activity, factories.make_user())

    printout = Printout(as_pdf(letter, is_list=False))

    assert len(printout.pages) == 2
    for page, invitation in zip(printout.texts, invited, strict=True):
        assert str(invitation) in page
        assert code_of(invitation) in page
        assert letter.number in page
        assert "Balai Desa" in page


def test_one_letter_brings_the_list_and_no_code(activity):
    invitation = make_invitation(activity, whom=factories.make_person(name="Sumarni"))
    make_invitation(activity, whom=factories.make_body(name="LPMD"))
    letter = InvitationLetter.objects.of(activity, factories.make_user())

    printout = Printout(as_pdf(letter, is_list=True))

    assert len(printout.pages) == 2
    assert "Sumarni" in printout.texts[1]
    assert "LPMD" in printout.texts[1]
    assert code_of(invitation) not in printout.text


def test_the_number_is_drawn_once_and_kept(client, clerk, activity):
    make_invitation(activity)

    first = client.post(address(activity), {"bentuk": "satu"})
    client.post(address(activity), {"bentuk": "daftar"})

    assert first["Content-Type"] == "application/pdf"
    assert "no-store" in first["Cache-Control"]
    assert LetterNumber.objects.filter(book="surat-keluar").count() == 1
    assert InvitationLetter.objects.get().number in client.get(address(activity)).content.decode()


def test_looking_draws_no_number_and_nobody_invited_gets_no_letter(client, clerk, activity):
    client.get(address(activity))

    assert client.post(address(activity)).status_code == 422
    assert not LetterNumber.objects.exists()


def test_what_is_called_off_gets_no_number(client, clerk, activity):
    make_invitation(activity)
    activity.cancel("Hujan.", clerk)

    assert client.post(address(activity)).status_code == 302
    assert not LetterNumber.objects.exists()


def test_letters_are_not_for_residents(client, activity):
    make_invitation(activity)
    client.force_login(factories.make_resident())

    assert client.post(address(activity)).status_code == 404
    assert not LetterNumber.objects.exists()


def test_hostile_names_are_printed_as_text(activity):
    for text in HOSTILE:
        if name := text.replace("\x00", "").strip()[:120]:
            make_invitation(activity, whom=factories.make_person(name=name))
    letter = InvitationLetter.objects.of(activity, factories.make_user())

    assert as_pdf(letter, is_list=False).startswith(b"%PDF")
    assert as_pdf(letter, is_list=True).startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_draw_one_number(village):
    activity, clerk = make_activity(starts_at=clock.now() + timedelta(days=3)), factories.make_user()

    drawn = at_once(village, *[lambda: InvitationLetter.objects.of(activity, clerk).number] * 2)

    assert len(set(drawn)) == 1
    assert LetterNumber.objects.count() == 1
