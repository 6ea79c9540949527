"""The privacy desk as a resident meets it."""

import io
import json
from datetime import UTC, datetime
from uuid import uuid4
from zipfile import ZipFile

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.portal.models import PrivacyRequest
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, Person, Role
from partisipasi.residents.privacy import registry
from tests import factories
from tests.announcements import factories as announcements
from tests.forums import factories as forums
from tests.hostile import HOSTILE

PAGES = ["/akun/data-saya/", "/akun/data-saya/hapus/", "/akun/data-saya/minta/perbaikan/"]


@pytest.fixture
def resident(village):
    return factories.make_resident("wahyuningsih", name="Wahyuningsih P.", address="Gang Kenanga 17")


@pytest.fixture
def me(client, resident):
    """Somebody who has signed in."""
    client.post("/akun/masuk/", {"login": "wahyuningsih", "password": factories.PASSWORD})
    return client


def test_the_desk_is_ones_own(client, village):
    for page in [*PAGES, "/akun/data-saya/data-saya.zip", "/akun/data-saya/persetujuan/"]:
        assert client.get(page)["Location"].startswith("/akun/masuk/")


def test_the_page_shows_all_in_words_and_nothing_of_others(me, resident, neighbour):
    forums.make_post(forums.make_topic(), author=resident, body="Jalan <b>rusak</b>")
    forums.make_post(forums.make_topic(), body="Kata orang lain")
    with village_scope(neighbour):
        factories.make_person(user=resident, name="Nama di sana")
        forums.make_post(forums.make_topic(), author=resident, body="Kata di sana")

    page = me.get("/akun/data-saya/")

    assert "Gang Kenanga 17" in page.text
    assert "Jalan &lt;b&gt;rusak" in page.text
    for absent in ("Kata orang lain", "Nama di sana", "Kata di sana", "<b>rusak"):
        assert absent not in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_guest_without_a_row_in_the_address_book_has_a_desk_too(client, village):
    client.force_login(factories.make_user("tamu.jauh"))

    assert "tamu.jauh" in client.get("/akun/data-saya/").text
    assert client.get("/akun/data-saya/hapus/").status_code == 200


def test_the_page_asks_as_often_for_much_as_for_little(
    me, resident, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    topic = forums.make_topic()
    forums.make_post(topic, author=resident)
    with CaptureQueriesContext(connection) as once:
        me.get("/akun/data-saya/")
    for _ in range(3):
        forums.make_post(topic, author=resident)
        PrivacyRequest.objects.file("perbaikan", user=resident, text="a", right="b")

    with django_assert_max_num_queries(len(once)):
        me.get("/akun/data-saya/")


def test_the_download_has_words_data_and_ones_own_files(me, resident, monkeypatch):
    stored = announcements.make_stored(announcements.make_upload(color="navy"))
    picture = announcements.make_picture(file=stored, uploaded_by=resident)
    holding = registry.Holding(type(picture), "uploaded_by", ("file",), None, "Disimpan.")
    monkeypatch.setitem(registry._holdings, ("announcements.picture", "uploaded_by"), holding)

    asked_first = me.get("/akun/data-saya/data-saya.zip")["Location"]
    answer = me.post(asked_first, {"password": factories.PASSWORD}, follow=True)

    assert answer["Content-Type"] == "application/zip"
    assert 'filename="data-saya.zip"' in answer["Content-Disposition"]
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        told = json.loads(archive.read("data.json"))
        assert told["orang"][0]["alamat"] == "Gang Kenanga 17"
        assert "Gang Kenanga 17" in archive.read("data.html").decode()
        [name] = [name for name in archive.namelist() if name.startswith("berkas/")]
        with stored.content.open("rb") as content:
            assert archive.read(name) == content.read()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("perbaikan", {"text": "RT 02", "right": "RT 03"}),
        ("keberatan", {"text": "Jangan telepon."}),
        ("pembatasan", {"text": "Jangan telepon."}),
    ],
)
def test_a_request_is_received_once_and_shown_with_its_deadline(me, resident, kind, words):
    sent = words | {"nonce": str(uuid4())}
    with clock.at(datetime(2026, 5, 1, 2, tzinfo=UTC)):
        for _ in range(2):
            assert me.post(f"/akun/data-saya/minta/{kind}/", sent).status_code == 302

    asked = PrivacyRequest.objects.get()
    assert (asked.kind, asked.user, asked.person.name) == (kind, resident, "Wahyuningsih P.")
    page = me.get("/akun/data-saya/").text
    assert "Senin, 4 Mei 2026" in page
    assert words["text"] in page


