"""The Atom feed of a village's articles: for feed readers, neighbouring portals and the village's own display."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape
from django.views.decorators.http import require_safe

from announcements.models import Article

LENGTH = 20


@login_not_required
@require_safe
def article_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles; every address in it is the village's own, whatever host asked."""
    village = request.village
    origin = village.url("/").rstrip("/")
    feed = Atom1Feed(
        title=f"Informasi {village.full_name}",
        subtitle=f"{village.district_word} {village.district}, {village.regency_word} {village.regency}",
        link=origin + reverse("announcements:article_list"),
        feed_url=origin + reverse("announcements:article_feed"),
        description="",
        language="id",
        author_name=f"Pemerintah {village.full_name}",
    )
    articles = Article.objects.published().select_related("category").newest_first()
    for article in articles.prefetch_related("attachments__file")[:LENGTH]:
        address = origin + article.get_absolute_url()
        feed.add_item(
            title=article.title,
            link=address,
            unique_id=address,
            description=escape(article.lead),
            author_name=article.author_name,
            pubdate=article.published_at,
            updateddate=max(article.published_at, article.revised_at or article.published_at),
            categories=[article.category.name],
            enclosures=[
                Enclosure(origin + each.get_absolute_url(), str(each.file.size), each.file.media_type)
                for each in article.attachments.all()
            ],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
