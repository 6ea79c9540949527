from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from partisipasi import clock
from partisipasi.db import village_scope
from tests import factories
from tests.attendance.factories import make_activity, make_competence, make_training

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAY = datetime(2026, 5, 1, 3, tzinfo=UTC)


def entries_of(client, path="/kegiatan/umpan.atom"):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall("a:entry", ATOM)  # noqa: S314 (we wrote it)


def titles(client):
    return [entry.findtext("a:title", namespaces=ATOM) for entry in entries_of(client)]


def announced(title, day, **fields):
    with clock.at(MAY + timedelta(days=day)):
        return make_activity(title=title, starts_at=MAY + timedelta(days=30), **fields)


def test_what_was_last_announced_or_changed_comes_first(client, village, neighbour):
    first, moved = announced("Pertama", 0), announced("Digeser", 1)
    called_off = announced("Musdes <RT> & RW", 2)
    announced("Terakhir", 3)
    make_activity(title="Draf", announced=False)
    with village_scope(neighbour):
        make_activity(title="Di sana")
    with clock.at(MAY + timedelta(days=4)):
        session = moved.sessions.get()
        session.starts_at += timedelta(hours=2)
        session.save()
        moved.tidy_times()
    with clock.at(MAY + timedelta(days=5)):
        called_off.cancel("Banjir.", by=factories.make_user())

    assert titles(client) == ["Musdes <RT> & RW (dibatalkan)", "Digeser", "Terakhir", "Pertama"]
    assert entries_of(client)[1].findtext("a:updated", namespaces=ATOM).startswith("2026-05-05T")
    assert entries_of(client)[-1].findtext("a:published", namespaces=ATOM).startswith("2026-05-01T")
    assert first.moved_at is None


def test_addresses_are_the_villages_own(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"
    activity = make_activity()

    [entry] = entries_of(client)

    assert entry.findtext("a:id", namespaces=ATOM) == f"https://testserver{activity.get_absolute_url()}"


def test_the_feed_asks_the_database_as_often_for_many_as_for_one(
    client, village, django_assert_max_num_queries
):
    for _ in range(25):
        make_activity(region=factories.make_region())

    with django_assert_max_num_queries(8):
        assert len(entries_of(client)) == 20


def test_the_list_leads_to_the_feed(client, village):
    assert 'href="/kegiatan/umpan.atom"' in client.get("/kegiatan/").text


def test_trainings_have_a_feed_of_their_own_that_their_list_announces(
    client, village, django_assert_max_num_queries
):
    announced("Musdes", 0)
    older = make_training(
        announced("Kompos", 1), competences=[make_competence("Kompos <&>")], goals="Membuat\nkompos"
    )
    make_training(announced("Batik", 2))
    make_training(make_activity(title="Draf", announced=False))
    with clock.at(MAY + timedelta(days=4)):
        older.activity.cancel("Hujan.", by=factories.make_user())

    with django_assert_max_num_queries(4):
        entries = entries_of(client, "/pelatihan/umpan.atom")

    assert [each.findtext("a:title", namespaces=ATOM) for each in entries] == ["Kompos (dibatalkan)", "Batik"]
    assert entries[0].findtext("a:id", namespaces=ATOM) == village.url(f"/pelatihan/{older.activity_id}/")
    assert "Membuat kompos" in entries[0].findtext("a:summary", namespaces=ATOM)
    assert 'href="/pelatihan/umpan.atom"' in client.get("/pelatihan/").text
