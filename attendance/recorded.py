"""Where something stands in the village's record, as the foot of a paper says it: a later change is proved by it."""

from django.db.models import Model

from partisipasi.ledger.chain import subject_of
from partisipasi.ledger.models import Entry


def ledger_head(subject: Model, *kinds: str) -> str:
    """Number and hash of the last entry of these kinds about `subject`; "" where there is none."""
    entries = Entry.objects.filter(kind__in=kinds, subject=subject_of(subject))
    entry = entries.order_by("-number").first()
    return f"nomor {entry.number}, {entry.hash}" if entry else ""
