import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from partisipasi.residents.models import Role, User
from tests import factories

PASSWORD = factories.PASSWORD


@pytest.fixture
def sign_in(village, client):
    def send(login, password=PASSWORD, **fields):
        return client.post("/akun/masuk/", {"login": login, "password": password} | fields)

    return send


@pytest.fixture
def warga(village):
    user = factories.make_user("warga", email="warga@contoh.id", phone="+6281234567890")
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    return user


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("name", ["warga", "Warga", " warga "])
def test_the_name_signs_in(sign_in, client, warga, name):
    assert sign_in(name).status_code == 302
    assert signed_in(client) == str(warga.pk)


@pytest.mark.parametrize("login", ["warga@contoh.id", "0812 3456 7890", "+6281234567890"])
def test_what_is_not_confirmed_signs_nobody_in(sign_in, client, warga, login):
    response = sign_in(login)

    assert response.status_code == 422
    assert "tidak cocok" in response.text
    assert signed_in(client) is None


@pytest.mark.parametrize("login", ["0812 3456 7890", "+6281234567890", "62812-3456-7890"])
def test_a_confirmed_number_signs_in_however_it_is_written(sign_in, client, warga, login):
    warga.confirm_phone(by=factories.make_official(Role.ADMIN))

    assert sign_in(login).status_code == 302
    assert signed_in(client) == str(warga.pk)


def test_a_confirmed_email_signs_in(sign_in, client, warga):
    EmailAddress.objects.update(verified=True)

    assert sign_in("Warga@Contoh.id").status_code == 302
    assert signed_in(client) == str(warga.pk)


@pytest.mark.parametrize("login", ["warga", "siapa-ini", "siapa@contoh.id", "0812 9999 8888"])
def test_the_answer_is_the_same_whether_an_account_exists_or_not(sign_in, warga, login):
    text = sign_in(login, "sandi-yang-salah").text
    [summary] = re.findall(r'class="error-summary".*?</div>', text, re.DOTALL)

    assert "Nama pengguna atau kata sandi tidak cocok." in summary
    assert login not in summary


def test_an_inactive_account_stays_outside(sign_in, client, warga):
    User.objects.update(is_active=False)

    response = sign_in("warga")

    assert response["Location"] == "/akun/tidak-aktif/"
    assert signed_in(client) is None


def test_wrong_passwords_for_one_account_end_soon_and_leave_others_alone(sign_in, client, warga):
    factories.make_user("lain")
    for _ in range(8):
        sign_in("warga", "salah-salah-salah")

    response = sign_in("warga")

    assert "Tunggu lima menit" in response.text
    assert signed_in(client) is None
    assert sign_in("lain").status_code == 302


def test_ways_of_writing_a_number_do_not_add_tries(sign_in, client, warga):
    warga.confirm_phone(by=factories.make_official(Role.ADMIN))
    ways = ["081234567890", "0812 3456 7890", "+6281234567890", "62812 3456 7890"]
    for written in ways * 2:
        sign_in(written, "salah-salah-salah")

    assert "Tunggu lima menit" in sign_in("0812-3456-7890").text


def test_next_leads_home_but_never_away(sign_in, client, warga):
    assert sign_in("warga", next="/forum/")["Location"] == "/forum/"
    client.logout()
    for stranger in ("https://jahat.example/", "//jahat.example", "/\\jahat.example"):
        assert sign_in("warga", next=stranger)["Location"] == "/"
        client.logout()


def test_signing_in_needs_a_token(village, warga):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/akun/masuk/", {"login": "warga", "password": PASSWORD}).status_code == 403


def test_signing_in_changes_the_session_and_closing_the_window_ends_it(sign_in, client, warga):
    client.get("/akun/masuk/")
    sign_in("warga")
    session = client.cookies["sessionid"]

    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["max-age"] == ""
    assert client.session.get_expire_at_browser_close()


def test_signing_out_asks_first(sign_in, client, warga):
    sign_in("warga")

    assert "Keluar dari akun?" in client.get("/akun/keluar/").text
    assert signed_in(client)
    client.post("/akun/keluar/")

    assert signed_in(client) is None


class TestForgottenPassword:
    def ask(self, client, email):
        return client.post("/akun/sandi/lupa/", {"email": email}, HTTP_HOST="testserver")

    def test_a_confirmed_address_gets_a_link_that_works_once(self, client, warga):
        EmailAddress.objects.update(verified=True)

        response = self.ask(client, "warga@contoh.id")

        assert response["Location"] == "/akun/sandi/lupa/terkirim/"
        body = mail.outbox[0].body
        [path] = re.findall(r"http://testserver:8000(/akun/sandi/baru/\S+)", body)
        form = client.get(path, follow=True).redirect_chain[-1][0]
        client.post(form, {"password1": "sandi-baru-sekali", "password2": "sandi-baru-sekali"})
        warga.refresh_from_db()
        assert warga.check_password("sandi-baru-sekali")
        assert "sudah tidak berlaku" in client.get(path).text

    @pytest.mark.parametrize("email", ["warga@contoh.id", "siapa@contoh.id"])
    def test_what_is_not_confirmed_gets_no_link_and_the_same_answer(self, client, warga, email):
        response = self.ask(client, email)

        assert response["Location"] == "/akun/sandi/lupa/terkirim/"
        [letter] = mail.outbox
        assert "/akun/sandi/baru/" not in letter.body
        assert "tidak ada akun" in letter.body

    def test_the_link_is_of_the_village_whatever_host_was_named(self, client, warga):
        EmailAddress.objects.update(verified=True)

        client.post("/akun/sandi/lupa/", {"email": "warga@contoh.id"}, HTTP_HOST="jahat.example")

        assert "jahat" not in mail.outbox[0].body
        assert "http://testserver:8000/akun/sandi/baru/" in mail.outbox[0].body

    def test_three_links_in_ten_minutes_are_enough(self, client, warga):
        for _ in range(3):
            self.ask(client, "warga@contoh.id")

        assert self.ask(client, "warga@contoh.id").status_code == 429
        assert len(mail.outbox) == 3
