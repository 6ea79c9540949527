from itertools import count
from typing import Any

from forums.models import Forum, Post, Topic
from partisipasi import clock
from tests import factories

_numbers = count(1)


def make_topic(*, opened: bool = True, **fields: Any) -> Topic:
    """Comments under a page."""
    topic = Topic.objects.create_for_page(
        **{"title": "Perbaikan jalan Dusun Krajan", "page_path": "/informasi/perbaikan-jalan/"} | fields
    )
    if opened:
        topic.open()
    return topic


def make_post(topic: Topic, **fields: Any) -> Post:
    author = fields.pop("author", None) or factories.make_resident(verified_at=clock.now())
    return topic.reply(**{"author": author, "body": "Kapan pekerjaannya dimulai?"} | fields)


def make_forum(**fields: Any) -> Forum:
    number = next(_numbers)
    return Forum.objects.create(**{"name": f"Forum {number}", "slug": f"forum-{number}"} | fields)


def start_topic(forum: Forum | None = None, **fields: Any) -> Topic:
    """A topic of a forum with its opening post, by a verified resident if nobody is named."""
    return Topic.objects.start(
        **{
            "forum": forum or make_forum(),
            "author": fields.pop("author", None) or factories.make_resident(verified_at=clock.now()),
            "title": "Jam buka posyandu",
            "body": "Bagaimana bila posyandu buka juga hari Minggu?",
        }
        | fields
    )
