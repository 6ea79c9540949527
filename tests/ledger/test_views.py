import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.chain import record
from partisipasi.ledger.due import keep_daily_heads
from partisipasi.ledger.models import DailyHead, Entry, Seal
from tests.announcements import factories as announcements
from tests.forums import factories as forums

MOST_STATEMENTS = 8
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def chain(village):
    """Thirty entries over three days in May, and the heads of these days."""
    for day in (3, 4, 5):
        for minute in range(10):
            with clock.at(datetime(2026, 5, day, 8, minute, tzinfo=UTC)):
                kind = "post.hidden" if minute == 0 else "post.published"
                record(kind, None, {"topic": day * 100 + minute}, sealed={"reason": "Rahasia sekali"})
    with clock.at(datetime(2026, 5, 6, 1, tzinfo=UTC)):
        keep_daily_heads()


def html_of(response):
    return response.content.decode()


def test_the_record_shows_the_newest_first_in_words(client, chain):
    html = html_of(client.get("/catatan/"))

    assert html.index("Nomor 30 ") < html.index("Nomor 11 ")
    assert "Tanggapan disembunyikan moderator" in html
    assert "Nomor topik: 509" in html
    assert "Nomor 10 " not in html
    assert "Rahasia sekali" not in html
    assert "30 catatan" in html


def test_older_entries_stand_below_a_number(client, chain):
    assert "sebelum=11" in html_of(client.get("/catatan/"))

    html = html_of(client.get("/catatan/?sebelum=11"))

    assert "Nomor 10 " in html
    assert "Nomor 11 " not in html
    assert "Terbaru" in html
    assert "Lebih lama" not in html


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"kelompok": "Moderasi"}, {1, 11, 21}),
        ({"dari": "2026-05-05"}, set(range(21, 31))),
        ({"sampai": "2026-05-03"}, set(range(1, 11))),
        ({"dari": "2026-05-04", "sampai": "2026-05-04", "kelompok": "Moderasi"}, {11}),
        ({"kelompok": "Lainnya"}, {31}),
    ],
)
def test_the_record_is_narrowed_by_group_and_day(client, chain, asked, numbers):
    with clock.at(datetime(2026, 5, 2, tzinfo=UTC)):
        record("something.unnamed")
    html = html_of(client.get("/catatan/", asked))

    assert {number for number in range(1, 32) if f"Nomor {number} " in html} - {31} == numbers - {31}
    assert ("Nomor 31 " in html) == (31 in numbers or ("sampai" in asked and "dari" not in asked))


@pytest.mark.parametrize(
    "asked",
    [
        {"dari": "x"},
        {"kelompok": "tidak-ada"},
        {"dari": "2026-05-05", "sampai": "2026-05-01"},
        {"sebelum": "-1"},
        {"dari": "\0"},
    ],
)
def test_a_filter_that_means_nothing_is_said_to_be_so(client, chain, asked):
    answer = client.get("/catatan/", asked)

    assert answer.status_code == 422
    assert "Nomor 30 " not in html_of(answer)


def test_an_empty_record_says_what_will_stand_here(client, village, neighbour):
    with village_scope(neighbour):
        record("post.hidden")

    assert "Belum ada catatan" in html_of(client.get("/catatan/"))
    assert "Belum ada kepala harian" in html_of(client.get("/catatan/kepala/"))
    assert client.get("/catatan/1/").status_code == 404


def test_one_entry_shows_the_very_text_of_its_fingerprint(client, chain):
    import hashlib
    from html import unescape

    entry = Entry.objects.get(number=11)
    html = html_of(client.get("/catatan/11/"))

    text = unescape(html.partition('<pre class="canonical" tabindex="0"><code>')[2].partition("</code>")[0])
    assert hashlib.sha256(text.encode()).hexdigest() == entry.hash
    assert entry.previous in html
    assert "/catatan/10/" in html
    assert "/catatan/12/" in html
    assert "tersegel" in html


def test_an_entry_leads_to_what_it_tells_of_if_the_visitor_may_see_it(client, village):
    article = announcements.make_article(title="Panen <b>Raya</b>")
    post = forums.make_post(forums.make_topic())
    post_entry = Entry.objects.filter(kind="post.published").latest("number")
    article_entry = Entry.objects.get(kind="article.published")

    shown = html_of(client.get(f"/catatan/{article_entry.number}/"))
    assert article.get_absolute_url() in shown
    assert "Panen &lt;b&gt;Raya" in shown
    assert post.get_absolute_url() in html_of(client.get(f"/catatan/{post_entry.number}/"))
    article.archive("Usang.", by=article.published_by)

    from django.core.cache import caches

    caches["pages"].clear()
    assert "Panen" not in html_of(client.get(f"/catatan/{article_entry.number}/"))


def test_daily_heads_are_listed_latest_first(client, chain):
    html = html_of(client.get("/catatan/kepala/"))

    head = DailyHead.objects.get(on=date(2026, 5, 4))
    assert head.hash in html
    assert html.index("Selasa, 5 Mei 2026") < html.index("Minggu, 3 Mei 2026")


def test_the_feed_tells_each_days_fingerprint(client, chain, settings):
    settings.SITE_ORIGIN = "https://{host}"
    answer = client.get("/catatan/umpan.atom")

    feed = ElementTree.fromstring(answer.content)  # noqa: S314 (we wrote it)
    entries = feed.findall("a:entry", ATOM)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert len(entries) == 3
    assert entries[0].findtext("a:summary", namespaces=ATOM) == Entry.objects.get(number=30).hash
    assert entries[0].findtext("a:id", namespaces=ATOM) == "https://testserver/catatan/kepala/#2026-05-05"
    assert entries[0].findtext("a:updated", namespaces=ATOM) == "2026-05-06T00:00:00+07:00"


def test_the_whole_chain_holds_what_strangers_may_have_and_nothing_else(client, chain, neighbour):
    with village_scope(neighbour):
        record("post.hidden", None, {"topic": 4711})
    body = b"".join(client.get("/catatan/rantai.jsonl").streaming_content).decode()

    told = [json.loads(line) for line in body.splitlines()]
    assert told[0]["village"] == "Desa Sukaramah"
    assert [line["number"] for line in told if "kind" in line] == list(range(1, 31))
    assert [line["on"] for line in told if "on" in line] == ["2026-05-03", "2026-05-04", "2026-05-05"]
    assert "4711" not in body
    assert all(entry.mac not in body for entry in Entry.objects.all())
    assert all(seal.salt not in body for seal in Seal.objects.all())


def test_the_page_of_checking_leads_to_chain_program_and_latest_head(client, chain):
    html = html_of(client.get("/catatan/periksa/"))

    assert "/catatan/rantai.jsonl" in html
    assert "/catatan/periksa.py" in html
    assert f"--kepala 2026-05-05={DailyHead.objects.get(on=date(2026, 5, 5)).hash}" in html


@pytest.mark.parametrize(
    "path",
    [
        "/catatan/",
        "/catatan/?kelompok=Moderasi&dari=2026-05-03",
        "/catatan/11/",
        "/catatan/kepala/",
        "/catatan/periksa/",
        "/catatan/umpan.atom",
        "/catatan/rantai.jsonl",
    ],
)
def test_the_record_asks_the_database_seldom(client, chain, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(MOST_STATEMENTS):
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)


def test_nothing_is_written_by_address(client, chain):
    for path in ("/catatan/", "/catatan/11/", "/catatan/kepala/", "/catatan/rantai.jsonl"):
        assert client.post(path).status_code == 405
