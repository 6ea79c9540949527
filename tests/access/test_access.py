"""Every address, every visitor, both villages: whoever is not named is refused."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.template.backends.django import Template
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt
from pypdf import PdfWriter

from partisipasi import typeset
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories

from .table import ALL_DOORS, SHELVES, Door
from .world import ANONYMOUS, EVERYBODY, HAMLET2, OWNER, VERIFIED, World, build

SIGN_IN = ("/akun/masuk/", "/admin/login/")


def routes(resolver: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address of the portal by its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern


# Two addresses of stock admin have no name: the old form of a change page, which forwards, and the catch-all.
NAMED = [(name, pattern) for name, pattern in routes() if not name.endswith(":None")]


def test_every_address_stands_in_the_table():
    missing = {name for name, _ in NAMED if name != "admin:app_list"} - {door.name for door in ALL_DOORS}

    assert missing == set(), "Say in tests/access/table.py who may reach them."


def test_every_model_in_admin_stands_in_the_table():
    assert {model._meta.label_lower for model in admin.site._registry} == set(SHELVES)


@pytest.fixture(autouse=True)
def _refusals_are_not_logged() -> Iterator[None]:
    """To write down why each of ten thousand visitors was refused takes longer than to refuse them."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _papers_are_blank(monkeypatch) -> None:
    """Who may print is asked a thousand times; what is printed has tests of its own."""
    blank = io.BytesIO()
    with PdfWriter() as writer:
        writer.add_blank_page(width=595, height=842)
        writer.write(blank)
    monkeypatch.setattr(typeset, "_set_apart", lambda job: blank.getvalue())


@pytest.fixture
def _pages_are_blank(monkeypatch) -> None:
    """So is what is shown: tests/portal/test_demo.py reads every page as those who reach it."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")


@pytest.fixture
def world(village, neighbour) -> World:
    return build(village, neighbour)


def answer_of(client: Any, door: Door, world: World) -> Any:
    response = getattr(client, door.method)(reverse(door.name, kwargs=door.args(world)))
    if response.streaming:
        b"".join(response.streaming_content)  # Read to its end, a file is closed.
    return response


def got_through(door: Door, response: Any) -> bool:
    """Did the visitor reach what the address does? A wrong method, a refused form and an unwell /healthz did."""
    if response.status_code in {301, 302}:
        sent_away = response["Location"].startswith(SIGN_IN) and door.name not in {
            "admin:login",
            "account_login",
        }
        return not sent_away
    return response.status_code < 400 or response.status_code in {405, 422, 503}


@pytest.mark.usefixtures("_pages_are_blank")
@pytest.mark.parametrize("visitor", sorted(EVERYBODY))
def test_whoever_is_not_named_is_refused_and_whoever_is_gets_through(world, client, visitor):
    user = world.visitor(visitor)
    if user:
        client.force_login(user)
    wrong = []
    for door in ALL_DOORS:
        response = answer_of(client, door, world)
        if got_through(door, response) != (visitor in door.who):
            wrong.append(f"{door}: {response.status_code} {response.headers.get('Location', '')}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("visitor", [Role.HAMLET_HEAD.value, HAMLET2])
def test_no_list_names_what_a_hamlet_head_may_not_open(world, client, visitor):
    client.force_login(world.visitor(visitor))
    named = []
    for label, shelf in SHELVES.items():
        space = f"admin:{label.replace('.', '_')}"
        listed = client.get(reverse(f"{space}_changelist"))
        if listed.status_code != 200:
            continue
        for row in (each for each in world.rows.values() if each._meta.label_lower == label):
            address = reverse(f"{space}_change", args=[row.pk])
            if address in listed.text and client.get(address).status_code != 200:
                named.append(address)
        if visitor == HAMLET2 and not shelf.is_everywhere and label in world.rows:
            assert reverse(f"{space}_change", args=[world.rows[label].pk]) not in listed.text

    assert not named


# Those who reach the most in their own village.
CURIOUS = [
    ANONYMOUS,
    VERIFIED,
    OWNER,
    Role.ADMIN,
    Role.OPERATOR,
    Role.SECRETARY,
    Role.VILLAGE_HEAD,
    Role.MODERATOR,
]


@pytest.mark.usefixtures("_pages_are_blank")
@pytest.mark.parametrize("visitor", CURIOUS)
def test_rows_of_the_other_village_are_nobodys_here(village, neighbour, client, visitor):
    with village_scope(neighbour):
        there = build(neighbour, village)
    here = World(village, neighbour, there.hamlet, there.rows)
    with village_scope(village):
        here.hamlet = factories.make_region()
        user = here.visitor(visitor)
    if user:
        client.force_login(user)
    seen = []
    for door in ALL_DOORS:
        of_a_village = (
            door.args(here)
            and door.state not in {"wrong key", "no row named"}
            and "village_area" not in door.name
        )
        if not of_a_village or (visitor == OWNER and "village_village" in door.name):
            continue
        response = answer_of(client, door, here)
        if got_through(door, response):
            seen.append(f"{door}: {response.status_code}")

    assert not seen, "\n".join(seen)


# A mail programme ends a subscription for its user by a signed token that allows this one act.
EXEMPT = {"notice_stop"}


def test_no_address_but_those_named_is_exempt_from_the_token():
    assert {name for name, pattern in NAMED if getattr(pattern.callback, "csrf_exempt", False)} == EXEMPT


def test_an_exempt_address_would_be_found():
    assert csrf_exempt(lambda request: None).csrf_exempt


def test_only_what_is_public_opens_without_signing_in():
    """The default is closed: each address that says otherwise is for everybody in the table."""
    half_way_in = {"mfa_authenticate"}
    refuses_by_itself = {
        "attendance:desk_queue",  # To a script, which a page to sign in would tell nothing.
        "attendance:paper_list",  # What was typed is kept until its writer has signed in again.
    }
    opened = {name for name, pattern in NAMED if not getattr(pattern.callback, "login_required", True)}
    public = {door.name for door in ALL_DOORS if ANONYMOUS in door.who or not door.who}

    assert opened - public - half_way_in - refuses_by_itself == set()
