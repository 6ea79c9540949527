"""What stands on every page while it is urgent; it comes with the village's own row and costs no statement more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse

from announcements.models import Article
from partisipasi import clock


@dataclass(frozen=True)
class Banner:
    """One urgent article in a line: its title, its address, and until when it is urgent."""

    title: str
    url: str
    until: datetime


def of_village() -> ArraySubquery:
    """The urgent articles of the village of the outer query, newest first."""
    now = clock.now()
    # No village is in scope yet: this is part of the query that finds it.
    articles = Article._base_manager.filter(
        village=models.OuterRef("pk"),
        urgent_until__gt=now,
        published_at__lte=now,
        archived_at__isnull=True,
    )
    told = JSONObject(title="title", slug="slug", until="urgent_until")
    return ArraySubquery(articles.order_by("-published_at", "-pk").values(told=told))


def banners(request: HttpRequest) -> dict[str, Any]:
    """For base.html: what the village of this request tells on every page."""
    rows = getattr(getattr(request, "village", None), "urgent_rows", ())
    return {
        "banners": [
            Banner(
                row["title"],
                reverse("announcements:article_detail", args=[row["slug"]]),
                datetime.fromisoformat(row["until"]),
            )
            for row in rows
        ]
    }
