"""The cast of the tests: two villages from the first test on, and the people in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase

from partisipasi.db import village_scope
from partisipasi.village.models import Village
from tests import factories, lock_order


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """At the end nobody is left in the database: a server's process that just ended may still be leaving it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    """Our village, reached as `testserver` and in scope for the whole test."""
    ours = factories.make_village(name="Sukaramah", host="testserver")
    with village_scope(ours):
        yield ours


@pytest.fixture
def neighbour(village: Village) -> Village:
    """The other village of the installation, reached as `tetangga.testserver`; not in scope."""
    return factories.make_village(name="Tetangga", host="tetangga.testserver")


@pytest.fixture(autouse=True)
def _record_is_locked_last() -> Iterator[None]:
    with lock_order.held():
        yield


@pytest.fixture(autouse=True)
def _no_page_of_an_earlier_test() -> None:
    """Public pages are kept for a second; two tests may fall into the same one."""
    caches["pages"].clear()


@pytest.fixture(scope="session", autouse=True)
def _only_the_flush_may_truncate() -> Iterator[None]:
    """Tests on real connections end with TRUNCATE, which the ledger's triggers refuse: lift those, there alone."""
    stock = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        _truncate_triggers("DISABLE")
        try:
            stock(self)
        finally:
            _truncate_triggers("ENABLE")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def _truncate_triggers(verb: str) -> None:
    with connection.cursor() as cursor:
        # Bit 5 of tgtype marks triggers on TRUNCATE.
        cursor.execute(
            "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger "
            "WHERE tgtype & 32 <> 0 AND NOT tgisinternal"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER {trigger}")
