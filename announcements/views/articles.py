"""The public pages of *Informasi*."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from announcements import rich_text, showing
from announcements.forms import ArticleFilterForm
from announcements.models import Article, Attachment, Reading
from announcements.visitors import counts_as_reader
from forums.comments import comments_context
from partisipasi.files.http import file_response
from partisipasi.http import client_address

PAGE_SIZE = 10
# The smallest GIF there is, transparent.
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


@login_not_required
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    form = ArticleFilterForm(request.GET or None)
    articles = form.chosen(Article.objects.published()).select_related("cover", "category").newest_first()
    query = form.feed_query()
    page = Paginator(articles, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"form": form, "page": page, "feed": f"{reverse('announcements:article_feed')}{query}"}
    status = 422 if form.errors else 200
    return render(request, "announcements/article_list.html", context, status=status)


@login_not_required
@require_safe
def album_list(request: HttpRequest) -> HttpResponse:
    """The articles that show pictures in a gallery."""
    albums = Article.objects.published().albums().select_related("category").newest_first()
    page = Paginator(albums, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "announcements/album_list.html", {"page": page})


@login_not_required
@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An article as everybody reads it; for who works on articles also a draft's preview and the archive."""
    articles = showing.whole(Article.objects.visible_to(request.user))
    related = ("category", "cover", "topic", "activity")
    article = get_object_or_404(articles.select_related(*related), slug=slug)
    response = render(request, "announcements/article_detail.html", _page_of(request, article))
    if not article.is_published:
        add_never_cache_headers(response)
    return response


def _page_of(request: HttpRequest, article: Article) -> dict[str, Any]:
    pictures, gallery = showing.pictures_of(article)
    origin = request.village.url("/").rstrip("/")
    return {
        "article": article,
        "body": rich_text.shown(article.body, pictures),
        "text_width": rich_text.TEXT_WIDTH,
        "gallery": gallery,
        "corrections": showing.corrections(article),
        "related": showing.related_to(article) if article.is_published else (),
        "attachments": article.attachments.select_related("file"),
        "address": origin + article.get_absolute_url(),
        "cover_address": origin + article.cover.public_url() if article.cover else "",
        "activity": article.activity if article.activity and article.activity.announced_at else None,
    } | comments_context(request, article.topic)


@login_not_required
@require_safe
@never_cache
def article_read(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that counts a reader of a published article; drafts and the archive are not counted."""
    article_pk = Article.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
    if article_pk is None:
        raise Http404
    if counts_as_reader(request):
        Reading.objects.count_visitor(
            article_pk, address=client_address(request), user_agent=request.headers["User-Agent"]
        )
    return HttpResponse(PIXEL, content_type="image/gif")


@login_not_required
@require_safe
def attachment_detail(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponseBase:
    """An attachment of an article that this visitor may read, under the name that its title gives."""
    attachments = Attachment.objects.visible_to(request.user)
    attachment = get_object_or_404(attachments.select_related("file", "article"), article__slug=slug, pk=pk)
    return file_response(attachment.file, attachment.filename)
