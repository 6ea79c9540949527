"""Reading public pages from a copy of the database (DATABASE_REPLICA_URL), which may lag a moment behind.

Only the pages that are cached whole for everybody are read there: they may be a second old anyway. Who is signed in
always reads what he just wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

# Counters against flooding live in the cache's table, and must be read where they are written.
LIVE = {"django_cache", "sessions"}

_public_page: ContextVar[bool] = ContextVar("public_page", default=False)


@contextmanager
def reading_a_public_page() -> Iterator[None]:
    """Inside, queries that only read go to the replica, if there is one."""
    token = _public_page.set(True)
    try:
        yield
    finally:
        _public_page.reset(token)


class ReplicaRouter:
    """Django's database router for an installation with a replica."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        live = model._meta.app_label in LIVE  # type: ignore[attr-defined]
        return "replica" if _public_page.get() and not live else "default"

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "default"
