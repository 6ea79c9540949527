"""What the portal says of itself, to people and to search engines."""

from xml.etree import ElementTree

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.portal.about import processing
from partisipasi.residents import consents
from partisipasi.residents.privacy import holdings
from tests.announcements import factories as announcements
from tests.attendance import factories as attendance

MOST_STATEMENTS = 8
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PAGES = ["/tentang/", "/privasi/", "/aksesibilitas/"]


@pytest.mark.parametrize("path", [*PAGES, "/sitemap.xml", "/sitemap-artikel.xml", "/robots.txt"])
def test_everybody_reads_it_and_the_database_is_asked_seldom(
    client, village, django_assert_max_num_queries, path
):
    with django_assert_max_num_queries(MOST_STATEMENTS):
        answer = client.get(path)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_there(client, village, path):
    assert f'href="{path}"' in client.get("/informasi/").text


def test_the_privacy_page_tells_all_that_the_registry_holds(client, village):
    page = client.get("/privasi/").text

    for holding in holdings():
        if holding.export and not holding.in_office:
            assert holding.name.lower() in page.lower(), holding
        if holding.kept and not holding.in_office:
            assert holding.kept in page
    assert consents.latest(consents.ACCOUNT).to(village.full_name) in page
    assert "3 × 24 jam" in page
    assert "/akun/data-saya/" in page


def test_the_privacy_page_tells_by_kind_what_is_asked_and_how_long_it_is_kept(client, village):
    attendance.make_kind(name="Posyandu Remaja", columns=["name", "age_group"], list_years=2)
    attendance.make_kind(
        name="Sidang Adat", columns=["number", "name"], list_years=None, particulars_months=7
    )
    attendance.make_kind(name="Lama Sekali", retired_at=clock.now())

    told = {each.kind: each for each in client.get("/privasi/").context["activity_kinds"]}
    page = client.get("/privasi/").text

    assert told["Posyandu Remaja"].asked == "nama, kelompok umur, dan wali bila di bawah 18 tahun"
    assert (told["Posyandu Remaja"].list_term, told["Posyandu Remaja"].particulars_term) == (
        "2 tahun",
        "3 bulan",
    )
    assert told["Sidang Adat"].list_term == "selamanya sebagai arsip desa"
    assert "7 bulan" in page
    assert "Lama Sekali" not in page


def test_who_acted_in_office_is_no_kind_of_its_own():
    names = [kind.name for room in processing.rooms() for kind in room.kinds]

    assert "moderasi" not in names
    assert len(names) == len(set(names)) > 8


def test_the_about_page_names_eight_ways_and_leads_only_where_there_is_a_page(client, village):
    page = client.get("/tentang/")

    assert len(page.context["ways"]) == 8
    for way in page.context["ways"]:
        for _, path in way.doors:
            assert client.get(path).status_code == 200


def test_the_source_is_linked_where_its_address_is_told(client, village, settings):
    settings.SOURCE_URL = ""
    assert "Kode sumber" not in client.get("/tentang/").text
    from django.core.cache import caches

    caches["pages"].clear()
    settings.SOURCE_URL = "https://git.contoh.id/partisipasi"

    for path in ("/tentang/", "/informasi/"):
        assert 'href="https://git.contoh.id/partisipasi"' in client.get(path).text


# For search engines


def locations(client, path):
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 (we wrote it)
    return [each.text for each in root.iterfind(".//m:loc", MAP)]


def test_the_sitemap_names_public_pages_of_this_village_alone(client, village, neighbour, settings):
    settings.SITE_ORIGIN = "https://{host}"
    article, draft = announcements.make_article(), announcements.make_draft()
    activity = attendance.make_activity()
    hidden = attendance.make_activity(announced=False)
    with village_scope(neighbour):
        theirs = announcements.make_article()

    parts = locations(client, "/sitemap.xml")
    found = [each for part in parts for each in locations(client, part.removeprefix("https://testserver"))]

    assert "https://testserver/sitemap-artikel.xml" in parts
    assert f"https://testserver{article.get_absolute_url()}" in found
    assert f"https://testserver{activity.get_absolute_url()}" in found
    assert "https://testserver/privasi/" in found
    for absent in (draft, hidden, theirs):
        assert not any(each.endswith(absent.get_absolute_url()) for each in found)
    assert not any("/akun/" in each or "/admin/" in each for each in found)


def test_every_standing_page_of_the_sitemap_answers(client, village):
    for address in locations(client, "/sitemap-halaman.xml"):
        assert client.get("/" + address.split("/", 3)[3]).status_code == 200, address


def test_a_part_that_is_none_is_not_there(client, village):
    assert client.get("/sitemap-tanggapan.xml").status_code == 404
    assert client.get("/sitemap-entah.xml").status_code == 404


def test_robots_are_kept_out_of_the_rooms_for_work(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"
    text = client.get("/robots.txt").text

    assert "Disallow: /admin/" in text
    assert "Disallow: /akun/" in text
    assert "Sitemap: https://testserver/sitemap.xml" in text
