"""What time alone makes due of articles: scheduled ones appear, and yesterday's visitors are forgotten."""

from partisipasi import clock

from .models import Article, DayKey


@clock.due("announcements.publish")
def publish_scheduled() -> int:
    """Publish each article whose time has come, as by whoever scheduled it; the verb's row lock makes it once."""
    published = 0
    for article in Article.objects.due().order_by("scheduled_at", "pk"):
        published += article.publish_as_scheduled()
    return published


@clock.due("announcements.forget_visitors")
def forget_visitors() -> int:
    """Fold the readings of days gone by into their articles and forget the keys."""
    return sum(day.forget() for day in DayKey.objects.over(clock.today()).order_by("on"))
