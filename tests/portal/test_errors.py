"""What goes wrong is said in the village's own face, with what to do next."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import permission_denied, server_error

from partisipasi import http


def test_a_page_that_does_not_exist_leads_home(client, village):
    answer = client.get("/tidak-ada/")

    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()
    assert "Desa Sukaramah" in answer.content.decode()


def test_a_refusal_says_its_reason(rf, village):
    request = rf.get("/")
    request.village = village

    answer = permission_denied(request, PermissionError("Topik ini sudah ditutup."))

    assert answer.status_code == 403
    assert "Topik ini sudah ditutup." in answer.content.decode()


def test_a_breakdown_needs_neither_village_nor_database(rf):
    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "Ada yang rusak di pihak kami" in answer.content.decode()


def test_a_form_without_its_token_can_be_sent_again(village):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("account_login"))

    assert answer.status_code == 403
    assert "Formulir ini perlu dikirim ulang" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_host_is_told_so_outside_the_trial(client, village, settings):
    settings.TRIAL = False

    answer = client.get("/", headers={"host": "desa-lain.example"})

    assert answer.status_code == 421
    assert "Tidak ada desa di alamat ini" in answer.content.decode()
    assert "Sukaramah" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "current"), [("/forum/x/", "Forum"), ("/tindak-lanjut/1/", "Kegiatan"), ("/forumulir/", None)]
)
def test_the_open_door_is_the_room_one_stands_in(village, monkeypatch, path, current):
    monkeypatch.setattr(http, "_open_doors", lambda: (("Kegiatan", "/kegiatan/"), ("Forum", "/forum/")))
    request = RequestFactory().get(path)

    doors = http.page_context(request)["navigation"]

    assert [label for label, _, is_current in doors if is_current] == ([current] if current else [])


def test_no_door_leads_nowhere(client, village):
    for _, path, _ in http.page_context(RequestFactory().get("/"))["navigation"]:
        assert client.get(path).status_code in {200, 302}
