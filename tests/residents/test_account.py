import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from partisipasi.residents.models import Role
from tests import factories

PASSWORD = factories.PASSWORD


@pytest.fixture
def warga(village, client):
    user = factories.make_resident("warga")
    client.post("/akun/masuk/", {"login": "warga", "password": PASSWORD})
    return user


def test_the_account_page_shows_what_there_is(warga, client):
    page = client.get("/akun/").text

    assert "Belum diverifikasi" in page
    assert "Tambah surel" in page
    assert "Tambah nomor" in page
    assert "Penugasan Anda" not in page


def test_a_guest_reads_how_to_become_known(village, client):
    client.force_login(factories.make_user("tamu"))

    page = client.get("/akun/").text

    assert "belum terhubung dengan buku alamat Desa Sukaramah" in page


def test_an_official_sees_what_he_is_appointed_to(village, client):
    client.force_login(factories.make_official(Role.SECRETARY))

    page = client.get("/akun/").text

    assert "Sekretaris" in page
    assert 'href="/admin/"' in page


def test_every_link_of_the_account_page_leads_somewhere(warga, client):
    links = set(re.findall(r'href="(/akun/[^"]*)"', client.get("/akun/").text))

    assert len(links) >= 5
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link


def test_a_number_is_changed_and_removed(warga, client):
    assert client.post("/akun/nomor-hp/", {"phone": "0812 3456 7890"}).status_code == 302
    warga.refresh_from_db()
    assert warga.phone == "+6281234567890"

    refused = client.post("/akun/nomor-hp/", {"phone": "entah"})
    assert refused.status_code == 422
    assert "entah" in refused.text

    client.post("/akun/nomor-hp/", {"phone": ""})
    warga.refresh_from_db()
    assert warga.phone == ""


def test_changing_the_password_needs_the_old_one(warga, client):
    fields = {
        "oldpassword": "salah-sekali",
        "password1": "sandi-baru-sekali",
        "password2": "sandi-baru-sekali",
    }

    refused = client.post("/akun/sandi/", fields)
    assert refused.status_code == 422
    assert "bukan kata sandi Anda" in refused.text

    assert client.post("/akun/sandi/", fields | {"oldpassword": PASSWORD}).status_code == 302
    warga.refresh_from_db()
    assert warga.check_password("sandi-baru-sekali")


def reauthenticate(client):
    client.post("/akun/pastikan/", {"password": PASSWORD})


def test_a_new_email_needs_the_password_again_and_counts_once_confirmed(warga, client):
    asked = client.post("/akun/surel/", {"email": "warga@contoh.id", "action_add": ""})
    assert asked["Location"].startswith("/akun/pastikan/")
    assert not EmailAddress.objects.exists()

    reauthenticate(client)
    client.post("/akun/surel/", {"email": "warga@contoh.id", "action_add": ""})

    assert "belum dipastikan" in client.get("/akun/surel/").text
    assert "/akun/surel/" in mail.outbox[-1].body


def code_now(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def activate_second_factor(client):
    reauthenticate(client)
    page = client.get("/akun/2fa/aktifkan/")
    secret = page.context["form"].secret
    return secret, client.post("/akun/2fa/aktifkan/", {"code": code_now(secret)})


def test_the_second_factor_is_asked_for_and_its_secret_is_not_kept_in_clear(warga, client):
    secret, response = activate_second_factor(client)
    assert response["Location"] == "/akun/2fa/kode/"
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
    codes = re.findall(r"<code>(\d+)</code>", client.get("/akun/2fa/kode/").text)
    assert len(codes) == 10
    client.post("/akun/keluar/")

    first = client.post("/akun/masuk/", {"login": "warga", "password": PASSWORD, "next": "/kegiatan/"})
    assert urlsplit(first["Location"]).path == "/akun/2fa/masuk/"
    assert "_auth_user_id" not in client.session
    wrong = client.post("/akun/2fa/masuk/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "tidak cocok" in wrong.text
    right = client.post("/akun/2fa/masuk/", {"code": codes[0]})

    assert right["Location"] == "/kegiatan/"
    assert client.session["_auth_user_id"] == str(warga.pk)


def test_a_recovery_code_works_once(warga, client):
    activate_second_factor(client)
    [first, *_] = re.findall(r"<code>(\d+)</code>", client.get("/akun/2fa/kode/").text)
    for answer in (302, 422):
        client.post("/akun/keluar/")
        client.post("/akun/masuk/", {"login": "warga", "password": PASSWORD})
        assert client.post("/akun/2fa/masuk/", {"code": first}).status_code == answer


def test_the_app_shows_the_village_and_the_name(warga, client):
    reauthenticate(client)

    url = client.get("/akun/2fa/aktifkan/").context["totp_url"]

    assert parse_qs(urlsplit(url).query)["issuer"] == ["Desa Sukaramah"]
    assert urlsplit(url).path == "/warga"
