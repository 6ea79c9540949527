from datetime import UTC, datetime
from xml.etree import ElementTree

from partisipasi.db import village_scope
from tests.announcements.factories import make_article, make_attachment, make_draft

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed_of(client, **extra):
    answer = client.get("/informasi/umpan.atom", **extra)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 (we wrote it)


def test_the_feed_has_what_atom_asks_for(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"
    article = make_article(
        title="Rapat <RT> & RW", summary="Ringkas & jelas.", dated_at=datetime(2023, 12, 22, 3, tzinfo=UTC)
    )
    attachment = make_attachment(article)

    feed = feed_of(client)

    assert feed.findtext("a:title", namespaces=ATOM) == "Informasi Desa Sukaramah"
    assert feed.findtext("a:id", namespaces=ATOM) == "https://testserver/informasi/"
    assert feed.findtext("a:updated", namespaces=ATOM)
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == "https://testserver/informasi/umpan.atom"
    [entry] = feed.findall("a:entry", ATOM)
    address = f"https://testserver{article.get_absolute_url()}"
    assert entry.findtext("a:title", namespaces=ATOM) == "Rapat <RT> & RW"
    assert entry.findtext("a:id", namespaces=ATOM) == address
    assert entry.findtext("a:published", namespaces=ATOM).startswith("2023-12-22T")
    assert entry.findtext("a:updated", namespaces=ATOM)
    assert entry.findtext("a:summary", namespaces=ATOM) == "Ringkas &amp; jelas."
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Administrator"
    enclosure = entry.find("a:link[@rel='enclosure']", ATOM)
    assert enclosure.get("href") == f"https://testserver{attachment.get_absolute_url()}"
    assert enclosure.get("type") == "application/pdf"
    assert enclosure.get("length") == str(attachment.file.size)


def test_the_feed_speaks_for_the_village_whatever_host_asks(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"
    make_article()
    make_draft(title="Rahasia")

    answer = client.get("/informasi/umpan.atom", headers={"host": "lain.example"})

    assert b"lain.example" not in answer.content
    assert b"Rahasia" not in answer.content


def test_an_empty_feed_is_a_feed(client, village, neighbour):
    with village_scope(neighbour):
        make_article()

    assert feed_of(client).findall("a:entry", ATOM) == []


def test_the_feed_asks_the_database_as_often_for_many_as_for_one(
    client, village, django_assert_max_num_queries
):
    for _ in range(25):
        make_attachment(make_article())

    with django_assert_max_num_queries(8):
        assert len(feed_of(client).findall("a:entry", ATOM)) == 20
