"""A full hall: 500 people record their presence by their own phones, from one address, with all limits on.

They come within a minute, twice as fast as is asked, to two real gunicorn workers as in production. Most scan the code
and give a name, some type it, some are verified residents who tap once; one in ten sends his form twice. Whoever is
refused, recorded twice or not at all, and more than two minutes in all, end with exit code 1. Prints how long people
waited.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

BASE = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(BASE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partisipasi.settings")
os.environ.setdefault("PARTISIPASI_TRIAL", "1")

from partisipasi import embedded  # noqa: E402

embedded.provide_database_url()

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from attendance import phone_codes  # noqa: E402
from attendance.models import Attendance, Session  # noqa: E402
from partisipasi import clock  # noqa: E402
from partisipasi.db import village_scope  # noqa: E402
from tests import factories  # noqa: E402
from tests.attendance.factories import make_activity, make_invitation  # noqa: E402

PEOPLE, RESIDENTS = 500, 50
ARRIVE_WITHIN, ALLOWED = 60, 120
HOST = "127.0.0.1"


@dataclass
class Phone:
    """One person's phone: its cookies, and how long each answer took."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def ask(self, path: str, told: dict[str, str] | None = None) -> str:
        """Fetch a page, or send a form, and follow to where it leads; returns the page."""
        started = time.perf_counter()
        answer = self._once(path, told)
        self.waits.append(time.perf_counter() - started)
        if answer.status >= 400:
            self.refused.append(f"{answer.status} {path}")
        if answer.status in {301, 302}:
            return self.ask(answer.headers["Location"])
        return answer.page

    def _once(self, path: str, told: dict[str, str] | None) -> "Answer":
        headers = {
            "Host": HOST,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if told is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{HOST}/hadir/",
            }
        connected = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            body = None if told is None else urlencode(told)
            connected.request("GET" if told is None else "POST", path, body, headers)
            response = connected.getresponse()
            page = response.read().decode()
        finally:
            connected.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers, page)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    page: str


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def come(phone: Phone, session: Session, number: int, at: float) -> None:
    """One person: read the code, say who it is, see that it is written down."""
    time.sleep(max(0.0, at - time.perf_counter()))
    code = phone_codes.shown(session)
    if number % 10 == 3:
        start = phone.ask("/hadir/")
        told = {"kode": code.written, "csrfmiddlewaretoken": hidden(start, "csrfmiddlewaretoken")}
        page = phone.ask("/hadir/kode/", told)
    else:
        page = phone.ask(f"/hadir/{code.long}/")
    told = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "place": "1"}
    path = "/hadir/saya/"
    if number >= RESIDENTS:
        path, told["name"] = "/hadir/catat/", f"Warga Ke {number}"
    for _ in range(2 if number % 10 == 7 else 1):
        page = phone.ask(path, told)
    if "Anda tercatat hadir" not in page:
        phone.refused.append(f"orang ke-{number} tidak tercatat")


@contextmanager
def own_database() -> Iterator[str]:
    """A database beside the trial's, with nothing in it; yields its address and takes it away again."""
    connection.settings_dict["TEST"]["NAME"] = f"bench_phone_{os.getpid()}"
    before = connection.settings_dict["NAME"]
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def two_workers(database: str) -> Iterator[int]:
    """The portal as it is served in production; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (
        "-m gunicorn -c deploy/gunicorn.conf.py --workers 2 --log-level error partisipasi.wsgi:application"
    )
    server = subprocess.Popen(
        [sys.executable, *command.split(), "--bind", f"127.0.0.1:{port}"],
        cwd=BASE,
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                Phone(port).ask("/livez")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def phones(port: int, session: Session) -> list[Phone]:
    """The first belong to verified residents, signed in and every second one invited."""
    made = [Phone(port) for _ in range(PEOPLE)]
    for number in range(RESIDENTS):
        user = factories.make_resident(verified_at=clock.now())
        if number % 2:
            make_invitation(session.activity, whom=factories.Person.objects.of(user))
        client = Client()
        client.force_login(user)
        made[number].cookies["sessionid"] = client.cookies["sessionid"].value
    return made


def share(waits: list[float], part: float) -> float:
    return sorted(waits)[min(len(waits) - 1, int(len(waits) * part))]


def main() -> int:
    call_command("collectstatic", interactive=False, verbosity=0)
    # The residents' passwords are never typed here; to make them well would take longer than the whole hall.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with own_database() as database, two_workers(database) as port:
        village = factories.make_village(host=HOST)
        with village_scope(village):
            session = make_activity().sessions.get()
            hall = phones(port, session)
            start = time.perf_counter()
            times = [start + ARRIVE_WITHIN * number / PEOPLE for number in range(PEOPLE)]

            # Residents come among the others, not first.
            order = sorted(range(PEOPLE), key=lambda number: number * 37 % PEOPLE)
            with ThreadPoolExecutor(PEOPLE) as crowd:
                list(
                    crowd.map(
                        lambda pair: come(hall[pair[1]], session, pair[1], pair[0]),
                        zip(times, order, strict=True),
                    )
                )
            took = time.perf_counter() - start
            rows = Attendance.objects.present().filter(session=session)
            recorded, names = rows.count(), rows.values("name").distinct().count()
            seats = rows.filter(invitation__isnull=False).count()
            shown = Phone(port).ask(f"/kegiatan/{session.activity_id}/langsung/angka/")
        connection.close()
    waits = [wait for phone in hall for wait in phone.waits]
    people = [sum(phone.waits) for phone in hall]
    refused = [told for phone in hall for told in phone.refused]
    print(f"{PEOPLE} people in {took:.0f} s from one address, {len(waits)} requests to two workers")
    print(
        f"recorded {recorded}, different {names}, seats filled {seats}, refused {len(refused)} {refused[:3]}"
    )
    print(f"an answer: median {share(waits, 0.5) * 1000:.0f} ms, p95 {share(waits, 0.95) * 1000:.0f} ms")
    print(
        f"a person, in all: median {share(people, 0.5) * 1000:.0f} ms, p95 {share(people, 0.95) * 1000:.0f} ms"
    )
    is_right = recorded == names == PEOPLE and seats == RESIDENTS // 2 and f"<dd>{PEOPLE}</dd>" in shown
    return 0 if is_right and not refused and took <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
