"""What time alone makes due for the record: each day that has ended leaves the chain's end behind."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from partisipasi import clock
from partisipasi.db import current_village

from .models import DailyHead, Entry, LedgerHead

DAY = timedelta(days=1)


@clock.due("ledger.daily_heads")
def keep_daily_heads() -> int:
    """Keep the head of every day that has ended in the village's time zone, also of days on which nothing ran."""
    today = clock.now().astimezone(current_village().zone).date()
    return 0 if DailyHead.objects.filter(on=today - DAY).exists() else _keep_heads_before(today)


@transaction.atomic
def _keep_heads_before(today: date) -> int:
    # Under the lock no entry of an ended day is still on its way: times are read under it too.
    LedgerHead.locked()
    heads = list(_missing_heads(today))
    DailyHead.objects.bulk_create(heads)
    return len(heads)


def _missing_heads(today: date) -> Iterator[DailyHead]:
    kept = DailyHead.objects.order_by("on").last()
    first = Entry.objects.order_by("number").first()
    if first is None:
        return
    zone = current_village().zone
    day = kept.on + DAY if kept else first.at.astimezone(zone).date()
    while day < today:
        midnight = datetime.combine(day + DAY, time(), zone)
        last = Entry.objects.filter(at__lt=midnight).order_by("-number").first() or first
        yield DailyHead(on=day, number=last.number, hash=last.hash)
        day += DAY
