"""Who hears of articles, budgets and documents: whoever follows one or all of them (`residents.notices`)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from partisipasi import clock
from partisipasi.residents import notices
from partisipasi.residents.models import Person

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .article import Article
    from .budget import Budget
    from .document import PublicDocument
    from .document_version import DocumentVersion

NEWS_FOR = timedelta(days=7)
"""What is dated longer ago was news elsewhere: it is taken over into the portal without telling anybody."""


def tell_published(article: "Article") -> None:
    """Everybody may read it from now on; brought back from the archive, it is told no second time."""
    if article.published_at and article.published_at > clock.now() - NEWS_FOR:
        notices.tell_followers(
            reverse("announcements:article_list"),
            "article",
            f"Informasi baru: {article}.",
            path=article.get_absolute_url(),
            but=article.published_by,
            key=f"artikel:{article.pk}:terbit",
        )


def tell_revised(article: "Article", by: "User") -> None:
    """What its readers saw has changed; told once a day, however often a clerk saves."""
    if article.is_published:
        page, key = article.get_absolute_url(), f"artikel:{article.pk}:ubah:{clock.today()}"
        notices.tell_followers(page, "article", f"Diperbarui: {article}.", but=by, key=key)


def tell_urgent(article: "Article", by: "User") -> None:
    """Everybody in the village with an account hears of what cannot wait."""
    holders = Person.objects.active().filter(user__isnull=False).select_related("user")
    notices.tell(
        [person.user for person in holders],
        "urgent",
        f"Informasi serta-merta: {article}.",
        path=article.get_absolute_url(),
        but=by,
        key=f"artikel:{article.pk}:serta-merta:{clock.today()}",
    )


def tell_budget(budget: "Budget") -> None:
    """A version of a year's budget is out."""
    notices.tell_followers(
        reverse("announcements:budget_list"),
        "article",
        f"Anggaran terbit: {budget}.",
        path=budget.get_absolute_url(),
        but=budget.published_by,
        key=f"anggaran:{budget.pk}:terbit",
    )


def tell_document(document: "PublicDocument") -> None:
    """A document stands in the list; brought back from the archive, it is told no second time."""
    if document.published_at and document.published_at > clock.now() - NEWS_FOR:
        notices.tell_followers(
            reverse("announcements:document_list"),
            "document",
            f"Dokumen publik baru: {document}.",
            path=document.get_absolute_url(),
            but=document.published_by,
            key=f"dokumen:{document.pk}:terbit",
        )


def tell_document_version(version: "DocumentVersion") -> None:
    """Those who follow a document hear of its newer version."""
    page, key = version.document.get_absolute_url(), f"dokumen:{version.document_id}:versi:{version.number}"
    text = f"Versi {version.number} sudah terbit: {version.document}."
    notices.tell_followers(page, "document", text, but=version.added_by, key=key)


def tell_not_read(version: "DocumentVersion") -> None:
    """PPID hears that search does not know the words of a file, and why."""
    notices.tell_officials(
        "announcements.change_publicdocument",
        "document_care",
        f"Isi berkas tidak terbaca untuk pencarian: {version.document}. {version.unread_words}",
        path=version.document.get_absolute_url(),
        key=f"dokumen:{version.document_id}:versi:{version.number}:tidak-terbaca",
    )
