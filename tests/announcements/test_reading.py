"""How often an article was read: exact, forgetful, and nobody's secret."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

from announcements.due import forget_visitors
from announcements.models import Article, DayKey, Reading
from announcements.views.articles import PIXEL
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.http import client_address
from tests.announcements.factories import make_article, make_draft

PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"

PROGRAMS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "facebookexternalhit/1.1",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "curl/8.5.0",
    "python-requests/2.32",
    "Mozilla/5.0 HeadlessChrome/130.0",
    "UptimeRobot/2.0",
    "",
]


def read(client, article, agent=PHONE, **extra):
    headers = {"user-agent": agent} | extra.pop("headers", {})
    return client.get(f"{article.get_absolute_url()}dibaca.gif", headers=headers, **extra)


def reads_of(article):
    return Article.objects.with_reads().get(pk=article.pk).reads


def test_the_counting_picture_is_tiny_and_never_kept(client, village):
    answer = read(client, make_article())

    assert answer.status_code == 200
    assert answer.content == PIXEL
    assert len(PIXEL) == 43
    assert answer["Content-Type"] == "image/gif"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_visitor_is_counted_once_a_day(client, village):
    article, other = make_article(), make_article()

    for _ in range(3):
        read(client, article)
    read(client, other)

    assert reads_of(article) == 1
    assert reads_of(other) == 1
    with clock.at(clock.now() + timedelta(days=1)):
        read(client, article)
    assert reads_of(article) == 2


def test_another_address_or_browser_is_another_visitor(client, village):
    article = make_article()

    read(client, article)
    read(client, article, agent=f"{PHONE} Edg/130")
    read(client, article, REMOTE_ADDR="203.0.113.9")

    assert reads_of(article) == 3


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_not_readers(client, village, agent):
    article = make_article()

    assert read(client, article, agent=agent).status_code == 200

    assert reads_of(article) == 0


@pytest.mark.parametrize(
    "headers", [{"sec-purpose": "prefetch"}, {"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}]
)
def test_a_browser_that_fetches_ahead_is_not_a_reader(client, village, headers):
    article = make_article()

    read(client, article, headers=headers)

    assert reads_of(article) == 0


def test_asking_for_the_head_alone_is_not_reading(client, village):
    article = make_article()

    client.head(f"{article.get_absolute_url()}dibaca.gif", headers={"user-agent": PHONE})

    assert reads_of(article) == 0


def test_drafts_and_archived_articles_are_not_read(client, village):
    draft, article = make_draft(), make_article()
    article.archive("Usang.", by=article.written_by)

    assert read(client, draft).status_code == 404
    assert read(client, article).status_code == 404
    assert not Reading.objects.exists()


def test_readers_from_before_are_added(client, village):
    article = make_article(reads_before=35)

    read(client, article)

    assert reads_of(article) == 36
    assert "Dibaca 36 kali" in client.get(article.get_absolute_url()).content.decode()


def test_what_is_stored_says_nothing_about_the_visitor(client, village):
    read(client, make_article(), REMOTE_ADDR="203.0.113.9")

    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text, k::text FROM announcements_reading r, announcements_daykey k")
        stored = str(cursor.fetchall())
    assert "203.0.113" not in stored
    assert "Android" not in stored


def test_when_the_day_is_over_the_number_stays_and_the_visitors_are_forgotten(client, village):
    article = make_article()
    read(client, article)
    read(client, article, agent=f"{PHONE} b")

    assert forget_visitors() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert forget_visitors() == 1
        assert forget_visitors() == 0

    assert not Reading.objects.exists()
    assert not DayKey.objects.exists()
    assert reads_of(article) == 2


def test_the_neighbours_key_is_another(client, village, neighbour):
    read(client, make_article())
    with village_scope(neighbour):
        read(client, make_article(title="Kabar"), headers={"host": "tetangga.testserver"})
        theirs = Reading.objects.get().visitor

    assert Reading.objects.get().visitor != theirs


# Behind proxies


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "", "192.0.2.1"),
        (1, " , ", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    request = rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1")

    assert client_address(request) == address


def test_a_visitor_cannot_count_himself_often(client, village):
    article = make_article()

    for number in range(5):
        read(client, article, headers={"x-forwarded-for": f"198.51.100.{number}"})

    assert reads_of(article) == 1


# At once


@pytest.mark.django_db(transaction=True)
def test_readers_who_come_while_the_day_is_folded_are_all_counted(village):
    """The day ends while twenty read: each is counted once, in the day gone or in the new one."""
    article = make_article()
    Reading.objects.count_visitor(article.pk, address="0", user_agent=PHONE)
    start, failures = Barrier(21), []

    def run(work):
        try:
            with village_scope(village):
                start.wait()
                work()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    def come(number):
        return lambda: Reading.objects.count_visitor(article.pk, address=f"{number}", user_agent=PHONE)

    def end_the_day():
        DayKey.objects.get().forget()

    threads = [Thread(target=run, args=[work]) for work in [end_the_day, *map(come, range(1, 21))]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert reads_of(article) == 21


@pytest.fixture
def two_workers(village) -> Iterator[int]:
    """Gunicorn with two real workers on the test's database; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    command = "-m gunicorn partisipasi.wsgi:application --workers 2 --threads 8 --no-control-socket --log-level error"
    server = subprocess.Popen(
        [sys.executable, *command.split(), "--bind", f"127.0.0.1:{port}"],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {
            "DATABASE_URL": urlunsplit(database),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TRUSTED_PROXIES": "1",
        },
    )
    try:
        _wait_until_it_answers(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_it_answers(port):
    for _ in range(300):
        try:
            return ask(port, "/livez")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server did not come up.")


def ask(port, path, **headers):
    connected = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connected.request("GET", path, headers={"Host": "testserver"} | headers)
        return connected.getresponse().status
    finally:
        connected.close()


@pytest.mark.django_db(transaction=True)
def test_a_thousand_visitors_at_two_workers_are_a_thousand(village, two_workers):
    article = make_article()
    path = f"{article.get_absolute_url()}dibaca.gif"

    def come(number):
        # Some share a house's address, some a model of phone; each pair is somebody else.
        address = f"10.1.{number % 250}.{number // 500}"
        return ask(
            two_workers, path, **{"X-Forwarded-For": address, "User-Agent": f"{PHONE} v{number // 250}"}
        )

    def fetch(number):
        agent = PROGRAMS[number % (len(PROGRAMS) - 1)]
        return ask(two_workers, path, **{"X-Forwarded-For": f"10.2.0.{number}", "User-Agent": agent})

    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(come, range(1000)))
        assert reads_of(article) == 1000
        answers += crowd.map(come, range(0, 1000, 5))
        answers += crowd.map(fetch, range(100))

    assert set(answers) == {200}
    assert reads_of(article) == 1000
