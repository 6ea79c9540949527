"""What each public page of the demo costs: statements, bytes of a first visit and of a later page.

Bytes are as a browser moves them: HTML as the proxy compresses it, static files as they lie there compressed. The
limits are the portal's own: 100 kB for a first visit, 15 kB for a later page; who breaks one ends with exit code 1.
"""

import gzip
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(BASE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partisipasi.settings")

from partisipasi import embedded  # noqa: E402

embedded.provide_database_url()

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

FIRST_VISIT, LATER_PAGE = 100_000, 15_000
LISTS = [
    "/",
    "/informasi/",
    "/kegiatan/",
    "/forum/",
    "/forum/aturan/",
    "/cari/?q=jalan",
    "/akun/masuk/",
    "/akun/daftar/",
    "/tentang/",
    "/privasi/",
]
# The first page of each kind that a list leads to.
DETAILS = {
    "/informasi/": r'href="(/informasi/[\w-]+/)"',
    "/kegiatan/": r'href="(/kegiatan/\d+/)"',
    "/forum/": r'href="(/forum/topik/\d+/)"',
}


def pages(client: Client) -> Iterator[str]:
    """The addresses to measure, those of the lists that exist and what they lead to."""
    for address in LISTS:
        answer = client.get(address)
        if answer.status_code == 200:
            yield address
            if found := re.search(DETAILS.get(address, r"(?!)"), answer.content.decode()):
                yield found[1]


def parts(client: Client, html: str) -> Iterator[int]:
    """Bytes of each file that a page brings: style sheets, scripts, icons and pictures."""
    for address in set(re.findall(r'(?:<link[^>]+href|src)="(/[^"]+)"', html)):
        if address.startswith(settings.STATIC_URL):
            path = settings.STATIC_ROOT / address.removeprefix(settings.STATIC_URL)
            compressed = path.with_name(f"{path.name}.br")
            yield (compressed if compressed.exists() else path).stat().st_size
        elif not address.endswith((".atom", ".ics")):
            yield len(b"".join(client.get(address)))


def main() -> int:
    call_command("prepare_trial")
    client = Client(headers={"host": "localhost"})
    broken = 0
    print(f"{'page':44} {'statements':>10} {'first visit':>12} {'later':>9}")
    for address in pages(client):
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        statements = len(captured)
        later = len(gzip.compress(answer.content, 6))
        first = later + sum(parts(client, answer.content.decode()))
        over = first > FIRST_VISIT or later > LATER_PAGE
        broken += over
        print(f"{address:44} {statements:>10} {first:>12,} {later:>9,}{'  over the limit' if over else ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
