"""What Informasi shows on the pages of rooms below."""

from typing import Any

from announcements.models import Article
from attendance.models import Activity
from attendance.slots import Hanging, hangs_on_activity


@hangs_on_activity("Kabar tentang kegiatan ini")
def articles_about(activity: Activity, user: Any) -> list[Hanging]:
    articles = Article.objects.published().filter(activity=activity).select_related("category").newest_first()
    return [
        Hanging(article.title, article.get_absolute_url(), article.published_at, article.category.name)
        for article in articles
    ]
