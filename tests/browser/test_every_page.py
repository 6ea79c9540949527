"""Every page of the table of addresses, in a real Chromium: clean for axe, and no wider than the smallest phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Error, Page

from partisipasi.residents.models import Role
from tests.access.table import ALL_DOORS, Door
from tests.access.world import ANONYMOUS, VERIFIED, build
from tests.browser.conftest import PHONE, STANDARD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = {"width": 320, "height": 640}
# What ends the visit, and what is no page of ours.
FRAGMENTS = {"attendance:hall_code", "attendance:hall_numbers"}
LEFT_OUT = {"account_logout", "admin:logout", "admin:jsi18n", "healthz"} | FRAGMENTS


VISITORS = [ANONYMOUS, VERIFIED, Role.SECRETARY, Role.MODERATOR, Role.COMPLAINTS, Role.ADMIN]
# Files have no page, and a row's history looks the same for every model of admin.
FILES = ("_pdf", "_docx", "_xlsx", "_csv", "_zip", "_css", "_worker", "_feed", "_calendar")
ALIKE = ("_history",)
ONE_OF_THEM = "admin:residents_person_history"


def doors_of(visitor: str) -> list[Door]:
    """The addresses that are this visitor's to look at: each is looked at once, by the first who opens it."""
    return [door for door in ALL_DOORS if is_page(door) and looked_at_by(door) == visitor]


def is_page(door: Door) -> bool:
    is_one_of_many = door.name.endswith(ALIKE) and door.name != ONE_OF_THEM
    return not (door.method != "get" or door.name in LEFT_OUT or door.name.endswith(FILES) or is_one_of_many)


def looked_at_by(door: Door) -> str | None:
    """In the work room it is Admin Desa, whose room is the fullest."""
    those = VISITORS[-1:] if door.name.startswith("admin:") else VISITORS
    return next((visitor for visitor in those if visitor in door.who), None)


def faults(page: Page, axe_checker, address: str) -> list[str]:
    try:
        answer = page.goto(address)
    except Error as refusal:
        if "Download is starting" in str(refusal):
            return []
        raise
    kind = answer.headers.get("content-type", "") if answer else ""
    if not answer or answer.status >= 400 or not kind.startswith("text/html"):
        return []
    page.set_viewport_size(SMALLEST)
    width = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{width} px wide"] if width > SMALLEST["width"] and "/admin/" not in address else []
    page.set_viewport_size(PHONE)
    rules = {"runOnly": {"type": "tag", "values": STANDARD}}
    for broken in axe_checker.run(page, options=rules).response["violations"]:
        places = "; ".join(node["html"][:120] for node in broken["nodes"][:2])
        found.append(f"{broken['id']}: {places}")
    return found


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_page_is_clean_and_fits(page, complaints, sign_in, village, neighbour, visitor):
    checker = Axe()
    world = build(village, neighbour)
    if user := world.visitor(visitor):
        sign_in(page, user)
    wrong = {}
    for door in doors_of(visitor):
        address = reverse(door.name, kwargs=door.args(world))
        if broken := faults(page, checker, address):
            wrong[f"{door} {address}"] = broken
    complaints.clear()  # the checker writes styles of its own

    assert wrong == {}
