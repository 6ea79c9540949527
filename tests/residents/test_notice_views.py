"""The pages on which people read what they were told, follow pages and choose how to hear."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from partisipasi.db import village_scope
from partisipasi.residents import notices
from partisipasi.residents.models import Follow, Notice, NoticePreference
from tests import factories
from tests.announcements.factories import make_article, make_draft
from tests.attendance.factories import make_activity
from tests.hostile import MARKUP


@pytest.fixture
def warga(village, client):
    user = factories.make_resident("warga")
    client.force_login(user)
    return user


def test_what_is_new_is_marked_and_counted_in_the_head(warga, client):
    factories.make_notice(warga, text="Laporan Anda dijawab.")
    factories.make_notice(warga, text="Rapat kemarin.", read_at="2026-08-01T00:00:00Z")

    page = client.get("/akun/pemberitahuan/").text

    assert page.count("notice-unread") == 1
    assert "1 belum dibaca" in page
    assert '<b class="tool-count">1</b>' in client.get("/informasi/").text


def test_what_is_still_to_be_read_stands_first(warga, client):
    factories.make_notice(warga, text="Lama, belum dibaca.", at="2026-07-01T00:00:00Z")
    factories.make_notice(
        warga, text="Baru, sudah dibaca.", at="2026-08-01T00:00:00Z", read_at="2026-08-01T00:00:00Z"
    )
    factories.make_notice(warga, text="Baru, belum dibaca.", at="2026-08-01T00:00:00Z")

    page = client.get("/akun/pemberitahuan/")

    told = [notice.text for notice in page.context["notices"]]
    assert told == ["Baru, belum dibaca.", "Lama, belum dibaca.", "Baru, sudah dibaca."]


def test_who_was_told_nothing_reads_what_this_page_is(warga, client):
    page = client.get("/akun/pemberitahuan/").text

    assert "Belum ada pemberitahuan" in page
    assert "tool-count" not in page


def test_opening_a_notice_marks_it_and_leads_to_its_page(warga, client):
    notice = factories.make_notice(warga, path="/kegiatan/#terdekat")

    opened = client.get(notice.get_absolute_url())

    assert opened["Location"] == "/kegiatan/#terdekat"
    notice.refresh_from_db()
    assert notice.read_at


def test_a_page_that_was_withdrawn_is_spoken_of_kindly(warga, client):
    article = make_article()
    notice = factories.make_notice(warga, path=article.get_absolute_url())
    article.archive("Keliru.", by=factories.make_user())

    opened = client.get(notice.get_absolute_url())

    assert opened.status_code == 410
    assert "sudah tidak terbuka untuk Anda" in opened.text


def test_all_are_read_at_once_and_only_ones_own(warga, client):
    other = factories.make_notice(factories.make_resident())
    factories.make_notice(warga)
    factories.make_notice(warga)

    assert client.get("/akun/pemberitahuan/dibaca/").status_code == 405
    client.post("/akun/pemberitahuan/dibaca/")

    assert not Notice.objects.of(warga).unread().exists()
    other.refresh_from_db()
    assert other.read_at is None


def test_anothers_notice_and_the_other_villages_are_not_there(warga, neighbour, client):
    another = factories.make_notice(factories.make_resident())
    with village_scope(neighbour):
        foreign = factories.make_notice(warga)

    assert client.get(another.get_absolute_url()).status_code == 404
    assert client.get(foreign.get_absolute_url()).status_code == 404
    assert "belum dibaca" not in client.get("/akun/pemberitahuan/").text


@pytest.mark.parametrize("address", ["/akun/pemberitahuan/", "/akun/ikutan/"])
def test_many_take_as_many_statements_as_one(warga, client, django_assert_max_num_queries, address):
    factories.make_notice(warga)
    factories.make_follow(warga)
    with django_assert_max_num_queries(9) as one:
        client.get(address)
    for _ in range(5):
        factories.make_notice(warga)
        factories.make_follow(warga)
    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_the_head_asks_nothing_for_who_is_not_signed_in(village, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as statements:
        client.get("/informasi/")

    assert not [each for each in statements.captured_queries if "residents_notice" in each["sql"]]


@pytest.mark.parametrize("text", MARKUP)
def test_what_people_wrote_stays_text(warga, client, text):
    factories.make_notice(warga, text=text)
    factories.make_follow(warga, title=text)

    for address in ("/akun/pemberitahuan/", "/akun/ikutan/"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("make", [make_article, make_activity])
def test_a_page_leads_to_the_button_and_the_button_follows(warga, client, make):
    page = make()
    address = page.get_absolute_url()
    assert f'href="/akun/ikuti/?halaman={address}"' in client.get(address).text
    assert "Ikuti halaman ini" in client.get(f"/akun/ikuti/?halaman={address}").text

    for _ in range(2):
        assert client.post("/akun/ikuti/", {"halaman": address})["Location"] == address

    followed = Follow.objects.get()
    assert (followed.user, followed.path, followed.title) == (warga, address, str(page))
    assert "Berhenti mengikuti" in client.get(f"/akun/ikuti/?halaman={address}").text


def test_who_is_not_signed_in_signs_in_and_comes_back(village, client):
    address = make_article().get_absolute_url()
    factories.make_resident("warga")

    sent_away = client.get(f"/akun/ikuti/?halaman={address}")
    signed_in = client.post(sent_away["Location"], {"login": "warga", "password": factories.PASSWORD})

    assert signed_in["Location"] == f"/akun/ikuti/?halaman={address}"


@pytest.mark.parametrize("address", ["", "/akun/", "/tidak/ada/", "https://jahat.example/", "//x", "a" * 301])
def test_only_pages_of_the_portal_that_say_so_are_followed(warga, client, address):
    assert client.get("/akun/ikuti/", {"halaman": address}).status_code == 404
    assert client.post("/akun/ikuti/", {"halaman": address}).status_code == 404
    assert not Follow.objects.exists()


def test_a_draft_cannot_be_followed_nor_its_title_be_read(warga, client):
    draft = make_draft(title="Rahasia yang belum terbit")

    answer = client.get("/akun/ikuti/", {"halaman": draft.get_absolute_url()})

    assert answer.status_code == 404
    assert "Rahasia" not in answer.text
    assert notices.page_at(draft.get_absolute_url(), AnonymousUser()) is None


def test_what_is_followed_is_listed_and_given_up(warga, client):
    followed = factories.make_follow(warga)
    another = factories.make_follow(factories.make_resident())
    assert followed.title in client.get("/akun/ikutan/").text

    for _ in range(2):
        assert client.post(f"/akun/ikutan/{followed.pk}/berhenti/").status_code == 302
    assert client.post(f"/akun/ikutan/{another.pk}/berhenti/").status_code == 404

    assert "Anda belum mengikuti apa pun" in client.get("/akun/ikutan/").text
    another.refresh_from_db()
    assert another.ended_at is None


def test_each_chooses_when_by_mail_and_what_not_at_all(warga, client):
    page = client.get("/akun/pemberitahuan/atur/").text
    assert "Belum ada surel yang dipastikan" in page
    wanted = [kind for kind in notices.kinds() if kind != "article"]

    saved = client.post("/akun/pemberitahuan/atur/", {"mail": "mingguan", "kinds": wanted})

    assert saved.status_code == 302
    chosen = NoticePreference.objects.get()
    assert (chosen.user, chosen.mail, chosen.off) == (warga, "mingguan", ["article"])
    again = client.get("/akun/pemberitahuan/atur/").context["form"]
    assert again["mail"].value() == "mingguan"
    assert again["kinds"].value() == wanted


def test_a_confirmed_address_is_named(warga, client):
    EmailAddress.objects.create(user=warga, email="warga@contoh.example", verified=True, primary=True)

    assert "Surel dikirim ke warga@contoh.example." in client.get("/akun/pemberitahuan/atur/").text


@pytest.mark.parametrize("sent", [{}, {"mail": "setiap-jam"}, {"mail": "segera", "kinds": ["entah"]}])
def test_what_cannot_be_chosen_changes_nothing(warga, client, sent):
    assert client.post("/akun/pemberitahuan/atur/", sent).status_code == 422
    assert not NoticePreference.objects.exists()
