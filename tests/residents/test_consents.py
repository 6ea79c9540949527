"""What people agree to stays provable, word for word."""

import hashlib

import pytest

from partisipasi.db import village_scope
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, User
from tests import factories

# A text that somebody agreed to is never changed: add a version instead, and its fingerprint here.
AGREED_TO = {
    ("akun", 1): "2c0d9f5881d0a44b",
    ("kontak", 1): "7b13c525d0c7b7e9",
    ("keterampilan", 1): "935e7ecb40f85d34",
    ("keterampilan-umum", 1): "3e49aad2d3f75ec4",
}
ANSWERS = {
    "username": "wargabaru",
    "password1": factories.PASSWORD,
    "password2": factories.PASSWORD,
    "agrees_to_account": "on",
}


def test_no_text_that_was_agreed_to_has_changed():
    found = {
        (text.purpose, text.version): hashlib.sha256(text.words.encode()).hexdigest()[:16]
        for text in consents.TEXTS
    }

    assert found == AGREED_TO


def test_signing_up_keeps_the_words_that_were_agreed_to(client, village):
    page = client.get("/akun/daftar/").text
    assert "Saya setuju Pemerintah Desa Sukaramah menyimpan nama akun" in page
    assert 'name="agrees_to_account" checked' not in page

    client.post("/akun/daftar/", ANSWERS)

    [given] = Consent.objects.of(User.objects.get())
    assert given.purpose == consents.ACCOUNT
    assert given.words.startswith("Saya setuju Pemerintah Desa Sukaramah menyimpan nama akun")
    assert given.words in page.replace("\n", " ")


def test_without_agreement_there_is_no_account(client, village):
    answer = client.post("/akun/daftar/", ANSWERS | {"agrees_to_account": ""})

    assert answer.status_code == 422
    assert "Centang persetujuan ini untuk membuat akun." in answer.text
    assert not User.objects.exists()


@pytest.mark.parametrize("contact", [{"phone": "0812 3456 7890"}, {"email": "warga@contoh.id"}])
def test_a_contact_needs_an_agreement_of_its_own(client, village, contact):
    refused = client.post("/akun/daftar/", ANSWERS | contact)

    assert refused.status_code == 422
    assert not User.objects.exists()
    client.post("/akun/daftar/", ANSWERS | contact | {"agrees_to_contact": "on"})
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"akun", "kontak"}


def test_a_number_given_later_is_agreed_to_by_saving_it(client, village):
    user = factories.make_resident()
    client.force_login(user)
    assert "Dengan menyimpannya Anda menyatakan" in client.get("/akun/nomor-hp/").text

    client.post("/akun/nomor-hp/", {"phone": "0812 3456 7890"})
    client.post("/akun/nomor-hp/", {"phone": "0812 3456 7891"})

    assert [given.purpose for given in Consent.objects.of(user)] == ["kontak"]


def test_an_agreement_withdrawn_takes_the_contacts_with_it_and_stays_as_proof(village):
    user = factories.make_user(email="a@contoh.id", phone="+6281234567890")
    given = Consent.objects.give(user, consents.CONTACT)

    assert given.withdraw()
    assert not given.withdraw()

    user.refresh_from_db()
    assert (user.email, user.phone) == ("", "")
    assert Consent.objects.get().withdrawn_at
    assert Consent.objects.give(user, consents.CONTACT).pk != given.pk


def test_an_agreement_is_with_one_village(village, neighbour):
    user = factories.make_user()
    Consent.objects.give(user, consents.ACCOUNT)

    with village_scope(neighbour):
        assert not Consent.objects.of(user).exists()
        assert "Desa Tetangga" in Consent.objects.give(user, consents.ACCOUNT).words


def test_nobody_asks_for_a_purpose_without_words():
    with pytest.raises(KeyError):
        consents.latest("iklan")
