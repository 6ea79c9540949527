"""A visitor who follows every link that a page offers, a few of each kind."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

_LINK = re.compile(r'(?:href|src)="([^"#]+)')
_NAMES = re.compile(r"/informasi/[a-z0-9-]+|[0-9a-f]{64}|\d+")
_SIGNS_OUT = ("keluar", "logout")


def broken_links(client: Client, starts: list[str], *, of_a_kind: int = 2) -> dict[str, int]:
    """The addresses that pages link to and that do not answer properly, with their status.

    At most `of_a_kind` addresses are visited that differ in numbers, names and questions alone.
    """
    waiting, seen, kinds, broken = deque(starts), set(), Counter(), {}
    while waiting:
        address = waiting.popleft()
        kind = _NAMES.sub("*", address.partition("?")[0])
        if address in seen or kinds[kind] >= of_a_kind:
            continue
        seen.add(address)
        kinds[kind] += 1
        answer = client.get(address)
        if answer.status_code >= 400:
            broken[address] = answer.status_code
        elif 300 <= answer.status_code < 400:
            waiting.append(urljoin(address, answer["Location"]))
        elif "html" in answer.get("Content-Type", ""):
            waiting.extend(_own_links(address, answer.content.decode()))
        if answer.streaming:
            b"".join(answer)  # read to its end, a file closes
    return broken


def _own_links(address: str, page: str) -> list[str]:
    links = [urljoin(address, unescape(link)) for link in _LINK.findall(page)]
    return [
        link
        for link in links
        if link.startswith("/")
        and not link.startswith(("/static/", "//"))
        and not any(word in urlsplit(link).path for word in _SIGNS_OUT)
    ]
