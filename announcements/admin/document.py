"""Public documents in admin: where PPID keeps the Daftar Informasi Publik."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from announcements.models import DocumentVersion, LawChange, PublicDocument
from announcements.views.documents import known_now, points_of
from partisipasi import clock, search
from partisipasi.admin import VillageModelAdmin, VillageStackedInline, waiting
from partisipasi.village.templatetags.portal_format import jam, tanggal, ukuran

from .acts import ActsMixin
from .article import StateFilter
from .document_acts import DOCUMENT_ACTS, DocumentForm

_LIST = "admin:announcements_publicdocument_changelist"


@waiting("Draf dokumen publik menunggu diterbitkan", perm="announcements.publish_publicdocument")
def drafts_waiting(user: Any) -> tuple[int, str] | None:
    return PublicDocument.objects.drafts().count(), f"{reverse(_LIST)}?keadaan=draf"


@waiting("Dokumen publik yang isinya tidak terbaca", perm="announcements.change_publicdocument")
def not_read_waiting(user: Any) -> tuple[int, str] | None:
    unread = DocumentVersion.objects.not_read().values("document").distinct()
    return unread.count(), f"{reverse(_LIST)}?perlu=tidak-terbaca"


@waiting("Dokumen publik yang masa simpannya berakhir", perm="announcements.change_publicdocument")
def retention_waiting(user: Any) -> tuple[int, str] | None:
    return PublicDocument.objects.past_retention(clock.today()).count(), f"{reverse(_LIST)}?perlu=masa-simpan"


@waiting("Informasi wajib desa yang belum diumumkan", perm="announcements.change_publicdocument")
def missing_waiting(user: Any) -> tuple[int, str] | None:
    missing = sum(not point.is_there for point in points_of(*known_now()))
    return missing, f"{reverse('announcements:document_list')}#judul-belum"


class LawChangeInline(VillageStackedInline):
    model = LawChange
    fk_name = "law"
    fields = ["act", "target", "target_name", "note", "from_on"]
    verbose_name = "produk hukum yang diubah atau dicabut"
    verbose_name_plural = "Produk hukum yang diubah atau dicabut"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "target":
            kwargs["queryset"] = PublicDocument.objects.laws().order_by("-enacted_on", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NeedFilter(admin.SimpleListFilter):
    title = "perlu ditinjau"
    parameter_name = "perlu"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("tidak-terbaca", "Isi tidak terbaca"), ("masa-simpan", "Masa simpan berakhir")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[PublicDocument]:
        match self.value():
            case "tidak-terbaca":
                return queryset.filter(
                    Exists(DocumentVersion.objects.not_read().filter(document=OuterRef("pk")))
                )
            case "masa-simpan":
                return queryset.past_retention(clock.today())
        return queryset


@admin.register(PublicDocument)
class PublicDocumentAdmin(ActsMixin, VillageModelAdmin):
    """Where PPID enters, publishes, replaces and archives documents."""

    acts = DOCUMENT_ACTS
    noun = "dokumen"
    form = DocumentForm
    inlines = [LawChangeInline]
    list_display = ["number", "title", "state_word", "classification", "category", "year", "file_word"]
    list_display_links = ["title"]
    list_filter = [StateFilter, NeedFilter, "classification", "category", "law_kind"]
    search_fields = ["title"]
    search_help_text = "Cari judul, ringkasan, atau isi berkas."
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["state", "shown_versions"]
    fieldsets = [
        (None, {"fields": ["state", "shown_versions", "upload", "change"]}),
        (
            "Dalam Daftar Informasi Publik",
            {
                "fields": [
                    "title",
                    "summary",
                    "classification",
                    "category",
                    "year",
                    "held_by",
                    "made_by",
                    "made_on",
                    "made_at",
                    "form",
                    "kept_until",
                ]
            },
        ),
        (
            "Produk hukum",
            {
                "description": "Isi hanya untuk peraturan dan keputusan.",
                "fields": [
                    "law_kind",
                    "law_number",
                    "about",
                    "subject",
                    "enacted_on",
                    "promulgated_on",
                    "gazette_number",
                    "law_from_on",
                ],
            },
        ),
        ("Dokumen lama", {"classes": ["collapse"], "fields": ["dated_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicDocument]:
        return super().get_queryset(request).with_versions()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        found = Q(search=search.query(search_term)) | Q(title__icontains=search_term)
        return queryset.filter(found), False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What concerns versions that are not there is left out."""
        if obj:
            return super().get_fieldsets(request, obj)
        absent = {"state", "shown_versions", "change"}
        return [
            (name, options | {"fields": [field for field in options["fields"] if field not in absent]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    @admin.display(description="keadaan")
    def state_word(self, document: PublicDocument) -> str:
        return document.state[1]

    @admin.display(description="berkas", empty_value="belum ada")
    def file_word(self, document: PublicDocument) -> str | None:
        newest = document.newest
        if not newest:
            return None
        told = f"{newest.file.kind_word}, {ukuran(newest.file.size)}"
        return f"{told}; {newest.unread_words}" if newest.unread else told

    @admin.display(description="keadaan")
    def state(self, document: PublicDocument) -> str:
        if document.archived_at:
            return f"Diarsipkan {tanggal(document.archived_at)}: {document.archived_reason}"
        if document.published_at:
            return f"Terbit {tanggal(document.published_at)}, nomor {document.number} dalam daftar."
        if document.scheduled_at:
            return f"Akan terbit {tanggal(document.scheduled_at)}, {jam(document.scheduled_at)}."
        return "Draf. Belum dapat dibaca warga."

    @admin.display(description="versi", empty_value="belum ada")
    def shown_versions(self, document: PublicDocument) -> str | None:
        versions = document.versions.newest_first().select_related("file", "document").defer("text")
        rows = format_html_join(
            "",
            '<li><a href="{}">{}</a>, {}, {}, {}. {}</li>',
            (
                (
                    each.get_absolute_url(),
                    each,
                    tanggal(each.added_at),
                    each.file.kind_word,
                    ukuran(each.file.size),
                    self._told(each),
                )
                for each in versions
            ),
        )
        return format_html("<ul>{}</ul>", rows) if rows else None

    def _told(self, version: DocumentVersion) -> str:
        if version.withdrawn_at:
            return f"Ditarik: {version.withdrawn_reason}"
        if version.unread:
            return f"{version.unread_words} Pencarian hanya mengenal judul dan ringkasannya."
        return "Isinya dapat dicari." if version.read_at else "Isinya sedang dibaca untuk pencarian."

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever published is archived, not deleted."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        if not change:
            obj.write(form.cleaned_data.get("upload"), by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What it changes in other laws is part of what is kept, so the verbs come after it."""
        super().save_related(request, form, formsets, change)
        document = form.instance
        if change:
            told = form.cleaned_data
            document.revise(told.get("upload"), change=told.get("change", ""), by=request.user)
        if "_publish" in request.POST and document.can_be_published_by(request.user):
            self._publish(request, document)

    def _publish(self, request: HttpRequest, document: PublicDocument) -> None:
        if document.versions.standing().exists():
            document.publish(by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Dokumen sudah terbit.")
        else:
            messages.warning(request, "Tersimpan sebagai draf. Unggah berkasnya, lalu terbitkan.")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if "_publish" in request.POST:
            return self.redirect_to_row(obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            return self.redirect_to_row(obj)
        return super().response_change(request, obj)
