import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from partisipasi.residents.models import Person, User
from tests import factories

PASSWORD = factories.PASSWORD


@pytest.fixture
def sign_up(village, client):
    def send(**fields):
        answers = {
            "username": "wargabaru",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "agrees_to_account": "on",
            "agrees_to_contact": "on",
        } | fields
        return client.post("/akun/daftar/", answers)

    return send


def test_a_name_and_a_password_are_enough(sign_up, client):
    response = sign_up()

    assert response.status_code == 302
    user = User.objects.get(username="wargabaru")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not Person.objects.exists()
    assert mail.outbox == []


def test_a_phone_is_only_a_contact_and_locks_nobody_out(sign_up, client):
    sign_up(phone="0812 3456 7890")

    user = User.objects.get()
    assert user.phone == "+6281234567890"
    assert user.phone_confirmed_at is None
    client.logout()
    assert client.post("/akun/masuk/", {"login": "wargabaru", "password": PASSWORD}).status_code == 302


def test_an_unconfirmed_email_locks_nobody_out_and_gets_a_link_of_the_village(sign_up, client):
    sign_up(email="warga@contoh.id")

    assert "_auth_user_id" in client.session
    [letter] = mail.outbox
    assert letter.to == ["warga@contoh.id"]
    assert letter.subject == "[Desa Sukaramah] Pastikan alamat surel Anda"
    assert "http://testserver:8000/akun/surel/" in letter.body


def test_the_link_confirms_the_address_by_a_button(sign_up, client):
    sign_up(email="warga@contoh.id")
    path = mail.outbox[0].body.split("http://testserver:8000")[1].split()[0]

    assert "Ya, pastikan" in client.get(path).text
    assert not EmailAddress.objects.get().verified
    client.post(path)

    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("taken", [True, False])
def test_whether_an_email_is_taken_is_told_to_nobody(sign_up, client, taken):
    if taken:
        other = factories.make_user(email="warga@contoh.id")
        EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)

    response = sign_up(email="warga@contoh.id")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": ""}, "bidang ini"),
        ({"username": "08123456789"}, "mulai dengan huruf"),
        ({"username": "a@b.id"}, "mulai dengan huruf"),
        ({"username": "<b>warga</b>"}, "mulai dengan huruf"),
        ({"username": "аdmin"}, "mulai dengan huruf"),
        ({"username": "KaDes"}, "tidak dapat dipakai"),
        ({"username": "sudahada"}, "sudah dipakai"),
        ({"username": "SudahAda"}, "sudah dipakai"),
        ({"password1": "pendek", "password2": "pendek"}, "pendek"),
        ({"password1": "1234567890", "password2": "1234567890"}, "angka"),
        ({"password2": "lain-sama-sekali"}, "tidak sama"),
        ({"email": "bukan surel"}, "surel"),
        ({"phone": "nomor saya"}, "contoh 0812 3456 7890"),
        ({"website": "http://iklan.example"}, "tidak dapat diproses"),
    ],
)
def test_a_refused_form_says_why_keeps_what_was_typed_and_makes_no_account(sign_up, client, fields, sentence):
    factories.make_user("sudahada")

    response = sign_up(phone=fields.pop("phone", "0812 3456 7890"), **fields)

    assert response.status_code == 422
    assert sentence.lower() in response.text.lower()
    assert "0812 3456 7890" in response.text
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session


def test_nobody_makes_himself_more_than_he_is(sign_up):
    sign_up(is_superuser="on", is_staff="on", phone_confirmed_at="2026-01-01", is_active="")

    user = User.objects.get()
    assert not user.is_superuser
    assert user.phone_confirmed_at is None
    assert user.is_active


def test_after_signing_up_one_comes_back_to_where_one_was_but_not_to_a_stranger(sign_up, client):
    assert sign_up(next="/kegiatan/")["Location"] == "/kegiatan/"
    client.logout()
    for stranger in ("https://jahat.example/", "//jahat.example", "/\\jahat.example", "javascript:alert(1)"):
        assert sign_up(username=f"w{abs(hash(stranger))}", next=stranger)["Location"] == "/"
        client.logout()


def test_signing_up_twenty_times_a_minute_is_enough(sign_up, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "2/m/ip"}
    for number in range(2):
        sign_up(username=f"orang{number}")
        client.logout()

    response = sign_up(username="orangketiga")

    assert response.status_code == 429
    assert "Tunggu beberapa menit" in response.text
    assert User.objects.count() == 2
