"""Serta-merta: on every page until its end, by the clock alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from announcements.models.urgent import NotUrgent
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Role
from tests.announcements.factories import make_article, make_draft
from tests.factories import make_official, make_resident, make_user

PAGES = ("/", "/informasi/", "/kegiatan/", "/forum/", "/aspirasi/", "/transparansi/", "/tentang/")


def make_urgent(**fields):
    article = make_article(**{"title": "Air sumur tercemar"} | fields)
    article.make_urgent(clock.now() + timedelta(hours=5), by=make_user())
    return article


@pytest.mark.parametrize("path", PAGES)
def test_it_stands_on_every_page_until_its_end(client, village, path):
    article = make_urgent()
    line = f'<strong>Serta-merta:</strong> <a href="{article.get_absolute_url()}">Air sumur tercemar</a>'

    assert line in client.get(path).text
    with clock.at(clock.now() + timedelta(hours=5, minutes=1)):
        assert "Serta-merta:" not in client.get(path, {"x": "1"}).text


def test_it_costs_no_statement(client, village):
    with CaptureQueriesContext(connection) as without:
        client.get("/tentang/")
    for _ in range(3):
        make_urgent()
    with CaptureQueriesContext(connection) as with_three:
        assert client.get("/tentang/", {"x": "1"}).text.count("<strong>Serta-merta:</strong>") == 3

    assert len(with_three) == len(without)


def test_the_neighbours_urgency_is_not_ours(client, village, neighbour):
    with village_scope(neighbour):
        make_urgent()

    assert "Serta-merta:" not in client.get("/informasi/").text
    there = client.get("/informasi/", headers={"host": "tetangga.testserver"})
    assert "Serta-merta:" in there.text


def test_what_is_archived_is_urgent_no_more(client, village):
    article = make_urgent()

    article.archive("Keliru.", by=make_user())

    assert "Serta-merta:" not in client.get("/informasi/").text


def test_everybody_is_told_once_and_the_record_has_each_end(village):
    resident, clerk = make_resident(), make_official(Role.OPERATOR)
    article = make_article(title="Banjir")
    until = clock.now() + timedelta(hours=5)

    article.make_urgent(until, by=clerk)
    article.make_urgent(until, by=clerk)
    article.make_urgent(until + timedelta(days=1), by=clerk)
    article.end_urgency(by=clerk)
    article.end_urgency(by=clerk)

    told = Notice.objects.filter(kind="urgent")
    assert [(each.recipient, each.text) for each in told] == [(resident, "Informasi serta-merta: Banjir.")]
    kinds = Entry.objects.filter(kind__startswith="article.urgent").order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == [
        "article.urgent",
        "article.urgent",
        "article.urgent_ended",
    ]
    article.refresh_from_db()
    assert article.is_published
    assert not article.is_urgent


def test_a_draft_and_a_time_gone_by_are_refused(village):
    with pytest.raises(NotUrgent):
        make_draft().make_urgent(clock.now() + timedelta(hours=1), by=make_user())
    with pytest.raises(NotUrgent):
        make_article().make_urgent(clock.now() - timedelta(hours=1), by=make_user())

    assert not Entry.objects.filter(kind="article.urgent").exists()


def test_a_clerk_makes_urgent_extends_and_ends(client, village):
    client.force_login(make_official(Role.OPERATOR))
    article = make_article()

    def act(address, **until):
        answer = client.post(f"/admin/announcements/article/{article.pk}/{address}/", until)
        article.refresh_from_db()
        return answer.status_code

    def at(moment):
        local = timezone.localtime(moment)
        return {"at_0": "", "until_0": local.strftime("%d/%m/%Y"), "until_1": local.strftime("%H:%M:%S")}

    assert act("serta-merta", **at(clock.now() - timedelta(days=2))) == 422
    assert act("serta-merta", **at(clock.now() + timedelta(days=1))) == 302
    first = article.urgent_until
    assert article.is_urgent
    assert act("ubah-akhir-serta-merta", **at(clock.now() + timedelta(days=2))) == 302
    assert article.urgent_until > first
    assert act("akhiri-serta-merta") == 302
    assert not article.is_urgent


def test_who_may_not_publish_makes_nothing_urgent(client, village):
    client.force_login(make_official(Role.SECRETARY))
    article = make_article()

    answer = client.post(f"/admin/announcements/article/{article.pk}/serta-merta/", {})

    assert answer.status_code == 403
