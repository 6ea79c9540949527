"""Tracking a report by code and PIN, and answering back."""

import uuid

import pytest
from django.test import Client

from tests.factories import make_resident

from .factories import make_petugas, make_receipt, make_report

NEW, TRACK = "/aspirasi/baru/", "/aspirasi/lacak/"


def text_of(response):
    return response.content.decode()


def test_code_and_pin_open_the_whole_report_in_this_browser_alone(client, village):
    receipt = make_receipt(title="Hanya untuk saya")
    address = receipt.report.get_absolute_url()

    response = client.post(TRACK, {"code": receipt.report.code.lower(), "pin": receipt.pin}, follow=True)

    assert response.redirect_chain[0][0] == address
    assert "Hanya untuk saya" in text_of(response)
    assert "no-store" in response["Cache-Control"]
    assert Client().get(address).status_code == 404


def test_a_report_stays_open_for_an_hour_only(client, village):
    from datetime import timedelta

    from partisipasi import clock

    receipt, moment = make_receipt(), clock.now()
    with clock.at(moment):
        client.post(TRACK, {"code": receipt.report.code, "pin": receipt.pin})
    with clock.at(moment + timedelta(minutes=61)):
        assert client.get(receipt.report.get_absolute_url()).status_code == 404


def test_opening_one_report_opens_no_other(client, village):
    receipt, other = make_receipt(), make_receipt().report
    client.post(TRACK, {"code": receipt.report.code, "pin": receipt.pin})

    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_wrong_pin_and_an_unknown_code_look_alike(client, village):
    report = make_report()

    wrong = client.post(TRACK, {"code": report.code, "pin": "000001"})
    unknown = client.post(TRACK, {"code": "SUK-00000-00000", "pin": "000001"})

    assert wrong.status_code == unknown.status_code == 422
    strip = lambda response: text_of(response).replace(report.code, "").replace("SUK-00000-00000", "")  # noqa: E731
    assert "tidak cocok" in text_of(wrong)
    without_tokens = [page.split("csrfmiddlewaretoken")[0] for page in (strip(wrong), strip(unknown))]
    assert without_tokens[0] == without_tokens[1]


def test_guessing_a_pin_is_stopped(client, village):
    receipt = make_receipt()
    for number in range(5):
        client.post(TRACK, {"code": receipt.report.code, "pin": f"00000{number}"})

    response = client.post(TRACK, {"code": receipt.report.code, "pin": receipt.pin})

    assert response.status_code == 429
    assert "Tunggu satu jam" in text_of(response)


# The reporter


@pytest.fixture
def own(client, village):
    """A report of the visitor's, answered."""
    resident = make_resident()
    client.force_login(resident)
    report = make_report(reporter=resident, title="Milik saya")
    report.answer("Sudah diperbaiki.", by=make_petugas())
    return report


def test_the_reporter_reads_it_all_and_finds_it_among_his_own(client, own):
    page = text_of(client.get(own.get_absolute_url()))

    assert "Milik saya" in page
    assert "Sudah diperbaiki." in page
    assert "Terima jawaban" in page
    assert "Milik saya" in text_of(client.get("/aspirasi/saya/"))


def test_the_reporter_answers_back_once_even_if_the_form_comes_twice(client, own):
    told = {"text": "Belum beres, Pak.", "nonce": uuid.uuid4()}
    for _ in range(2):
        response = client.post(f"{own.get_absolute_url()}balas/", told, follow=True)

    assert text_of(response).count("Belum beres, Pak.") == 1


def test_an_empty_reply_is_asked_for_again(client, own):
    response = client.post(f"{own.get_absolute_url()}balas/", {"text": " \u202e ", "nonce": uuid.uuid4()})

    assert response.status_code == 422
    assert "Tulis balasan Anda dahulu" in text_of(response)


def test_the_reporter_accepts_and_reopens(client, own):
    address = own.get_absolute_url()
    client.get(f"{address}terima/")
    client.post(f"{address}terima/")
    own.refresh_from_db()
    assert own.closed_how == "diterima"

    client.post(f"{address}buka-kembali/", {"text": "Padam lagi.", "nonce": uuid.uuid4()})
    own.refresh_from_db()
    assert own.state[1] == "Dibuka kembali"


def test_what_a_settled_report_refuses_is_said_and_what_was_typed_stays(client, own):
    own.accept()

    response = client.post(f"{own.get_absolute_url()}balas/", {"text": "Satu lagi.", "nonce": uuid.uuid4()})

    assert response.status_code == 403
    assert "sudah selesai ditangani" in text_of(response)
    assert "Satu lagi." in text_of(response)


def test_nobody_else_answers_for_the_reporter(client, own):
    address = own.get_absolute_url()
    client.force_login(make_resident())

    for act in ("balas", "terima", "buka-kembali"):
        assert client.post(f"{address}{act}/", {"text": "x", "nonce": uuid.uuid4()}).status_code == 404
    client.force_login(make_petugas())
    assert client.post(f"{address}terima/").status_code == 404
    own.refresh_from_db()
    assert not own.closed_at


def test_what_the_reporter_saw_is_not_kept_for_others(client, own):
    own.release("Judul untuk umum", "Isi untuk umum", by=make_petugas())
    address, anybody = own.get_absolute_url(), Client()

    for _ in range(2):
        assert "Milik saya" in text_of(client.get(address))
        seen = text_of(anybody.get(address))
        assert "Judul untuk umum" in seen
        assert "Milik saya" not in seen
        assert "Balasan Anda" not in seen
