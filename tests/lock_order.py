"""The record's lock is the last of a transaction: who holds it waits for nobody, so nobody waits for ever."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

HEAD = '"ledger_ledgerhead"'

_verb_that_recorded: list[str | None] = [None]


class LockedTooLate(AssertionError):
    """After the record's lock, in the same verb, another row was locked or changed."""


@contextmanager
def held() -> Iterator[None]:
    """Inside, a verb that locks or changes a row after the record raises LockedTooLate."""
    _verb_that_recorded[0] = None

    def watch(execute: Callable, sql: Any, params: Any, many: bool, context: Any) -> Any:
        # A test runs in a transaction, so the verb that is under way is its outermost savepoint.
        verb = next((each for each in connection.savepoint_ids if each), None)
        statement = str(sql)
        locks = "FOR UPDATE" in statement or statement.startswith("UPDATE ")
        if locks and HEAD in statement:
            _verb_that_recorded[0] = verb
        elif locks and verb and verb == _verb_that_recorded[0]:
            raise LockedTooLate(statement[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@contextmanager
def somebody_elses() -> Iterator[None]:
    """What happens inside plays another person's verb, though a test runs it in the midst of ours."""
    ours = _verb_that_recorded[0]
    yield
    _verb_that_recorded[0] = ours
