"""An article with all that stands on its page, asked for in few questions however much there is of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject

from announcements import rich_text
from announcements.models import Article, GalleryPicture, Revision
from announcements.models.article import ArticleQuerySet
from partisipasi import search
from partisipasi.files.models import StoredFile

RELATED = 3
# What the same category is worth beside words in common, whose rank runs from 0 to 1.
_SAME_CATEGORY = 0.05


@dataclass(frozen=True)
class Correction:
    """What readers are told was wrong (*ralat*), and when it was put right."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Shown:
    """One picture of the gallery with its file."""

    file: StoredFile
    alt: str
    caption: str


def whole(articles: ArticleQuerySet) -> QuerySet[Any]:
    """`articles`, each with its reads, its gallery and its corrections, in the same one question."""
    gallery = GalleryPicture.objects.filter(article=OuterRef("pk")).order_by("order", "pk")
    corrected = Revision.objects.newest_first().filter(article=OuterRef("pk")).exclude(correction="")
    return articles.with_reads().annotate(
        gallery_told=ArraySubquery(
            gallery.values(told=JSONObject(file="file_id", alt="alt", caption="caption"))
        ),
        corrections_told=ArraySubquery(corrected.values(told=JSONObject(at="made_at", text="correction"))),
    )


def corrections(article: Any) -> list[Correction]:
    """The corrections of an article read by `whole`, newest first."""
    return [Correction(datetime.fromisoformat(each["at"]), each["text"]) for each in article.corrections_told]


def pictures_of(article: Any) -> tuple[list[StoredFile], list[Shown]]:
    """All files of pictures in the text and the gallery of an article read by `whole`, and the gallery."""
    hashes = rich_text.picture_hashes(article.body)
    told = article.gallery_told
    if not hashes and not told:
        return [], []
    wanted = Q(sha256__in=hashes) | Q(pk__in=[each["file"] for each in told])
    files = list(StoredFile.objects.public().filter(wanted))
    by_pk = {stored.pk: stored for stored in files}
    return files, [Shown(by_pk[each["file"]], each["alt"], each["caption"]) for each in told]


def related_to(article: Article) -> Iterable[Article]:
    """Up to three other published articles that share words with its title, or at least its category."""
    asked = search.any_of(article.title)
    same = Case(When(category=article.category_id, then=Value(_SAME_CATEGORY)), default=Value(0.0))
    near = Article.objects.published().filter(Q(category=article.category_id) | Q(search=asked))
    return (
        near.exclude(pk=article.pk)
        .annotate(nearness=SearchRank(F("search"), asked) + same)
        .select_related("category")
        .order_by("-nearness", "-published_at", "-pk")[:RELATED]
    )