@pytest.mark.parametrize(
    "answers",
    [{}, {"text": "", "right": "x"}, {"text": "x" * 2001, "right": "x"}, {"text": "\0", "right": "x"}],
)
def test_an_empty_or_endless_request_is_refused_and_keeps_what_was_typed(me, answers):
    refused = me.post("/akun/data-saya/minta/perbaikan/", answers | {"nonce": str(uuid4())})

    assert refused.status_code == 422
    assert not PrivacyRequest.objects.exists()
    assert answers.get("right", "") in refused.text


def test_no_other_kind_of_request_is_made_by_address(me):
    for kind in ("penghapusan", "salinan", "entah"):
        assert me.get(f"/akun/data-saya/minta/{kind}/").status_code == 404


def test_hostile_words_are_words(me, resident):
    for text in HOSTILE:
        if text.strip() and "\0" not in text and len(text) < 2000:
            answers = {"text": text, "right": text, "nonce": str(uuid4())}
            assert me.post("/akun/data-saya/minta/perbaikan/", answers).status_code == 302, text
    page = me.get("/akun/data-saya/").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


# Erasure


def test_erasure_names_what_goes_and_stays_and_needs_the_password(me, resident):
    page = me.get("/akun/data-saya/hapus/").text
    assert "Akun Anda: nama pengguna" in page
    assert "Bukti persetujuan" not in page
    wrong = me.post("/akun/data-saya/hapus/", {"understood": "on", "password": "bukan-sandinya"})
    unread = me.post("/akun/data-saya/hapus/", {"password": factories.PASSWORD})

    assert wrong.status_code == unread.status_code == 422
    assert "Kata sandi ini tidak cocok." in wrong.text
    assert not PrivacyRequest.objects.exists()
    for _ in range(2):
        me.post("/akun/data-saya/hapus/", {"understood": "on", "password": factories.PASSWORD})
    assert PrivacyRequest.objects.get().kind == "penghapusan"


def test_passwords_are_not_tried_out_there(me):
    answers = [
        me.post("/akun/data-saya/hapus/", {"understood": "on", "password": "salah"}).status_code
        for _ in range(12)
    ]

    assert 429 in answers


def test_a_waiting_erasure_is_cancelled_by_who_asked_and_by_nobody_else(me, resident, client):
    asked = PrivacyRequest.objects.file("penghapusan", user=resident)
    assert "Batalkan penghapusan" in me.get("/akun/data-saya/hapus/").text
    from django.test import Client

    stranger = Client()
    stranger.force_login(factories.make_resident())
    assert stranger.post(f"/akun/data-saya/permintaan/{asked.pk}/batal/").status_code == 404
    assert me.get(f"/akun/data-saya/permintaan/{asked.pk}/batal/").status_code == 405

    me.post(f"/akun/data-saya/permintaan/{asked.pk}/batal/")
    me.post(f"/akun/data-saya/permintaan/{asked.pk}/batal/")

    asked.refresh_from_db()
    assert asked.decision == "dibatalkan"


def test_an_official_is_told_to_be_relieved_first(client, village):
    official = factories.make_official(Role.OPERATOR)
    client.force_login(official)

    refused = client.post("/akun/data-saya/hapus/", {"understood": "on", "password": factories.PASSWORD})

    assert refused.status_code == 422
    assert "Anda masih memegang penugasan" in refused.text


def test_an_account_of_two_villages_is_said_to_stay(me, resident, neighbour):
    with village_scope(neighbour):
        factories.make_person(user=resident)

    page = me.get("/akun/data-saya/hapus/").text

    assert "Akun Anda sendiri tetap ada" in page
    assert "Akun Anda: nama pengguna" not in page


# Consents


