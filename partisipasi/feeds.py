"""Atom feeds of a village: every address in them is the village's own, whatever host asked."""

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

from partisipasi.village.models import Village


def origin_of(village: Village) -> str:
    """What stands before each path of a feed; asked for once."""
    return village.url("/").rstrip("/")


def village_feed(village: Village, title: str, *, origin: str, page: str, feed: str) -> Atom1Feed:
    """An empty feed of what the page at path `page` shows; `feed` is its own path."""
    return Atom1Feed(
        title=title,
        subtitle=f"{village.district_word} {village.district}, {village.regency_word} {village.regency}",
        link=origin + page,
        feed_url=origin + feed,
        description="",
        language="id",
        author_name=f"Pemerintah {village.full_name}",
    )


def answer(feed: Atom1Feed) -> HttpResponse:
    """The feed as it goes out."""
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
