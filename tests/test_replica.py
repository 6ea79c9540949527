"""With a replica, only the pages that are the same for everybody are read there."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings

from partisipasi.replica import reading_a_public_page
from partisipasi.village.models import Area, Village


@pytest.fixture(autouse=True)
def replica() -> Iterator[None]:
    with override_settings(DATABASE_ROUTERS=["partisipasi.replica.ReplicaRouter"]):
        yield


def test_a_public_page_is_read_from_the_replica() -> None:
    with reading_a_public_page():
        assert Village.objects.all().db == "replica"
        assert Area.objects.filter(code="33").db == "replica"

    assert Village.objects.all().db == "default"


def test_what_will_be_written_is_read_where_it_is_written() -> None:
    with reading_a_public_page():
        assert Village.objects.select_for_update().db == "default"
        assert Village.objects.using(None)._for_write is False


def test_sessions_and_counters_are_never_read_from_the_replica() -> None:
    with reading_a_public_page():
        assert Session.objects.all().db == "default"


@pytest.mark.django_db
def test_writing_goes_to_the_main_database_even_for_what_came_from_the_replica() -> None:
    area = Area(code="99", name="Contoh", level=1)
    area._state.db = "replica"

    with reading_a_public_page():
        area.save(force_insert=True)

    assert Area.objects.filter(code="99").exists()