def test_consents_stand_there_word_for_word_and_are_taken_back(me, resident):
    contact = Consent.objects.give(resident, consents.CONTACT)
    account = Consent.objects.give(resident, consents.ACCOUNT)
    page = me.get("/akun/data-saya/persetujuan/").text
    assert contact.words in page
    assert account.words in page

    assert me.post(f"/akun/data-saya/persetujuan/{contact.pk}/tarik/").status_code == 302
    assert me.post(f"/akun/data-saya/persetujuan/{contact.pk}/tarik/").status_code == 302
    to_erasure = me.post(f"/akun/data-saya/persetujuan/{account.pk}/tarik/")

    assert to_erasure["Location"] == "/akun/data-saya/hapus/"
    contact.refresh_from_db()
    account.refresh_from_db()
    assert contact.withdrawn_at
    assert not account.withdrawn_at
    assert PrivacyRequest.objects.count() == 1


def test_nobody_takes_back_anothers_consent(me):
    given = Consent.objects.give(factories.make_resident(), consents.CONTACT)

    assert me.post(f"/akun/data-saya/persetujuan/{given.pk}/tarik/").status_code == 404
    given.refresh_from_db()
    assert not given.withdrawn_at


# In admin


@pytest.fixture
def secretary(client, village):
    user = factories.make_official(Role.SECRETARY)
    client.force_login(user)
    return client


def test_the_tray_tells_late_ones_apart(secretary):
    resident = factories.make_resident()
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        late = PrivacyRequest.objects.file("perbaikan", user=resident, text="a", right="b")
    PrivacyRequest.objects.file("keberatan", user=resident, text="c")

    page = secretary.get("/admin/").text
    assert "Permintaan data pribadi, lewat 3 × 24 jam" in page
    listed = secretary.get("/admin/portal/privacyrequest/?keadaan=terlambat").text
    assert f"/admin/portal/privacyrequest/{late.pk}/" in listed
    assert "TERLAMBAT" in listed
    assert "Keberatan atas pemakaian data</td>" not in listed


def test_a_clerk_files_for_somebody_without_an_account(secretary):
    person = factories.make_person(name="Mbah Karto")
    answers = {
        "kind": "perbaikan",
        "person": person.pk,
        "text": "Alamat",
        "right": "Gang 2",
        "nonce": str(uuid4()),
    }
    for _ in range(2):
        assert secretary.post("/admin/portal/privacyrequest/add/", answers).status_code == 302

    asked = PrivacyRequest.objects.get()
    assert (asked.who, asked.filed_by is not None, asked.user) == ("Mbah Karto", True, None)
    assert secretary.get(f"/admin/portal/privacyrequest/{asked.pk}/change/").status_code == 200


def test_a_nameless_request_is_refused_at_the_counter(secretary):
    answers = {"kind": "perbaikan", "text": "Alamat", "nonce": str(uuid4())}

    assert "Pilih orangnya" in secretary.post("/admin/portal/privacyrequest/add/", answers).text
    assert not PrivacyRequest.objects.exists()


def test_a_request_is_carried_out_or_refused_with_a_reason(secretary):
    resident = factories.make_resident()
    one = PrivacyRequest.objects.file("perbaikan", user=resident, text="a", right="b")
    other = PrivacyRequest.objects.file("penghapusan", user=resident)
    page = f"/admin/portal/privacyrequest/{other.pk}/putuskan/"
    assert "Hapus datanya sekarang" not in secretary.get(page).text
    assert secretary.post(page, {"tindakan": "tolak", "reason": ""}).status_code == 422
    assert secretary.post(page, {"tindakan": "laksanakan"}).status_code == 422

    secretary.post(page, {"tindakan": "tolak", "reason": "Perkara berjalan, pasal 15."})
    secretary.post(
        f"/admin/portal/privacyrequest/{one.pk}/putuskan/", {"tindakan": "laksanakan", "reason": "Sudah."}
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.decision, other.decision) == ("dilaksanakan", "ditolak")
    assert "sudah diputuskan" in secretary.get(page).text
    register = secretary.get("/admin/portal/privacyrequest/register/").text
    assert "Perkara berjalan, pasal 15." in register
    assert Person.objects.get(user=resident).name in register


def test_nothing_of_a_request_is_rewritten_or_deleted_in_admin(secretary):
    asked = PrivacyRequest.objects.file("perbaikan", user=factories.make_resident(), text="a", right="b")

    assert (
        secretary.post(f"/admin/portal/privacyrequest/{asked.pk}/change/", {"text": "z"}).status_code == 403
    )
    assert (
        secretary.post(f"/admin/portal/privacyrequest/{asked.pk}/delete/", {"post": "yes"}).status_code == 403
    )
