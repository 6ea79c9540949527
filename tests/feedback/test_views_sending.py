"""Sending a report, and its receipt."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from announcements.models import DayKey
from feedback import proof
from feedback.models import Report, Sending
from tests.announcements.factories import make_upload
from tests.factories import make_region, make_resident
from tests.files.makers import photo_with_position

from .factories import make_category

NEW, TRACK = "/aspirasi/baru/", "/aspirasi/lacak/"


@pytest.fixture
def category(village):
    return make_category()


def sent(category, **fields):
    """What a browser sends, without JavaScript."""
    return {
        "kind": "pengaduan",
        "category": category.pk,
        "title": "Lampu depan musala padam",
        "body": "Sudah tiga malam gelap.",
        "disclosure": "anonim",
        "nonce": uuid.uuid4(),
    } | fields


def text_of(response):
    return response.content.decode()


def test_the_form_opens_for_everybody_and_says_who_reads_it(client, category):
    page = text_of(client.get(NEW))

    assert "Siapa yang membaca laporan Anda" in page
    assert "Atas nama saya" not in page
    client.force_login(make_resident("siti"))
    assert "Atas nama saya (siti)" in text_of(client.get(NEW))


def test_a_resident_reports_and_gets_a_receipt_with_code_and_pin(client, category):
    resident = make_resident()
    client.force_login(resident)

    response = client.post(NEW, sent(category, disclosure="terbuka", region=make_region().pk))

    report = Report.objects.get()
    assert report.reporter == resident
    assert report.code in text_of(response)
    assert response.context["pin"] in text_of(response)
    assert "no-store" in response["Cache-Control"]


def test_sending_the_form_twice_shows_the_same_receipt(client, category):
    told = sent(category)

    first, again = client.post(NEW, told), client.post(NEW, told)

    assert first.context["pin"] == again.context["pin"]
    assert Report.objects.count() == 1
    assert Sending.objects.get().times == 1


def test_without_an_account_only_anonymous_reports_are_taken(client, category):
    response = client.post(NEW, sent(category, disclosure="terbuka"))

    assert response.status_code == 422
    assert not Report.objects.exists()


def test_fields_that_nobody_asked_for_change_nothing(client, category):
    other = make_resident()
    client.post(
        NEW,
        sent(
            category, reporter=other.pk, verified_at="2026-01-01", released_at="2026-01-01", channel="loket"
        ),
    )

    report = Report.objects.get()
    assert (report.reporter, report.verified_at, report.released_at, report.channel) == (
        None,
        None,
        None,
        "web",
    )


def test_without_a_proof_of_work_a_report_is_held_and_with_one_it_counts(client, category):
    nonce = uuid.uuid4()

    held = client.post(NEW, sent(category))
    client.post(NEW, sent(category, nonce=nonce, proof=proof.work(nonce)))

    assert "bukan kiriman mesin" in text_of(held)
    assert [bool(report.held_at) for report in Report.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize("number", ["", "abc", "-1", "9" * 30, "٣", "1"])
def test_what_is_no_proof_proves_nothing(number):
    assert not proof.holds(uuid.UUID(int=5), number)


def test_a_program_that_fills_every_field_is_stopped_kindly(client, category):
    response = client.post(NEW, sent(category, website="http://spam.example"))

    assert response.status_code == 422
    assert "Kosongkan isian ini" in text_of(response)
    assert not Report.objects.exists()


def test_one_address_sends_many_but_not_without_end(client, category, monkeypatch):
    monkeypatch.setattr("feedback.models.sending.FROM_ONE_ADDRESS_HELD", 2)
    for _ in range(2):
        assert client.post(NEW, sent(category)).status_code == 200

    refused = client.post(NEW, sent(category, title="Yang ketiga"))

    assert refused.status_code == 429
    assert "Yang ketiga" in text_of(refused)
    assert Report.objects.count() == 2
    nonce = uuid.uuid4()
    assert client.post(NEW, sent(category, nonce=nonce, proof=proof.work(nonce))).status_code == 200
    assert client.post(NEW, sent(category), REMOTE_ADDR="192.0.2.77").status_code == 200


def test_what_was_counted_of_addresses_goes_with_the_day(client, category):
    client.post(NEW, sent(category), REMOTE_ADDR="192.0.2.77")

    DayKey.objects.get().forget()

    assert not Sending.objects.exists()


def test_an_account_is_limited_by_the_day(client, category, monkeypatch):
    monkeypatch.setattr("feedback.models.receiving.FROM_ONE_ACCOUNT", 1)
    client.force_login(make_resident())
    client.post(NEW, sent(category, disclosure="rahasia"))

    assert client.post(NEW, sent(category, disclosure="terbuka")).status_code == 429


@pytest.mark.parametrize("missing", ["kind", "category", "title", "body", "disclosure"])
def test_what_is_missing_is_said_and_what_was_typed_stays(client, category, missing):
    told = sent(category)
    told[missing] = ""
    response = client.post(NEW, told | {"photos": [make_upload()]})

    page = text_of(response)
    assert response.status_code == 422
    assert "Pilih lagi fotonya" in page
    for name, words in (("title", "Lampu depan musala padam"), ("body", "Sudah tiga malam gelap.")):
        assert name == missing or words in page


def test_photos_are_kept_without_where_they_were_taken(client, category):
    photo = SimpleUploadedFile("IMG_rumah_saya.jpg", photo_with_position())
    client.post(NEW, sent(category, photos=[photo, make_upload()]))

    kept = [each.file for each in Report.objects.get().photos.all()]
    assert [each.visibility for each in kept] == ["internal", "internal"]
    with kept[0].content.open() as content:
        written = content.read()
    assert b"PhoneOfWarga" not in written
    assert b"rumah" not in written


@pytest.mark.parametrize(
    "photos",
    [
        [SimpleUploadedFile("x.html", b"<script>alert(1)</script>")],
        [make_upload(color=color) for color in ("red", "blue", "green", "navy", "teal", "olive")],
    ],
)
def test_no_other_files_and_no_more_than_five(client, category, photos):
    response = client.post(NEW, sent(category, photos=photos))

    assert response.status_code == 422
    assert not Report.objects.exists()


def test_categories_and_regions_of_the_other_village_cannot_be_chosen(client, category, neighbour):
    from partisipasi.db import village_scope

    with village_scope(neighbour):
        theirs, region = make_category(), make_region()

    assert client.post(NEW, sent(theirs)).status_code == 422
    assert client.post(NEW, sent(category, region=region.pk)).status_code == 422
    assert not Report.objects.exists()


# The receipt on paper


def test_the_receipt_is_printed_for_who_has_just_sent(client, category):
    ticket = client.post(NEW, sent(category)).context["ticket"]

    pdf = client.post("/aspirasi/tanda-terima.pdf", {"tiket": ticket})

    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("ticket", ["", "x", "x:y:z"])
def test_without_its_ticket_there_is_no_receipt(client, village, ticket):
    assert client.post("/aspirasi/tanda-terima.pdf", {"tiket": ticket}).status_code == 404
