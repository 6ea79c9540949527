"""A visitor who follows every link that a page offers, a few of each kind."""

import gzip
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client

_LINK = re.compile(r'(?:href|src)="([^"#]+)')
_NAMES = re.compile(r"/informasi/[a-z0-9-]+|/pembangunan/(?!peta/)[a-z0-9-]+|[0-9a-f]{64}|\d+")
_SIGNS_OUT = ("keluar", "logout")


@dataclass(frozen=True)
class Visit:
    """A page that was opened: its address, the answer, and how many statements it took."""

    address: str
    answer: Any
    statements: int

    @property
    def is_page(self) -> bool:
        return self.answer.status_code == 200 and "html" in self.answer.get("Content-Type", "")

    @property
    def kind(self) -> str:
        """Its address without numbers, names and questions."""
        return kind_of(self.address)

    @property
    def weight(self) -> int:
        """Bytes of the page as it is sent."""
        return len(gzip.compress(self.answer.content))


def kind_of(address: str) -> str:
    return _NAMES.sub("*", address.partition("?")[0])


def walk(
    client: Client, starts: list[str], *, of_a_kind: int = 2, before: Callable[[], object] = lambda: None
) -> Iterator[Visit]:
    """Open these pages and all that they lead to; `before` is called ahead of each.

    At most `of_a_kind` addresses are visited that differ in numbers, names and questions alone.
    """
    waiting, seen, kinds = deque(starts), set(), Counter()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kinds[kind] >= of_a_kind:
            continue
        seen.add(address)
        kinds[kind] += 1
        counter = Counter()
        before()
        with connection.execute_wrapper(partial(_count, counter)):
            answer = client.get(address)
            if answer.streaming:
                b"".join(answer)  # read to its end, a file closes
        visit = Visit(address, answer, counter.total())
        if 300 <= answer.status_code < 400:
            waiting.append(urljoin(address, answer["Location"]))
        elif visit.is_page:
            waiting.extend(_own_links(address, answer.content.decode()))
        yield visit


def broken_links(client: Client, starts: list[str], *, of_a_kind: int = 2) -> dict[str, int]:
    """The addresses that pages link to and that do not answer properly, with their status."""
    visits = walk(client, starts, of_a_kind=of_a_kind)
    return {visit.address: visit.answer.status_code for visit in visits if visit.answer.status_code >= 400}


def _count(counter: Counter, execute: Any, *statement: Any) -> Any:
    counter["statements"] += 1
    return execute(*statement)


def _own_links(address: str, page: str) -> list[str]:
    links = [urljoin(address, unescape(link)) for link in _LINK.findall(page)]
    return [
        link
        for link in links
        if link.startswith("/")
        and not link.startswith(("/static/", "//"))
        and not any(word in urlsplit(link).path for word in _SIGNS_OUT)
    ]
