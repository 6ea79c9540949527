"""What forums hold of people (`partisipasi.residents.privacy`)."""

from django.db import models
from django.db.models.functions import Coalesce

from partisipasi import clock
from partisipasi.ledger.chain import forget_sealed
from partisipasi.residents.privacy import GONE, acted, register

from .models import Moderation, Post


def _forget_posts(rows: models.QuerySet) -> None:
    # The place in the thread stays, so that the answers of others still answer something.
    forget_sealed(rows)
    withdrawn = Coalesce("withdrawn_at", models.Value(clock.now(), output_field=models.DateTimeField()))
    rows.update(body=GONE, office="", person=None, withdrawn_at=withdrawn)


register(Post, "author", export=["topic", "body", "posted_at"], erase=_forget_posts)
register(Post, "person", erase=_forget_posts)
acted(Moderation, "by")
