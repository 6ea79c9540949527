"""The Atom feeds of a village's articles and documents: for feed readers, neighbouring portals, its own display."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape
from django.views.decorators.http import require_safe

from announcements.forms import ArticleFilterForm
from announcements.models import Article, PublicDocument
from partisipasi.feeds import answer, origin_of, village_feed

LENGTH = 20


@login_not_required
@require_safe
def article_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles, of a category or kind if the address names one, which then exists.

    Every address in it is the village's own, whatever host asked.
    """
    village = request.village
    form = ArticleFilterForm(request.GET or None)
    if form.errors:
        raise Http404
    origin = origin_of(village)
    feed = village_feed(
        village,
        f"{form.subject() or 'Informasi'} {village.full_name}",
        origin=origin,
        page=reverse("announcements:article_list") + form.feed_query(),
        feed=reverse("announcements:article_feed") + form.feed_query(),
    )
    articles = form.chosen(Article.objects.published()).select_related("category").newest_first()
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
    return answer(feed)


@login_not_required
@require_safe
def document_feed(request: HttpRequest) -> HttpResponse:
    """The newest public documents, each with the file of its newest version."""
    village = request.village
    origin = origin_of(village)
    feed = village_feed(
        village,
        f"Dokumen publik {village.full_name}",
        origin=origin,
        page=reverse("announcements:document_list"),
        feed=reverse("announcements:document_feed"),
    )
    for document in PublicDocument.objects.published().with_versions().newest_first()[:LENGTH]:
        address = origin + document.get_absolute_url()
        newest = document.newest
        files = [newest] if newest else []
        feed.add_item(
            title=document.title,
            link=address,
            unique_id=address,
            description=escape(document.summary),
            author_name=document.held_by,
            pubdate=document.published_at,
            updateddate=max(document.published_at, document.revised_at or document.published_at),
            categories=[document.get_classification_display(), document.get_category_display()],
            enclosures=[
                Enclosure(origin + each.get_absolute_url(), str(each.file.size), each.file.media_type)
                for each in files
            ],
        )
    return answer(feed)
