"""The revisions of an article: the list, what differs between two of them, and bringing one back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from announcements import differences
from announcements.models import Article, Revision

from .acts import Act
from .forms import CorrectionForm

REVISIONS_A_PAGE = 50


class CompareForm(forms.Form):
    """Which two revisions to lay side by side, in the address."""

    dari = forms.TypedChoiceField(coerce=int)
    ke = forms.TypedChoiceField(coerce=int)

    def __init__(self, data: Any, revisions: list[Revision]) -> None:
        numbers = [revision.number for revision in revisions]
        self.is_asked = bool({"dari", "ke"} & data.keys())
        # Without a question: the newest, and what stood before it.
        newest = dict(zip(("ke", "dari"), numbers, strict=False))
        super().__init__(data if self.is_asked else newest)
        for field in self.fields.values():
            field.choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]


class RevisionsMixin:
    """Pages below an article's own on which its revisions are read and brought back."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/revisi/", view(self.revisions), name="announcements_article_revisions"),
            path(
                "<int:pk>/revisi/<int:number>/pulihkan/",
                view(self.restore),
                name="announcements_article_restore",
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        """The buttons that lead to what is no act: how it will look, and how it looked."""
        article = kwargs.get("obj")
        if article:
            leading = [("Revisi", reverse("admin:announcements_article_revisions", args=[article.pk]))]
            if not article.is_published:
                leading.insert(0, ("Buka pratinjau", article.get_absolute_url()))
            context["acts"] = [*leading, *context["acts"]]
        return super().render_change_form(request, context, **kwargs)

    def revisions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that was kept of the article, and two of it compared."""
        article = self._article(request, pk)
        kept = (
            article.revisions.newest_first()
            .select_related("made_by", "cover")
            .prefetch_related("files__file")
        )
        revisions = list(kept)
        form = CompareForm(request.GET, revisions)
        compared = None
        if form.is_valid():
            by_number = {revision.number: revision for revision in revisions}
            compared = [by_number[form.cleaned_data[name]] for name in ("dari", "ke")]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Revisi artikel",
            "article": article,
            "page": Paginator(revisions, REVISIONS_A_PAGE).get_page(request.GET.get("halaman")),
            "newest": revisions[0] if revisions else None,
            "asked_wrongly": form.is_asked and not compared,
            "compared": compared,
            "sections": _sections(*compared) if compared else [],
            "may_restore": article.can_be_changed_by(request.user),
        }
        status = 422 if context["asked_wrongly"] else 200
        return TemplateResponse(request, "admin/announcements/article/revisions.html", context, status=status)

    def restore(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Ask, then let the article stand again as it did; of a published one with what was wrong meanwhile."""
        article = self._article(request, pk)
        revision = get_object_or_404(article.revisions.all(), number=number)
        if not article.can_be_changed_by(request.user):
            raise PermissionDenied
        asks = CorrectionForm if article.published_at else forms.Form
        form = asks(request.POST if request.method == "POST" else None)
        back = reverse("admin:announcements_article_revisions", args=[article.pk])
        if request.method == "POST" and form.is_valid():
            article.restore(revision, by=request.user, **form.cleaned_data)
            self.message_user(request, f"Artikel kembali seperti pada revisi {number}.")
            return redirect(back)
        explained = (
            f"Judul, isi, sampul, lampiran, dan galeri kembali seperti pada revisi {number}. "
            "Yang ada sekarang tersimpan sebagai revisi."
        )
        act = Act("pulihkan", f"Pulihkan revisi {number}", explained, "", bool, bool)
        return self._asked(request, act, form, [article], back=back)

    def _article(self, request: HttpRequest, pk: int) -> Article:
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article


def _sections(before: Revision, after: Revision) -> list[tuple[str, list[differences.Block]]]:
    """What differs, part by part; parts that are the same are left out."""
    pairs = [
        (name, differences.compare(old, new))
        for (name, old), (_, new) in zip(_parts(before), _parts(after), strict=True)
    ]
    return [
        (name, differences.folded(found)) for name, found in pairs if any(block.changed for block in found)
    ]


def _parts(revision: Revision) -> list[tuple[str, list[str]]]:
    cover = [f"{revision.cover_alt} ({_mark(revision.cover)})"] if revision.cover else []
    attachments = revision.in_place("lampiran")
    gallery = revision.in_place("galeri")
    return [
        ("Judul", [revision.title]),
        ("Ringkasan", [revision.summary] if revision.summary else []),
        ("Isi", differences.blocks(revision.body)),
        ("Penulis", [revision.author_name]),
        ("Sampul", cover),
        ("Dokumen Lampiran", [f"{each.title} ({_mark(each.file)})" for each in attachments]),
        (
            "Galeri",
            [" · ".join(filter(None, (each.title, each.caption, _mark(each.file)))) for each in gallery],
        ),
    ]


def _mark(stored: Any) -> str:
    """What tells one file from another that has the same title."""
    return f"{stored.kind_word}, {stored.sha256[:8]}"
