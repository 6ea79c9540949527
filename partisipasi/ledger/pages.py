"""What every page may show of the ledger."""

from typing import Any

from django.http import HttpRequest

from .models import DailyHead


def latest_head(request: HttpRequest) -> dict[str, Any]:
    """The latest public head, asked for only where a page shows it."""
    return {"latest_head": lambda: DailyHead.objects.order_by("-on").first()}
