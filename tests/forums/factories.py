from typing import Any

from forums.models import Post, Topic
from partisipasi import clock
from tests import factories


def make_topic(*, opened: bool = True, **fields: Any) -> Topic:
    topic = Topic.objects.create_for_page(
        **{"title": "Perbaikan jalan Dusun Krajan", "page_path": "/informasi/perbaikan-jalan/"} | fields
    )
    if opened:
        topic.open()
    return topic


def make_post(topic: Topic, **fields: Any) -> Post:
    author = fields.pop("author", None) or factories.make_resident(verified_at=clock.now())
    return topic.reply(**{"author": author, "body": "Kapan pekerjaannya dimulai?"} | fields)
