"""Which pages of information may be followed, and what is told of them (`partisipasi.residents.notices`)."""

from typing import Any

from django.urls import reverse

from partisipasi.residents.notices import Page, followable, leads_to, register_kind

from .models import Article, Budget, Project, PublicDocument


def _visible(user: Any, slug: str) -> Article | None:
    return Article.objects.visible_to(user).filter(slug=slug).first()


def _budget(user: Any, year: int) -> Budget | None:
    return Budget.objects.published().filter(year=year).first()


def _document(user: Any, slug: str) -> PublicDocument | None:
    return PublicDocument.objects.visible_to(user).filter(slug=slug).first()


def _project(user: Any, slug: str) -> Project | None:
    return Project.objects.visible_to(user).filter(slug=slug).first()


register_kind("document", "Dokumen publik baru, dan versi baru dokumen yang Anda ikuti")
register_kind("document_care", "Dokumen publik dan informasi dikecualikan yang perlu ditinjau petugas")
register_kind("article", "Informasi baru, dan perubahan pada artikel yang Anda ikuti")
register_kind("urgent", "Informasi serta-merta: yang perlu diketahui warga seketika")
followable(
    "announcements:article_list",
    lambda user: Page(reverse("announcements:article_list"), "Semua informasi desa"),
)
followable("announcements:article_detail", _visible)
followable(
    "announcements:budget_list",
    lambda user: Page(reverse("announcements:budget_list"), "Semua anggaran desa"),
)
leads_to("announcements:budget_year", _budget)
followable(
    "announcements:document_list",
    lambda user: Page(reverse("announcements:document_list"), "Semua dokumen publik"),
)
followable("announcements:document_detail", _document)
register_kind("project", "Pembangunan baru, kemajuannya, dan yang terlambat")
followable(
    "announcements:project_list",
    lambda user: Page(reverse("announcements:project_list"), "Semua pembangunan desa"),
)
followable("announcements:project_detail", _project)
