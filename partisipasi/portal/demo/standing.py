"""The demo's pages that stand still and the menu at the foot of every page: `pages.toml`."""

import tomllib
from datetime import time, timedelta
from functools import partial
from typing import Any

from announcements.models import MenuItem, Page
from partisipasi.residents.models import Role

from . import content as told
from .story import Story

AT = time(13, 40)


def plan(story: Story) -> None:
    """Put the village's `pages.toml` into the story; the menu comes once there is something to lead to."""
    path = told.HERE / story.texts.key.replace("-", "_") / "pages.toml"
    texts = tomllib.loads(path.read_text())
    last = min(row["days_ago"] for row in texts["pages"])
    for row in texts["pages"]:
        story.happens(story.moment(row["days_ago"], AT), partial(write, story, row))
        if change := row.get("revised"):
            story.happens(story.moment(change["days_ago"], AT), partial(revise, story, row["title"], change))
    story.happens(story.moment(last, AT) + timedelta(minutes=30), partial(arrange, texts["menu"]))


def write(story: Story, row: dict[str, Any]) -> None:
    by = story.account_of(Role.OPERATOR, Role.ADMIN)
    page = Page(title=row["title"], part=row["part"], body=row["body"]).write(by=by)
    page.publish(by=by)


def revise(story: Story, title: str, change: dict[str, Any]) -> None:
    page = Page.objects.get(title=title)
    page.body = page.body.replace(change["old"], change["new"])
    page.revise(by=story.account_of(Role.OPERATOR, Role.ADMIN))


def arrange(rows: list[dict[str, Any]], parent: MenuItem | None = None) -> None:
    for order, row in enumerate(rows, start=1):
        page = Page.objects.get(title=row["page"]) if "page" in row else None
        item = MenuItem(
            label=row["label"], parent=parent, page=page, address=row.get("address", ""), order=order
        )
        item.full_clean()
        item.save()
        arrange(row.get("below", []), item)
