"""The search page: what everybody may read is found by its words, and a slip of the hand is forgiven."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.portal.models import Vocabulary, Word
from tests import hostile
from tests.announcements.factories import make_article, make_draft
from tests.attendance.factories import make_activity


def asked(client, status=200, **told):
    answer = client.get("/cari/", told)
    assert answer.status_code == status
    return answer.content.decode()


def test_without_words_the_page_says_how_to_seek(client, village):
    page = asked(client)

    assert "Kata yang dicari" in page
    assert "hasil untuk" not in page


def test_what_has_the_words_is_found_with_kind_date_and_mark(client, village):
    make_article(title="Kabar dusun", body="<p>Warga menyusun perencanaan jalan &amp; jembatan.</p>")
    make_activity(title="Rapat rencana kerja")

    page = asked(client, q="rencana")

    assert "2 hasil untuk “rencana”" in page
    assert "Rapat <mark>rencana</mark> kerja" in page
    assert "<mark>perencanaan</mark>" in page
    assert "jalan &amp; jembatan" in page
    assert "Kegiatan (1)" in page
    assert "Artikel (1)" in page


def test_short_and_long_names_of_a_thing_find_each_other(client, village):
    make_article(title="RKP Desa disahkan")

    assert "<mark>RKP</mark> <mark>Desa</mark> disahkan" in asked(client, q="RKPDes")


def test_drafts_and_the_neighbours_pages_are_not_found(client, village, neighbour):
    make_draft(title="Draf pupuk")
    make_activity(title="Rapat pupuk", announced=False)
    with village_scope(neighbour):
        make_article(title="Pupuk tetangga")

    assert "Tidak ada yang cocok" in asked(client, q="pupuk")


def test_one_kind_and_some_days_may_be_chosen(client, village):
    old = make_article(title="Pupuk lama")
    type(old).objects.filter(pk=old.pk).update(published_at=datetime(2024, 3, 1, tzinfo=UTC))
    make_article(title="Pupuk baru")
    make_activity(title="Rapat pupuk")

    assert "Rapat <mark>pupuk</mark>" not in asked(client, q="pupuk", jenis="artikel")
    assert "<mark>Pupuk</mark> baru" not in asked(client, q="pupuk", sampai="2024-03-31")
    assert "<mark>Pupuk</mark> lama" in asked(client, q="pupuk", sampai="2024-03-31")
    assert "<mark>Pupuk</mark> lama" not in asked(client, q="pupuk", dari="2024-03-31")


def test_what_makes_no_sense_is_said_beside_its_field(client, village):
    assert "Tanggal akhir tidak boleh" in asked(client, 422, q="a", dari="2024-03-31", sampai="2024-01-01")
    assert "Jenis ini tidak ada" in asked(client, 422, q="a", jenis="rahasia")
    assert "Tulis tanggal seperti" in asked(client, 422, q="a", dari="kemarin")
    asked(client, 422, q="a" * 300)


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_hostile_words_find_nothing_and_break_nothing(client, village, text):
    page = asked(client, 422 if "\x00" in text else 200, q=text[:200])

    assert "<script>alert" not in page


def test_a_slip_of_one_letter_is_forgiven(client, village):
    make_article(title="Perencanaan irigasi", body="<p>Irigasi dusun.</p>")
    Vocabulary.renew()

    page = asked(client, q="irigsai")

    assert "Ini yang memuat <strong>irigasi</strong>" in page
    assert "Perencanaan <mark>irigasi</mark>" in page
    assert "Tidak ada yang cocok" in asked(client, q="irigsai", persis="on")
    assert "Tidak ada yang cocok" in asked(client, q="iqrxsai")


def test_words_that_only_officials_read_are_never_suggested(client, village, neighbour):
    make_draft(title="Rahasialah")
    with village_scope(neighbour):
        make_article(title="Tetanggalah")
        Vocabulary.renew()
    Vocabulary.renew()

    assert not Word.objects.filter(text__in=["rahasialah", "tetanggalah"]).exists()


def test_the_vocabulary_follows_what_is_published_once_an_hour(village):
    first = make_article(title="Bendungan")
    Vocabulary.renew()
    make_article(title="Jembatan gantung")
    first.archive("usang", by=first.published_by)

    assert Vocabulary.renew() == 0
    with clock.at(clock.now() + timedelta(hours=1)):
        assert Vocabulary.renew() > 0

    assert Word.objects.filter(text="jembatan").exists()
    assert not Word.objects.filter(text="bendungan").exists()


def test_many_hits_come_in_pages_that_keep_the_words(client, village):
    for number in range(25):
        make_article(title=f"Pupuk {number}")

    first, second = asked(client, q="pupuk"), asked(client, q="pupuk", halaman=2)

    assert first.count('class="hit"') == 20
    assert second.count('class="hit"') == 5
    assert "q=pupuk&amp;halaman=2" in first


def statements(client, **told):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        asked(client, **told)
    return len(seen)


def test_it_takes_the_same_few_statements_whatever_is_found(client, village, settings):
    make_article(title="Pupuk")
    Vocabulary.renew()
    few = statements(client, q="pupuk")
    for number in range(20):
        make_article(title=f"Pupuk {number}")
        make_activity(title=f"Rapat pupuk {number}")

    assert statements(client, q="pupuk", jenis="") == few
    assert few <= 8
    assert statements(client, q="pupok") <= 8
