"""Who runs the portal hears by mail that something broke, without a word about people, and not a thousand times."""

import logging

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from partisipasi import error_mail
from partisipasi.db import current_village

SECRETS = ("rahasia-zulkar", "0811-9990", "kuki-zulkar", "203.0.113.77", "kata-galat-zulkar")


@pytest.fixture(autouse=True)
def administrators(settings, db):
    settings.ADMINS = ["pengelola@contoh.id"]
    cache.clear()
    error_mail._last_without_cache.clear()


@pytest.fixture
def broken(monkeypatch, village):
    """A portal of which a page breaks."""

    def breaks(*args, **kwargs):
        raise ValueError("kata-galat-zulkar (phone)=(0811-9990)")

    monkeypatch.setattr("partisipasi.residents.accounts.SignInBackend._check_password", breaks)
    return Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77")


def sign_in(client):
    client.cookies["nama"] = "kuki-zulkar"
    return client.post(
        "/akun/masuk/?next=/rahasia-zulkar", {"login": "rahasia-zulkar", "password": "0811-9990"}
    )


def test_an_error_is_told_with_kind_page_and_place_and_nothing_of_people(broken):
    assert sign_in(broken).status_code == 500

    [letter] = mail.outbox
    assert letter.to == ["pengelola@contoh.id"]
    whole = letter.subject + letter.body + str(letter.alternatives) + str(letter.extra_headers)
    assert "builtins.ValueError" in letter.subject
    assert "POST /akun/masuk/" in letter.subject
    assert f"Desa: {current_village().pk}" in letter.body
    assert "test_error_mail.py:" in letter.body
    assert [secret for secret in SECRETS if secret in whole] == []


def test_an_address_that_holds_a_code_is_told_by_its_pattern(monkeypatch, village):
    monkeypatch.setattr("announcements.views.articles._page_of", lambda *args: 1 / 0)
    from tests.announcements.factories import make_article

    article = make_article(slug="rahasia-zulkar")
    Client(raise_request_exception=False).get(article.get_absolute_url())

    [letter] = mail.outbox
    assert "GET /informasi/<slug:slug>/" in letter.subject
    assert "rahasia-zulkar" not in letter.subject + letter.body


def test_a_failing_page_sends_one_mail_an_hour(broken):
    for _ in range(5):
        sign_in(broken)

    assert len(mail.outbox) == 1


def test_many_different_errors_stop_at_a_number_an_hour():
    for number in range(30):
        record = logging.LogRecord("partisipasi", logging.ERROR, f"modul{number}.py", number, "x", None, None)
        error_mail.ErrorMailHandler().emit(record)

    assert len(mail.outbox) == error_mail.MOST_AN_HOUR


def test_without_the_cache_one_mail_an_hour_still_goes_out(monkeypatch):
    def gone(*args, **kwargs):
        raise OSError("no cache")

    monkeypatch.setattr(error_mail.cache, "add", gone)
    for line in range(3):
        record = logging.LogRecord("partisipasi", logging.ERROR, "modul.py", line, "x", None, None)
        error_mail.ErrorMailHandler().emit(record)

    assert len(mail.outbox) == 1


def test_work_without_a_page_is_told_too(village):
    try:
        raise KeyError("kata-galat-zulkar")
    except KeyError:
        logging.getLogger("partisipasi.village.rounds").exception("job failed")

    [letter] = mail.outbox
    assert "KeyError di partisipasi.village.rounds" in letter.subject
    assert "kata-galat-zulkar" not in letter.body


def test_who_asks_for_a_host_that_is_none_makes_no_mail(village):
    record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "x.py", 1, "x", None, None)
    error_mail.ErrorMailHandler().emit(record)

    assert mail.outbox == []


def test_without_administrators_there_is_no_mail(broken, settings):
    settings.ADMINS = []

    assert sign_in(broken).status_code == 500
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_breaks_nothing(broken, monkeypatch, capsys):
    def refuses(*args, **kwargs):
        raise OSError("no mail")

    monkeypatch.setattr(error_mail, "mail_admins", refuses)
    monkeypatch.setattr(logging, "raiseExceptions", False)

    assert sign_in(broken).status_code == 500


def test_djangos_own_mail_of_errors_is_switched_off():
    handlers = [type(each).__name__ for each in logging.getLogger("django").handlers]

    assert "AdminEmailHandler" not in handlers
