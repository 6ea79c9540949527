"""Articles and what belongs to them, for tests."""

from itertools import count
from typing import Any

from announcements.models import Article, Category
from tests.factories import make_user

_numbers = count(1)


def make_category(**fields: Any) -> Category:
    number = next(_numbers)
    return Category.objects.create(**{"name": f"Kategori {number}", "slug": f"kategori-{number}"} | fields)


def make_draft(*, by: Any = None, **fields: Any) -> Article:
    number = next(_numbers)
    article = Article(
        **{
            "title": f"Kabar desa nomor {number}",
            "body": f"<p>Isi kabar nomor {number}.</p>",
            "category": fields.pop("category", None) or make_category(),
        }
        | fields
    )
    return article.write(by=by or make_user())


def make_article(*, by: Any = None, **fields: Any) -> Article:
    """A published article."""
    by = by or make_user()
    article = make_draft(by=by, **fields)
    article.publish(by=by)
    return article
