"""What officials type in for others, and the receipt that people take home."""

import io
import uuid

import pdfplumber
import pytest

from feedback import receipt as paper
from feedback.models import Report
from partisipasi.residents.models import Notice, Role
from tests.factories import make_official, make_person, make_region, make_resident
from tests.hostile import HOSTILE

from .factories import make_category, make_petugas, make_receipt

COUNTER = "/aspirasi/loket/"


@pytest.fixture
def petugas(client, village):
    user = make_petugas()
    client.force_login(user)
    return user


def typed(**fields):
    return {
        "channel": "telepon",
        "kind": "aspirasi",
        "category": make_category().pk,
        "title": "Minta jadwal ronda",
        "body": "Ronda sudah lama kosong.",
        "disclosure": "terbuka",
        "nonce": uuid.uuid4(),
    } | fields


def text_of(response):
    return response.content.decode()


def test_the_official_types_in_what_a_name_on_the_phone_told(client, petugas):
    response = client.post(COUNTER, typed(told_name="Mbah Karto", told_phone="0812 3456 7890"))

    report = Report.objects.get()
    assert (report.channel, report.typed_by, report.told_name) == ("telepon", petugas, "Mbah Karto")
    assert report.told_phone == "+6281234567890"
    assert report.code in text_of(response)
    assert "Catat laporan lain" in text_of(response)


def test_the_official_finds_the_person_in_the_address_book_who_then_is_told(client, village):
    secretary = make_official(Role.VILLAGE_HEAD)
    client.force_login(secretary)
    resident = make_resident("kartinah")
    found = client.get(COUNTER, {"cari": "artinah"})
    person = found.context["found"][0]

    client.post(f"{COUNTER}?orang={person.pk}", typed(channel="loket", told_name="tidak dipakai"))

    report = Report.objects.get()
    assert (report.person, report.told_name) == (person, "")
    report.verify(by=secretary)
    assert Notice.objects.filter(recipient=resident).count() == 1


def test_an_anonymous_word_at_the_counter_keeps_no_name(client, petugas):
    client.post(COUNTER, typed(told_name="Mbah Karto", told_phone="0812 3456 7890", disclosure="anonim"))

    report = Report.objects.get()
    assert (report.told_name, report.told_phone, report.person) == ("", "", None)


def test_a_form_sent_twice_is_one_report_with_one_receipt(client, petugas):
    told = typed()

    first, again = client.post(COUNTER, told), client.post(COUNTER, told)

    assert first.context["pin"] == again.context["pin"]
    assert Report.objects.count() == 1


def test_a_hamlet_head_types_for_his_hamlet_alone(client, village):
    hamlet, other = make_region(), make_region()
    client.force_login(make_official(Role.HAMLET_HEAD, region=hamlet))

    assert client.post(COUNTER, typed()).status_code == 422
    assert client.post(COUNTER, typed(region=other.pk)).status_code == 422
    assert client.post(COUNTER, typed(region=hamlet.pk)).status_code == 200
    assert Report.objects.get().region == hamlet


def test_a_wrong_phone_number_is_asked_for_again_and_the_rest_stays(client, petugas):
    response = client.post(COUNTER, typed(told_phone="tidak ada"))

    assert response.status_code == 422
    assert "Tulis nomor HP dengan angka" in text_of(response)
    assert "Minta jadwal ronda" in text_of(response)


@pytest.mark.parametrize("key", ["x", "0", "999999", "1;DROP"])
def test_nobody_outside_the_address_book_is_chosen(client, petugas, key):
    assert client.get(f"{COUNTER}?orang={key}").status_code == 404


def test_people_of_the_other_village_are_not_found(client, petugas, neighbour):
    from partisipasi.db import village_scope

    with village_scope(neighbour):
        there = make_person(name="Milik Tetangga")

    assert not client.get(COUNTER, {"cari": "Milik Tetangga"}).context["found"]
    assert client.get(f"{COUNTER}?orang={there.pk}").status_code == 404


# The paper


def words_on(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        return opened.pages[0].extract_text()


def test_the_paper_says_code_pin_and_promises_but_not_what_was_told(village):
    receipt = make_receipt(title="Rahasia dapur", told_name="Mbah Karto")

    words = words_on(paper.as_pdf(receipt, village))

    assert receipt.report.code in words
    assert f"{receipt.pin[:3]} {receipt.pin[3:]}" in words
    assert "DESA SUKARAMAH" in words
    assert words.count("paling lambat") == 3
    assert "Rahasia dapur" not in words
    assert "Karto" not in words


def test_whatever_a_village_calls_its_categories_the_paper_is_set(village):
    for hostile in HOSTILE:
        name = hostile.replace("\x00", "")[:60]
        receipt = make_receipt(category=make_category(name=name or "-"))
        assert paper.as_pdf(receipt, village).startswith(b"%PDF")
