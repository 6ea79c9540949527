"""A real Chromium on a real server: two villages at localhost and tetangga.localhost."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import User
from partisipasi.village.models import Village
from tests import factories

# Playwright keeps an event loop in this thread; the tests use the database beside it, not in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        missing = "No Chromium on this machine: apt-get install chromium."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return {"executable_path": chromium, "args": QUIET, "headless": True}


@pytest.fixture(scope="session")
def live_server(collected_static, live_server):
    return live_server


@pytest.fixture(scope="session")
def collected_static() -> None:
    """The server serves what was collected."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def browser_context_args(live_server) -> dict:
    return {"base_url": live_server.url, "locale": "id-ID", "viewport": DESK}


@pytest.fixture
def village(live_server, settings) -> Iterator[Village]:
    settings.SITE_ORIGIN = f"http://{{host}}:{live_server.thread.port}"
    ours = factories.make_village(name="Sukaramah", host="localhost")
    with village_scope(ours):
        yield ours


@pytest.fixture
def neighbour(village) -> Village:
    return factories.make_village(name="Tetangga", host="tetangga.localhost")


@pytest.fixture
def complaints() -> list[str]:
    """What the browser had to complain about: failed scripts, and what the page's policy stopped."""
    return []


@pytest.fixture
def page(village, context, complaints) -> Iterator[Page]:
    """A new visitor's window, which ends without complaints."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if _is_refusal(line) else None)
    yield page
    assert complaints == []


def _is_refusal(line) -> bool:
    return line.type == "error" and "Content Security Policy" in line.text


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, User], None]:
    """Sign somebody in without the form, which has stories of its own."""

    def signed_in(page: Page, user: User, host: str = "localhost") -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        url = f"http://{host}:{live_server.thread.port}"
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])

    return signed_in


@pytest.fixture
def axe(complaints) -> Callable[..., None]:
    """Assert that the page as it stands breaks no rule of WCAG 2.2 AA, on a desk's screen and on a phone's."""
    checker = Axe()

    def check(page: Page, *, sizes: tuple[dict, ...] = (DESK, PHONE)) -> None:
        page.wait_for_load_state()  # A click does not wait for the page that it leads to.
        for size in sizes:
            page.set_viewport_size(size)
            before = complaints.copy()
            found = checker.run(page, options={"runOnly": {"type": "tag", "values": STANDARD}})
            complaints[:] = before  # The checker writes styles of its own.
            assert not found.violations_count, _told(page, size, found.response["violations"])

    return check


def _told(page: Page, size: dict, violations: list[dict]) -> str:
    lines = [f"{page.url} at {size['width']} px"]
    for broken in violations:
        places = "; ".join(node["html"][:160] for node in broken["nodes"][:3])
        lines.append(f"{broken['id']}: {broken['help']}: {places}")
    return "\n".join(lines)


@pytest.fixture
def move_clock(settings):
    """Let the whole portal, the server too, live at another moment, and let `due` do what it does each minute."""

    def move(moment: datetime) -> None:
        clock.move_trial(moment)
        call_command("due", verbosity=0)

    yield move
    clock.move_trial(None)


@pytest.fixture
def desk_browser(playwright, browser_type_launch_args, live_server, tmp_path):
    """Start a desk's browser on its own profile; the same name again is the same device."""
    running = []
    expect.set_options(timeout=10_000)

    def started(name, url=live_server.url):
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / name, base_url=url, locale="id-ID", **browser_type_launch_args
        )
        browser.set_default_timeout(10_000)
        running.append(browser)
        return browser

    yield started
    expect.set_options(timeout=5_000)
    for browser in running:
        browser.close()
