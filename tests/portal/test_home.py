"""The first page: what comes next, what is new, and where each door leads."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forums.models import Forum, Topic
from partisipasi import clock
from partisipasi.residents.models import Person, Role
from tests import factories
from tests.announcements.factories import make_article, make_draft, make_pdf
from tests.attendance.factories import make_activity, make_attendance
from tests.feedback.factories import make_report
from tests.forums.factories import make_topic


def home(client: Client, **headers: str) -> str:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def in_days(days: int):
    return {
        "starts_at": clock.now() + timedelta(days=days),
        "ends_at": clock.now() + timedelta(days=days, hours=2),
    }


def test_an_empty_village_says_what_will_stand_here(client, village):
    page = home(client)

    assert "Yang baru di Desa Sukaramah" in page
    assert "Belum ada informasi" in page
    assert "Belum ada kegiatan yang diumumkan" in page


def test_news_stands_newest_first(client, village):
    make_article(title="Yang lama")
    make_article(title="Yang baru saja")

    page = home(client)

    assert page.index("Yang baru saja") < page.index("Yang lama")


def test_drafts_stand_nowhere(client, village):
    make_draft(title="Belum boleh dibaca")
    make_activity(title="Belum diumumkan", announced=False, **in_days(3))

    page = home(client)

    assert "Belum boleh dibaca" not in page
    assert "Belum diumumkan" not in page


def test_the_next_gathering_comes_first_and_the_last_one_is_told(client, village):
    make_activity(title="Musyawarah bulan depan", **in_days(30))
    make_activity(title="Kerja bakti lusa", **in_days(2))

    page = home(client)

    assert (
        page.index("Kegiatan berikutnya")
        < page.index("Kerja bakti lusa")
        < page.index("Musyawarah bulan depan")
    )


def test_a_cancelled_gathering_invites_nobody(client, village, django_user_model):
    activity = make_activity(title="Batal karena hujan", **in_days(2))
    activity.cancel("Hujan deras", by=django_user_model.objects.first())

    assert "Batal karena hujan" not in home(client)


def test_the_neighbours_news_stands_on_the_neighbours_page(client, village, neighbour):
    make_article(title="Kabar Sukaramah")

    page = home(client, host="tetangga.testserver")

    assert "Yang baru di Desa Tetangga" in page
    assert "Kabar Sukaramah" not in page


def test_only_a_few_stand_on_the_first_page(client, village):
    for _ in range(7):
        make_article()
        make_activity(**in_days(2))

    page = home(client)

    assert page.count('class="entry entry-dated') == 5 + 3


def make_decided(title="Musdes kemarin"):
    activity = make_activity(title=title, **in_days(-1))
    by = factories.make_user()
    activity.add_evidence(make_pdf(), kind="berita-acara", title="Berita Acara", by=by, is_public=True)
    return activity


def make_discussion(title="Jalan dusun"):
    author = factories.make_resident(verified_at=clock.now())
    forum = Forum.objects.first() or Forum.objects.create(name="Rembug", slug="rembug")
    return Topic.objects.start(forum=forum, author=author, title=title, body="Bagaimana baiknya?")


def make_answered(**fields):
    report = make_report(**fields)
    report.answer("Sudah diperbaiki.", by=factories.make_official(Role.COMPLAINTS))
    return report


def test_what_was_decided_stands_there_once_everybody_may_read_the_agreement(client, village):
    make_activity(title="Rapat tanpa putusan", **in_days(-1))
    make_decided("Musdes RKP Desa")

    page = home(client)

    assert page.index("Yang diputuskan") < page.index("Musdes RKP Desa")
    assert "Rapat tanpa putusan" not in page


def test_what_is_open_for_everybody_s_voice_stands_first(client, village):
    make_discussion("Jembatan atau jalan dulu?")
    make_discussion("Sudah dikunci").lock(by=factories.make_official(Role.MODERATOR), reason="selesai")

    page = home(client)

    assert page.index("Jembatan atau jalan dulu?") < page.index("Kegiatan berikutnya")
    assert "Sudah dikunci" not in page


def test_how_reports_fare_is_told_in_numbers(client, village):
    assert "Laporan warga" not in home(client)
    make_answered()
    with clock.at(clock.now() - timedelta(days=60)):
        make_report()
    caches["pages"].clear()

    page = home(client)

    assert "<strong>100%</strong>" in page
    assert "1 laporan sedang melewati tenggat." in page


def test_a_resident_reads_what_waits_for_him(village):
    resident = factories.make_resident(verified_at=clock.now())
    make_answered(reporter=resident)
    activity = make_activity(title="Musdus Krajan", **in_days(3))
    activity.invite(Person.objects.of(resident), by=factories.make_user())
    own, other = Client(), Client()
    own.force_login(resident)
    other.force_login(factories.make_resident())

    assert "Laporan Anda sudah dijawab: 1" in home(own)
    assert "Anda diundang: Musdus Krajan" in home(own)
    assert "Menunggu Anda" not in home(other)


def test_an_official_finds_the_desk_of_today(village):
    with clock.at(clock.now().replace(hour=3, minute=0)):
        activity = make_activity(
            title="Rapat hari ini", starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=3)
        )
        client = Client()
        client.force_login(factories.make_official(Role.SECRETARY))

        page = home(client)

    assert f'href="/kegiatan/{activity.pk}/meja/"' in page


def test_a_stranger_gets_no_cookie(client, village):
    assert not client.get("/").cookies


def test_more_news_costs_no_more_questions(client, village):
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            client.get(f"/?{clock.now().timestamp()}")
        return len(questions)

    make_article()
    make_activity(**in_days(2))
    few = asked()
    for _ in range(2):
        make_article()
        make_activity(**in_days(2))

    assert asked() == few


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_first_page_is_only_read(client, village, method):
    assert getattr(client, method)("/").status_code == 405


def test_the_numbers_of_closed_lists_stand_there(client, village):
    past = make_activity(title="Kerja bakti kemarin", **in_days(-1))
    with clock.at(past.starts_at):
        for _ in range(3):
            make_attendance(past)
    assert "setahun terakhir" not in home(client)
    past.close(factories.make_user())
    caches["pages"].clear()

    page = home(client)

    assert "kehadiran tercatat pada 1 kegiatan setahun terakhir." in page


def test_one_reads_what_became_of_one_s_own_words_and_nobody_else_does(village):
    newcomer = factories.make_user()
    make_topic().reply(author=newcomer, body="Tanggapan pertama saya")
    own, other = Client(), Client()
    own.force_login(newcomer)
    other.force_login(factories.make_user())

    assert "Tanggapan Anda masih dibaca moderator: 1" in home(own)
    assert "Menunggu Anda" not in home(other)


def test_an_official_finds_the_way_to_his_work(village):
    make_topic().reply(author=factories.make_user(), body="Menunggu")
    client = Client()
    client.force_login(factories.make_official(Role.MODERATOR))

    assert "Tanggapan menunggu moderasi: 1" in home(client)


def test_the_first_page_asks_at_most_eight_questions(client, village):
    for _ in range(6):
        make_article()
        make_activity(**in_days(2))
        make_decided()
        make_discussion()
        make_answered()

    with CaptureQueriesContext(connection) as questions:
        client.get("/")

    assert len(questions) <= 8
