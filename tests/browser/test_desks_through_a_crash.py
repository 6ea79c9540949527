"""Two hundred pass two desks: network, browser and server end in the middle, and all are there once.

The server is a real one, two gunicorn workers as in production; it and the browser end by SIGKILL, which nobody can
prepare for. Both start again as what they were.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from attendance.models import Attendance, DeskContact, LateArrival
from partisipasi.residents.models import Role
from tests.attendance.factories import make_activity, make_invitation
from tests.factories import make_body, make_official, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKS = ("Kiri", "Kanan")
BEFORE, CUT, AFTER = 8, 76, 8
"""Of each desk's invited: those marked before the network goes, without it, and when it is back."""
STAND_INS, BODIES, WALK_INS = 3, 2, 3
"""Of each desk, without the network: seats filled by another, bodies that send somebody, and guests."""
BOTH = 4
"""Of those whom one desk marks without the network, those whom the other marks as well."""
ALL = 2 * (BEFORE + CUT + AFTER + STAND_INS + BODIES + WALK_INS)


class Server:
    """The portal on the tests' database, at one address through all its lives."""

    def __init__(self, room: Path) -> None:
        self.room = room
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        known = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": str(self.room)}
        command = "-m gunicorn -c deploy/gunicorn.conf.py --workers 2 --log-level error partisipasi.wsgi"
        self.process = subprocess.Popen(
            [sys.executable, *command.split(), "--bind", f"127.0.0.1:{self.port}"],
            cwd=settings.BASE_DIR,
            env=os.environ | known | {"DATABASE_URL": urlunsplit(database)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(300):
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as asked, suppress(OSError):
                asked.request("GET", "/livez", headers={"Host": "localhost"})
                with asked.getresponse() as answer:
                    assert answer.status == 200
                return
            time.sleep(0.1)
        pytest.fail("The server does not answer.")

    def kill(self) -> None:
        """Master and workers at once, in the middle of whatever they do."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(collected_static, tmp_path) -> Iterator[Server]:
    one = Server(tmp_path)
    try:
        one.start()
        yield one
    finally:
        one.kill()


@pytest.fixture
def secretary(village):
    return make_official(Role.SECRETARY, username="sekretaris")


@pytest.fixture
def activity(secretary):
    """Each desk's invited are named after it, so that one search shows them."""
    activity = make_activity()
    for desk in DESKS:
        for number in range(1, BEFORE + CUT + AFTER + STAND_INS + 1):
            make_invitation(activity, whom=make_person(name=f"{desk} {number:03}"), by=secretary)
        for number in range(1, BODIES + 1):
            make_invitation(activity, whom=make_body(name=f"Kelompok {desk} {number}"), by=secretary)
    return activity


class Desk:
    """One desk: its browser on its own profile, and the list that is its own."""

    def __init__(self, name: str, start, server: Server, secretary, activity) -> None:
        self.name, self.start, self.server = name, start, server
        self.secretary, self.address = secretary, f"{activity.get_absolute_url()}meja/"
        self.numbers = iter(range(1, BEFORE + CUT + AFTER + STAND_INS + 1))
        self.browser: BrowserContext
        self.page: Page

    def open(self, *, offline: bool = False) -> None:
        self.browser = self.start(self.name, self.server.url)
        self.page = self.browser.pages[0]
        self.browser.set_offline(offline)
        if not offline:
            self.sign_in()
        self.page.goto(self.address)

    def sign_in(self) -> None:
        client = Client()
        client.force_login(self.secretary)
        name = settings.SESSION_COOKIE_NAME
        self.browser.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self.server.url}]
        )

    def keeps_its_page(self) -> None:
        expect(self.state).to_have_text("Daring")
        self.page.evaluate("navigator.serviceWorker.ready")
        self.page.reload()
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")
        expect(self.state).to_have_text("Daring")

    @property
    def state(self):
        return self.page.locator(".desk-state")

    def look_for(self, words: str) -> None:
        """The search as a network's lack leaves it: while typing, and in the kept list."""
        self.page.locator("#id_q").fill(words)

    def row(self, name: str):
        return self.page.locator("[data-invited] .desk-row", has_text=name)

    def mark(self, name: str, says: str) -> None:
        row = self.row(name)
        row.get_by_role("button", name=re.compile("Tandai hadir")).click()
        expect(row).to_contain_text(says)

    def mark_next(self, many: int, says: str) -> None:
        for number in (next(self.numbers) for _ in range(many)):
            self.mark(f"{self.name} {number:03}", says)

    def mark_quickly(self, many: int) -> None:
        """So many taps without a network, as fast as the page takes them."""
        names = [f"{self.name} {next(self.numbers):03}" for _ in range(many)]
        for name in (names[0], names[-1]):
            expect(self.row(name).get_by_role("button", name=re.compile("Tandai hadir"))).to_be_visible()
        self.page.evaluate(TAP_EACH, names)
        for name in (names[0], names[-1]):
            expect(self.row(name)).to_contain_text("Menunggu")

    def write_down(self, row_name: str, name: str) -> None:
        row = self.row(row_name)
        row.locator("summary").click()
        row.get_by_label("Nama").fill(name)
        row.get_by_role("button", name="Catat hadir").click()
        expect(row).to_contain_text("Menunggu")

    def walk_in(self, name: str) -> None:
        self.page.locator("#id_name").fill(name)
        self.page.locator("#tamu").get_by_role("button", name="Catat hadir").click()
        expect(self.page.locator("#antrean")).to_contain_text(name)

    def waits(self, number: int) -> None:
        expect(self.state).to_have_text(f"Luring · {number} menunggu")

    def kill(self, profile: Path) -> None:
        """The browser's own process, found by the profile that is this desk's alone."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (process / "cmdline").read_bytes().decode().split("\0")
                if f"--user-data-dir={profile}" in words and not any("--type=" in word for word in words):
                    os.kill(int(process.name), signal.SIGKILL)
                    return
        pytest.fail(f"No browser runs on {profile}.")


def test_nobody_is_lost_or_doubled(activity, secretary, server, desk_browser, tmp_path):
    left, right = (Desk(name, desk_browser, server, secretary, activity) for name in DESKS)
    for desk in (left, right):
        desk.open()
        desk.keeps_its_page()
        desk.page.goto(f"{desk.address}?q={desk.name}")
        desk.mark_next(BEFORE, "Hadir")
    assert Attendance.objects.count() == 2 * BEFORE

    for desk in (left, right):
        desk.browser.set_offline(True)
        expect(desk.state).to_have_text("Luring")
        desk.mark_quickly(CUT // 2)
    server.kill()
    left.waits(CUT // 2)
    left.kill(tmp_path / left.name)
    left.open(offline=True)
    left.waits(CUT // 2)
    for desk in (left, right):
        without_a_network(desk)
    for number in range(BEFORE + 1, BEFORE + BOTH + 1):
        right.look_for(f"{left.name} {number:03}")
        right.mark(f"{left.name} {number:03}", "Menunggu")
    left.waits(CUT + STAND_INS + BODIES + WALK_INS)
    right.waits(CUT + STAND_INS + BODIES + WALK_INS + BOTH)

    # The server ends once more while it is taking the queue in: the desk has no answer for what was recorded.
    server.start()
    right.sign_in()
    right.browser.set_offline(False)
    until(lambda: Attendance.objects.count() > 2 * BEFORE)
    server.kill()
    taken = Attendance.objects.count()
    assert 2 * BEFORE < taken < 2 * BEFORE + CUT
    server.start()
    left.sign_in()
    left.browser.set_offline(False)
    for desk in (left, right):
        expect(desk.state).to_have_text("Daring", timeout=30_000)
        desk.page.goto(f"{desk.address}?q={desk.name}")
        desk.mark_next(AFTER, "Hadir")

    all_are_there_once(activity)
    told_of_each_other(left, right)
    for desk in (left, right):
        desk.page.goto(desk.address)
        here = desk.page.locator("#hadir > ol > li > div > strong")
        assert sorted(here.all_text_contents()) == expected_names()
        assert desk.page.evaluate(WAITING) == 0
    assert not DeskContact.objects.with_queue().exists()
    assert DeskContact.objects.count() == len(DESKS)


TAP_EACH = """names => {
  const rows = [...document.querySelectorAll("[data-invited] .desk-row")];
  for (const name of names) {
    rows.find(row => row.textContent.includes(name)).querySelector("form button").click();
  }
}"""

WAITING = """() => new Promise(resolve => {
  indexedDB.open("meja-presensi", 1).onsuccess = event => {
    const asked = event.target.result.transaction("queue").objectStore("queue").getAll();
    asked.onsuccess = () => resolve(asked.result.filter(tap => tap.state === "waiting").length);
  };
})"""


def without_a_network(desk: Desk) -> None:
    desk.look_for(desk.name)
    desk.mark_quickly(CUT - CUT // 2)
    for number in (next(desk.numbers) for _ in range(STAND_INS)):
        desk.write_down(f"{desk.name} {number:03}", f"Wakil {desk.name} {number:03}")
    for number in range(1, BODIES + 1):
        desk.write_down(f"Kelompok {desk.name} {number}", f"Utusan {desk.name} {number}")
    for number in range(1, WALK_INS + 1):
        desk.walk_in(f"Tamu {desk.name} {number}")


def until(comes, patience: float = 30) -> None:
    end = time.monotonic() + patience
    while not comes():
        assert time.monotonic() < end
        time.sleep(0.005)


def expected_names() -> list[str]:
    in_person = [
        *range(1, BEFORE + CUT + 1),
        *range(BEFORE + CUT + STAND_INS + 1, BEFORE + CUT + STAND_INS + AFTER + 1),
    ]
    by_another = range(BEFORE + CUT + 1, BEFORE + CUT + STAND_INS + 1)
    names = []
    for desk in DESKS:
        names += [f"{desk} {number:03}" for number in in_person]
        names += [f"Wakil {desk} {number:03}" for number in by_another]
        names += [f"Utusan {desk} {number}" for number in range(1, BODIES + 1)]
        names += [f"Tamu {desk} {number}" for number in range(1, WALK_INS + 1)]
    return sorted(names)


def all_are_there_once(activity) -> None:
    rows = Attendance.objects.all()
    assert sorted(rows.values_list("name", flat=True)) == expected_names()
    assert len(rows) == ALL == 200
    seats = [row.invitation_id for row in rows if row.invitation_id]
    assert len(seats) == len(set(seats)) == activity.invitations.count()
    assert sum(row.is_stand_in for row in rows) == len(DESKS) * STAND_INS
    assert not LateArrival.objects.exists()


def told_of_each_other(left: Desk, right: Desk) -> None:
    """Of those whom both marked, each desk hears: it marked him second, or another marked him too."""
    for desk in (left, right):
        desk.page.reload()
        expect(desk.state).to_have_text("Daring")
    for number in range(BEFORE + 1, BEFORE + BOTH + 1):
        for desk in (left, right):
            heard = desk.page.locator("#antrean li", has_text=f"{left.name} {number:03}")
            expect(heard).to_contain_text(re.compile("sudah tercatat hadir|juga dicatat di meja lain"))
