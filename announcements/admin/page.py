"""Pages and the menu in admin."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from announcements.editor import RichTextField
from announcements.models import MenuItem, Page
from partisipasi import search
from partisipasi.admin import VillageModelAdmin

from .acts import ACTS, ActsMixin
from .article import StateFilter

_PUBLISH, _SCHEDULE, _UNSCHEDULE, _ARCHIVE, _REPUBLISH, *_ = ACTS
PAGE_ACTS = (
    replace(
        _PUBLISH,
        button="Terbitkan halaman",
        explained="Halaman tayang sekarang juga.",
        done="Halaman sudah tayang.",
    ),
    replace(
        _SCHEDULE,
        button="Jadwalkan halaman",
        explained="Halaman tayang sendiri pada waktu yang Anda pilih.",
        done="Halaman sudah dijadwalkan.",
    ),
    replace(_UNSCHEDULE, explained="Halaman kembali menjadi draf."),
    replace(
        _ARCHIVE,
        button="Arsipkan halaman",
        explained="Halaman tidak tampil lagi untuk umum, dan menu tidak memuatnya lagi.",
        done="Halaman sudah diarsipkan.",
    ),
    replace(
        _REPUBLISH,
        explained="Halaman kembali tampil dengan alamat semula, juga di menu.",
        done="Halaman sudah tayang lagi.",
    ),
)


class PageForm(forms.ModelForm):
    body = RichTextField(label="Isi")

    class Meta:
        model = Page
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].widget.attrs["class"] = "vLargeTextField"


@admin.register(Page)
class PageAdmin(ActsMixin, VillageModelAdmin):
    """Where pages are written, published and archived."""

    acts = PAGE_ACTS
    noun = "halaman"
    form = PageForm
    list_display = ["title", "part", "order", "state_word", "revised_at"]
    list_filter = [StateFilter, "part"]
    search_fields = ["title"]
    search_help_text = "Cari judul atau isi."
    ordering = ["part", "order", "title"]
    readonly_fields = ["state_word"]
    fields = ["state_word", "title", "part", "order", "body"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        found = Q(search=search.query(search_term)) | Q(title__icontains=search_term)
        return queryset.filter(found), False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields) if obj else [name for name in self.fields if name != "state_word"]

    @admin.display(description="keadaan")
    def state_word(self, page: Page) -> str:
        return page.state[1]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever published is archived, not deleted."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        if change:
            obj.revise(by=request.user)
        else:
            obj.write(by=request.user)
        if "_publish" in request.POST and obj.can_be_published_by(request.user):
            obj.publish(by=request.user)
            messages.success(request, "Halaman sudah tayang.")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if "_publish" in request.POST:
            return self.redirect_to_row(obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            return self.redirect_to_row(obj)
        return super().response_change(request, obj)


@admin.register(MenuItem)
class MenuItemAdmin(VillageModelAdmin):
    """The menu at the foot of every page, in the order of its numbers."""

    list_display = ["label", "parent", "leads_to", "order"]
    list_editable = ["order"]
    list_select_related = ["parent", "page"]
    search_fields = ["label"]
    search_help_text = "Cari tulisan pada menu."
    ordering = ["order", "pk"]
    fields = ["label", "parent", "page", "address", "order"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = MenuItem.objects.top().in_order()
        if db_field.name == "page":
            kwargs["queryset"] = Page.objects.in_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="menuju")
    def leads_to(self, item: MenuItem) -> str:
        if item.page and not item.page.is_published:
            return f"{item.page} (tidak tampil: {item.page.state[1].lower()})"
        return item.url or "judul saja"

    def get_queryset(self, request: HttpRequest) -> QuerySet[MenuItem]:
        return super().get_queryset(request).select_related("page")
