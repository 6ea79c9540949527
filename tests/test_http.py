from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from partisipasi import http
from partisipasi.village.models import Host
from tests import factories
from tests.papers import urls

pytestmark = pytest.mark.urls("tests.papers.urls")

NEIGHBOUR = {"Host": "tetangga.testserver"}


def words(client: Client, path: str = "/uji/umum/", **kwargs) -> str:
    return client.get(path, **kwargs).content.decode()


@pytest.fixture
def production(settings):
    """No unknown host shows a village."""
    settings.TRIAL = False


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Time stands still for the page cache, however slow the machine is, until a test lets seconds pass."""
    passed = [0.0]
    monkeypatch.setattr(http, "time", SimpleNamespace(monotonic=lambda: passed[0]))

    def wait(seconds: float) -> None:
        passed[0] += seconds

    return wait


# Which village


def test_a_request_runs_in_the_village_whose_host_it_names(client, village, neighbour):
    assert words(client).startswith("Sukaramah")
    assert words(client, headers=NEIGHBOUR).startswith("Tetangga")


@pytest.mark.parametrize("host", ["testserver:8000", "TestServer", "testserver.", "TESTSERVER.:443"])
def test_a_host_is_the_same_with_port_in_capitals_and_with_closing_dot(client, village, production, host):
    assert words(client, headers={"Host": host}).startswith("Sukaramah")


@pytest.mark.parametrize(
    "host",
    [
        "entah.desa.id",
        "127.0.0.1",
        "[::1]",
        "",
        "a/b",
        "testserver@jahat.id",
        "jahat.id#testserver",
        "a" * 300,
    ],
)
def test_an_unknown_host_is_misdirected(client, village, production, host, caplog):
    response = client.get("/", headers={"Host": host})

    assert response.status_code == 421
    assert "Sukaramah" not in response.content.decode()
    assert "Traceback" not in caplog.text
    assert "jahat" not in response.content.decode()


def test_in_the_trial_any_name_shows_the_first_village(client, village, neighbour):
    assert words(client, headers={"Host": "127.0.0.1:8000"}).startswith("Sukaramah")


def test_finding_the_village_takes_one_query(client, village, production, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/uji/umum/")


def test_the_process_lives_whatever_the_database_does(client):
    assert client.get("/livez", headers={"Host": "???"}).content == b"ok\n"


# Pages kept for a second


def test_a_public_page_is_drawn_once_a_second(client, village, later):
    first = client.get("/uji/umum/")
    assert words(client) == first.content.decode()
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=5"
    assert not first.cookies

    later(1.1)

    assert words(client) != first.content.decode()


def test_a_kept_page_comes_with_the_policy_and_without_a_query(client, village, django_assert_num_queries):
    policy = client.get("/uji/umum/")["Content-Security-Policy"]

    with django_assert_num_queries(0):
        kept = client.get("/uji/umum/")

    assert kept["Content-Security-Policy"] == policy
    assert kept["X-Frame-Options"] == "DENY"


def test_a_page_with_a_policy_of_its_own_keeps_it(client, village):
    drawn, kept = client.get("/uji/kebijakan/"), client.get("/uji/kebijakan/")

    assert kept.content == drawn.content
    assert kept["Content-Security-Policy"] == "default-src 'self'; img-src 'self' data:"


def test_signed_in_then_anonymous_then_signed_in_never_mix(client, village):
    factories.make_resident("siti")
    siti = Client()
    siti.force_login(factories.User.objects.get(username="siti"))

    seen = [words(siti), words(client), words(siti), words(client)]

    assert ["siti" in page for page in seen] == [True, False, True, False]
    assert seen[1] == seen[3]
    assert "Cache-Control" not in siti.get("/uji/umum/")


def test_villages_methods_and_questions_are_kept_apart(client, village, neighbour):
    pages = {
        words(client),
        words(client, headers=NEIGHBOUR),
        words(client, "/uji/umum/?a=1"),
        words(client, "/uji/umum/?a=2"),
    }

    assert len(pages) == 4
    assert not client.head("/uji/umum/").content
    assert words(client) in pages


def test_a_csrf_cookie_alone_does_not_pass_the_cache_by(client, village):
    kept = words(client)
    client.cookies["csrftoken"] = "x" * 32

    assert words(client) == kept


@pytest.mark.parametrize("path", ["/uji/formulir/", "/uji/nonce/", "/uji/pesan/", "/uji/jangan/"])
def test_what_is_for_one_visitor_is_not_kept(client, village, path):
    for first in (Client(), client):
        response = first.get(path)
        assert response.status_code == 200
        assert "s-maxage" not in response.get("Cache-Control", "")

    assert words(Client(), path) != words(Client(), path)


def test_a_form_is_not_kept_for_who_has_the_token_already(client, village):
    client.get("/uji/formulir/")

    assert words(client, "/uji/formulir/") != words(client, "/uji/formulir/")


def test_a_message_is_told_to_whom_it_was_written_and_no_page_of_it_kept(client, village):
    before = words(client, "/uji/baca-pesan/")
    guest = Client()
    guest.get("/uji/pesan/")

    told = words(guest, "/uji/baca-pesan/")

    assert "Tersimpan." in told
    assert words(client, "/uji/baca-pesan/") == before


def test_fragments_and_keys_pass_the_cache_by(client, village):
    kept = words(client)

    assert words(client, headers={"HX-Request": "true"}) != kept
    assert words(client, headers={"Authorization": "Bearer x"}) != kept
    assert words(client) == kept


def test_pages_that_ask_who_and_errors_are_not_kept(client, village):
    assert client.get("/uji/masuk/").status_code == 302
    assert client.get("/uji/tidak-ada/").status_code == 404
    assert "s-maxage" not in client.get("/uji/tidak-ada/").get("Cache-Control", "")


def test_a_renewal_that_fails_lets_the_next_one_try(client, village):
    client.raise_request_exception = False

    assert client.get("/uji/gagal/").status_code == 500
    assert not http.caches["pages"].get("renew")
    assert client.get("/uji/gagal/").status_code == 500


@pytest.mark.django_db(transaction=True)
def test_a_hundred_who_find_a_page_stale_have_it_drawn_once(client, later):
    factories.make_village(name="Sukaramah", host="testserver")
    kept = words(client)
    later(1.1)
    before, start, seen = next(urls.drawn), Barrier(100), []

    def visit() -> None:
        start.wait()
        seen.append(words(Client()))
        connection.close()

    visitors = [Thread(target=visit) for _ in range(100)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert next(urls.drawn) == before + 2
    assert len(seen) == 100
    assert len(set(seen) - {kept}) == 1


# What every answer carries


def test_pages_allow_only_what_is_ours(client, village):
    policy = client.get("/uji/umum/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'self'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


def test_answers_carry_what_protects_the_reader(client, village):
    response = client.get("/uji/umum/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_form_without_its_token_is_told_so_in_words(village):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/uji/formulir/")

    assert response.status_code == 403
    assert "Formulir" in response.content.decode() or "formulir" in response.content.decode()


def test_a_door_is_open_where_its_room_is_there(client, village, rf):
    context = http.page_context(rf.get("/kegiatan/"))

    assert all(path.startswith("/") for _, path, _ in context["navigation"])
    assert [label for label, _, current in context["navigation"] if current] in ([], ["Kegiatan"])


def test_an_address_is_believed_only_from_our_own_proxy(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.9"}, REMOTE_ADDR="10.0.0.1")

    settings.TRUSTED_PROXIES = 0
    assert http.client_address(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert http.client_address(request) == "10.0.0.9"


def test_a_host_of_a_village_may_move_and_the_portal_follows(client, village, neighbour, later):
    assert words(client).startswith("Sukaramah")
    Host.objects.filter(name="testserver").update(village=neighbour)

    later(1.1)

    assert words(client).startswith("Tetangga")
