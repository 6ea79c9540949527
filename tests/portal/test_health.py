from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models.functions import Now

from partisipasi.portal import health
from partisipasi.village.models import Heartbeat


@pytest.fixture
def alive(db):
    for name in ("tasks", "due"):
        Heartbeat.beat(name)


def test_an_installation_that_works_says_so(client, alive):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "tasks": "ok", "due": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("host", ["10.0.0.7", "entah.desa.id", "a/b", ""])
def test_a_watchman_may_ask_under_any_name(client, alive, settings, host):
    settings.TRIAL = False
    settings.ALLOWED_HOSTS = ["sukaramah.desa.id"]

    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("name", ["tasks", "due"])
def test_a_program_that_fell_silent_is_named(client, alive, name):
    Heartbeat.objects.filter(name=name).update(at=Now() - health.SILENCE - timedelta(seconds=1))

    response = client.get("/healthz")

    assert response.status_code == 503
    assert [each for each, word in response.json().items() if word == "silent"] == [name]


def test_a_part_that_raises_is_silent_and_the_others_are_heard(client, alive, monkeypatch):
    def fall(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "set", fall)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "silent", "tasks": "ok", "due": "ok"}
