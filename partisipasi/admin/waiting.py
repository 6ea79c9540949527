"""*Menunggu Anda*: what waits for the official who opens admin. Each room registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

Answer = tuple[int, str] | None
Question = Callable[[Any], Answer]


@dataclass(frozen=True)
class Waiting:
    """So many of something wait, and this is the page on which to deal with them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class _Entry:
    label: str
    perm: str
    ask: Question


_entries: list[_Entry] = []


def waiting(label: str, *, perm: str) -> Callable[[Question], Question]:
    """Register what may wait for those who have `perm`.

    The function gets the user and answers with a count and the address of the page that shows exactly those rows, or
    None. It narrows its rows by `user.coverage(perm)` where rows have a place.
    """

    def register(ask: Question) -> Question:
        _entries.append(_Entry(label, perm, ask))
        return ask

    return register


def waiting_for(user: Any) -> list[Waiting]:
    """What waits for this user in the village in scope, the fullest tray first; empty trays are not shown."""
    found = []
    for entry in _entries:
        if not user.has_perm(entry.perm):
            continue
        answer = entry.ask(user)
        if answer and answer[0]:
            found.append(Waiting(entry.label, *answer))
    return sorted(found, key=lambda tray: -tray.count)


def count_of(rows: models.QuerySet, url: str) -> Answer:
    """The usual answer: the number of `rows`, None for no rows."""
    number = rows.count()
    return (number, url) if number else None
