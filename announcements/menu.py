"""The village's own menu, at the foot of every page; it comes with the village's row and costs no statement more."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse

from announcements.models import MenuItem
from partisipasi import clock


@dataclass
class Entry:
    """A line of the menu; without an address a heading over the lines below it."""

    label: str
    url: str = ""
    below: list["Entry"] = field(default_factory=list)


def of_village() -> ArraySubquery:
    """The lines of the menu of the village of the outer query, but those that lead to a page nobody may read."""
    # No village is in scope yet: this is part of the query that finds it.
    shown = models.Q(page__isnull=True) | models.Q(
        page__published_at__lte=clock.now(), page__archived_at__isnull=True
    )
    items = MenuItem._base_manager.filter(shown, village=models.OuterRef("pk")).order_by("order", "pk")
    told = JSONObject(pk="pk", parent="parent", label="label", slug="page__slug", address="address")
    return ArraySubquery(items.values(told=told))


def menu(request: HttpRequest) -> dict[str, Any]:
    """For base.html: the menu of this request's village as a tree of two levels."""
    rows = getattr(getattr(request, "village", None), "menu_rows", ())
    entries = {row["pk"]: (row["parent"], Entry(row["label"], _url(row))) for row in rows}
    tree: list[Entry] = []
    for parent, entry in entries.values():
        if parent is None:
            tree.append(entry)
        elif parent in entries:
            entries[parent][1].below.append(entry)
    return {"village_menu": [entry for entry in tree if entry.url or entry.below]}


def _url(row: dict[str, Any]) -> str:
    return reverse("announcements:page_detail", args=[row["slug"]]) if row["slug"] else row["address"]
