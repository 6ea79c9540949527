"""The whole chain of a village as JSON lines, for whoever checks it (`verifier`): what the portal says to strangers.

The first line names the village, then each entry with its fingerprint, then the daily heads. No keys, no salts.
"""

from collections.abc import Iterator
from typing import Any

from partisipasi.db import village_task
from partisipasi.village.models import Village

from .chain import canonical, stated_by
from .models import DailyHead, Entry

CHUNK = 1000


def parts(village: Village) -> Iterator[bytes]:
    """The file, some lines at a time. Each part is read in a scope of its own: it is sent long after the request."""
    yield _line({"village": village.full_name, "address": village.url("/")})
    number = 0
    while entries := _entries_after(village.pk, number):
        number = entries[-1][0]
        yield b"".join(line for _, line in entries)
    yield _heads_up_to(village.pk, number)


@village_task
def _entries_after(number: int) -> list[tuple[int, bytes]]:
    entries = Entry.objects.filter(number__gt=number).order_by("number")[:CHUNK]
    return [(entry.number, _line(stated_by(entry) | {"hash": entry.hash})) for entry in entries]


@village_task
def _heads_up_to(number: int) -> bytes:
    heads = DailyHead.objects.filter(number__lte=number).order_by("on")
    told = ({"on": head.on.isoformat(), "number": head.number, "hash": head.hash} for head in heads)
    return b"".join(map(_line, told))


def _line(told: dict[str, Any]) -> bytes:
    return canonical(told) + b"\n"
