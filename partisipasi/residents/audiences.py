"""Whom a page concerns, so that an official can tell them by WhatsApp (`MessageList`).

A room says it at start-up for the pages that have such people:

    audience("attendance:activity_detail", lambda user, pk: Audience(title=…, text=…, people=…, bodies=…))
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from partisipasi.db import current_village

from .models import Body, Message, Person
from .models.message_list import NAME, PERM

Lookup = Callable[..., "Audience | None"]
Links = Callable[[Collection[int], Collection[int]], dict[tuple[str, int], str]]

_lookups: dict[str, Lookup] = {}


@dataclass(frozen=True)
class Audience:
    """The people and bodies that a page concerns, and the text that is ready for them; `{nama}` stands for the name.

    Where each of them has an address of his own, `links` gets the keys of people and of bodies and returns it by
    ("person", key) and ("body", key); `{tautan}` stands for it in the text.
    """

    title: str
    text: str
    people: QuerySet[Person]
    bodies: QuerySet[Body]
    links: Links | None = None


def audience(view_name: str, lookup: Lookup) -> None:
    """Declare whom the pages of this view concern.

    `lookup(user, **kwargs)` gets the official and the address's arguments, and returns an Audience, or None where this
    official may not know. Whom his office does not reach is left out afterwards.
    """
    _lookups[view_name] = lookup


def audience_of(path: str, user: Any) -> Audience | None:
    """Whom the page at `path` concerns, as far as `user` may tell them; None where nobody has said."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    lookup = _lookups.get(match.view_name)
    found = lookup(user, **match.kwargs) if lookup else None
    if found is None:
        return None
    # By key, so that what the room asked for cannot widen what the office reaches.
    people = people_within(user).filter(pk__in=found.people.order_by().values("pk"))
    bodies = bodies_within(user).filter(pk__in=found.bodies.order_by().values("pk"))
    return Audience(found.title, found.text, people, bodies, found.links)


def give_links(path: str, messages: Collection[Message], user: Any) -> None:
    """Let each message know its recipient's own address, as far as `user` may know those of the page at `path`."""
    concerned = audience_of(path, user) if path else None
    if not concerned or not concerned.links:
        return
    people = [each.person_id for each in messages if each.person_id]
    bodies = [each.body_id for each in messages if each.body_id]
    links = concerned.links(people, bodies)
    for message in messages:
        key = ("person", message.person_id) if message.person_id else ("body", message.body_id)
        message.link = links.get(key, "")  # type: ignore[arg-type]


def ready_text() -> str:
    """How a message begins and ends whose words are still to be written."""
    return f"Yth. Bapak/Ibu {NAME},\n\n\n\n{current_village().full_name}"


def people_within(user: Any) -> QuerySet[Person]:
    """The people who live here still and to whom this official may send messages."""
    return Person.objects.active().filter(user.coverage(PERM).as_q("region"))


def bodies_within(user: Any) -> QuerySet[Body]:
    """The bodies to which this official may send messages."""
    return Body.objects.filter(user.coverage(PERM).as_q("region"))
