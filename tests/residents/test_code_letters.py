"""The letters on paper, and the clerks who print them."""

import io

import pdfplumber
import pytest

from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents import code_letters, codes
from partisipasi.residents.models import Person, Role, VerificationLetter
from partisipasi.village.models import Region
from tests import factories, hostile

PEOPLE = "/admin/residents/person/"
LETTERS = f"{PEOPLE}surat-kode/"


def pages_of(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return [page.extract_text() for page in paper.pages]


def region(name, parent=None, level_word="RT"):
    return Region.objects.create(level_word=level_word, name=name, parent=parent)


@pytest.fixture
def clerk(village, client):
    user = factories.make_official(Role.SECRETARY)
    client.force_login(user)
    return user


def test_letters_lie_in_the_order_of_the_round_with_a_list_for_each_rt(village, clerk):
    dusun = region("Krajan", level_word="Dusun")
    first, second = region("001", dusun), region("002", dusun)
    factories.make_person(name="Zainal", region=first, address="Jalan A 2")
    factories.make_person(name="Budi", region=second, address="Jalan B 1")
    factories.make_person(name="Wati", region=first, address="Jalan A 1")

    letters = VerificationLetter.objects.issue(Person.objects.all(), by=clerk)
    pages = pages_of(code_letters.as_pdf(letters, village))

    assert len(pages) == 4
    assert pages[0].index("Wati") < pages[0].index("Zainal")
    assert "Tanda terima" in pages[1]
    assert "RT 001, Dusun Krajan" in pages[1]
    assert "Budi" in pages[2]
    assert "Budi" in pages[3]


def test_a_letter_says_what_it_is_for_until_when_and_whom_to_ask(village, clerk):
    village.office_hours = "Senin–Jumat, 08.00–15.00"
    issued = factories.make_letter(factories.make_person(name="Sri Wahyuni"))

    page = pages_of(code_letters.as_pdf([issued], village))[0]

    for text in (
        "DESA SUKARAMAH",
        "Sri Wahyuni",
        codes.written(issued.code),
        "Senin–Jumat",
        "Berlaku sampai",
    ):
        assert text in page


@pytest.mark.parametrize("name", [name[:120] for name in hostile.HOSTILE if name.strip()])
def test_whatever_a_name_holds_is_a_name_on_paper(village, name):
    issued = factories.make_letter(
        factories.make_person(name=name.replace("\x00", ""), address=name.replace("\x00", ""))
    )

    pages = pages_of(code_letters.as_pdf([issued], village))

    assert len(pages) == 2
    assert codes.written(issued.code) in pages[0]


def test_a_clerk_prints_letters_of_the_chosen_people(clerk, client):
    sri, tono = factories.make_person(name="Sri"), factories.make_person(name="Tono")

    response = client.post(PEOPLE, {"action": "print_letters", "_selected_action": [sri.pk]})

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert "Sri" in pages_of(response.content)[0]
    assert not VerificationLetter.objects.filter(person=tono).exists()
    assert Entry.objects.get(kind="letters.issued").facts == {"by": clerk.pk, "count": 1}


def test_a_clerk_is_told_who_gets_no_letter(clerk, client):
    official = Person.objects.of(clerk)

    page = client.post(
        PEOPLE, {"action": "print_letters", "_selected_action": [official.pk]}, follow=True
    ).text

    assert "1 orang tidak diberi surat" in page


def test_letters_of_an_rt_leave_out_children_and_those_who_have_one(clerk, client):
    rt = region("001")
    factories.make_person(region=rt, age_group="<18", guardian="Ibu")
    held = factories.make_letter(factories.make_person(region=rt))
    factories.make_person(name="Sri", region=rt)
    factories.make_person(name="Jauh")

    assert client.get(LETTERS).status_code == 200
    response = client.post(LETTERS, {"region": rt.pk, "only_new": "on"})

    assert response["Content-Type"] == "application/pdf"
    assert {letter.person.name for letter in VerificationLetter.objects.open()} == {held.person.name, "Sri"}
    again = client.post(LETTERS, {"region": rt.pk, "only_new": "on"})
    assert again.status_code == 422
    assert "tidak ada orang yang memerlukan" in again.text


def test_a_hamlet_head_prints_for_his_hamlet_alone(village, client):
    ours, theirs = factories.make_region(), factories.make_region()
    near, far = factories.make_person(region=ours), factories.make_person(region=theirs)
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=ours))

    assert client.post(LETTERS, {"region": theirs.pk}).status_code == 422
    client.post(PEOPLE, {"action": "print_letters", "_selected_action": [near.pk, far.pk]})

    assert [letter.person for letter in VerificationLetter.objects.all()] == [near]


def test_who_may_not_print_finds_no_way(village, client):
    person = factories.make_person()
    client.force_login(factories.make_official(Role.OPERATOR))

    assert LETTERS not in client.get(PEOPLE).text
    client.post(PEOPLE, {"action": "print_letters", "_selected_action": [person.pk]})

    assert not VerificationLetter.objects.exists()


def test_the_list_of_letters_shows_their_state_and_revokes(clerk, client):
    letter = factories.make_letter(factories.make_person(name="Sri")).letter
    path = "/admin/residents/verificationletter/"

    assert "Sri" in client.get(path, {"keadaan": "berlaku"}).text
    client.post(path, {"action": "revoke", "_selected_action": [letter.pk]})

    letter.refresh_from_db()
    assert letter.state == "dibatalkan"
    for state, count in (("berlaku", 0), ("dipakai", 0), ("kedaluwarsa", 0), ("dibatalkan", 1)):
        assert client.get(path, {"keadaan": state}).context["cl"].result_count == count


def test_regions_of_the_other_village_are_not_offered(clerk, client, neighbour):
    with village_scope(neighbour):
        there = factories.make_region(name="Seberang")

    assert "Seberang" not in client.get(LETTERS).text
    assert client.post(LETTERS, {"region": there.pk}).status_code == 422
