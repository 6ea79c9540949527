"""What time alone makes due for the village itself: each year brings its holidays."""

from partisipasi import clock

from .founding import at_founding
from .models import Holiday

NOVEMBER = 11
"""By then the government has usually fixed the next year's holidays (SKB 3 Menteri)."""


@at_founding
@clock.due("village.holidays")
def fill_holidays() -> int:
    """Fill the holiday table of this year, and from November on of the next, where it is still empty."""
    today = clock.today()
    years = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
    official = Holiday.objects.exclude(kind=Holiday.Kind.LOCAL)
    return sum(Holiday.objects.fill(year) for year in years if not official.filter(on__year=year).exists())
