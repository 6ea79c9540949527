"""Which pages of information may be followed, and what is told of them (`partisipasi.residents.notices`)."""

from typing import Any

from partisipasi.residents.notices import followable, register_kind

from .models import Article


def _visible(user: Any, slug: str) -> Article | None:
    return Article.objects.visible_to(user).filter(slug=slug).first()


register_kind("article", "Perubahan pada artikel yang Anda ikuti")
followable("announcements:article_detail", _visible)
