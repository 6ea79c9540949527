"""What forums hold of people (`partisipasi.residents.privacy`)."""

from django.db import models
from django.db.models.functions import Coalesce

from partisipasi import clock
from partisipasi.ledger.chain import forget_sealed
from partisipasi.residents.models import Follow, Notice
from partisipasi.residents.privacy import GONE, acted, register

from .models import Flag, Moderation, Post, Reaction, Topic


def _forget_posts(rows: models.QuerySet) -> None:
    # The place in the thread stays, so that the answers of others still answer something.
    forget_sealed(rows)
    topics = set(rows.values_list("topic", flat=True))
    withdrawn = Coalesce("withdrawn_at", models.Value(clock.now(), output_field=models.DateTimeField()))
    rows.update(body=GONE, office="", person=None, withdrawn_at=withdrawn, search=None)
    Topic.objects.settle(topics)
    Moderation.objects.filter(post__in=rows).exclude(reason="").update(reason=GONE)


def _forget_topics(rows: models.QuerySet) -> None:
    # What others wrote stays, under a topic without its author's words.
    for topic in rows:
        Notice.objects.filter(text__contains=f"“{topic.title}”").update(text=GONE)
        Follow.objects.filter(path=topic.path).update(title=GONE)
    Moderation.objects.filter(topic__in=rows).exclude(reason="").update(reason=GONE)
    forget_sealed(rows)
    rows.update(title=GONE, person=None, search=None)


def _forget_flags(rows: models.QuerySet) -> None:
    rows.update(text="", person=None)


register(Topic, "author", export=["forum", "title", "created_at"], erase=_forget_topics)
register(Topic, "person", erase=_forget_topics)
register(Post, "author", export=["topic", "body", "posted_at"], erase=_forget_posts)
register(Post, "person", erase=_forget_posts)
register(Reaction, "by", export=["kind", "at"], erase=lambda rows: rows.delete())
register(Flag, "by", export=["reason", "text", "at"], erase=_forget_flags)
register(Flag, "person", erase=_forget_flags)
acted(Flag, "decided_by")
acted(Moderation, "by")
