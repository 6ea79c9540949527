from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from announcements.models import Article, Attachment, GalleryPicture
from partisipasi import clock, search
from partisipasi.admin import VillageModelAdmin, VillageStackedInline, waiting
from partisipasi.village.templatetags.portal_format import jam, tanggal

from .acts import ActsMixin
from .forms import ArticleForm, AttachmentForm, GalleryForm
from .revisions import RevisionsMixin

_LIST = "admin:announcements_article_changelist"


@waiting("Draf artikel menunggu diterbitkan", perm="announcements.publish_article")
def drafts_waiting(user: Any) -> tuple[int, str] | None:
    return Article.objects.drafts().count(), f"{reverse(_LIST)}?keadaan=draf"


@waiting("Artikel tayang dalam tujuh hari", perm="announcements.publish_article")
def scheduled_next(user: Any) -> tuple[int, str] | None:
    soon = Article.objects.scheduled().filter(scheduled_at__lte=clock.now() + timedelta(days=7))
    return soon.count(), f"{reverse(_LIST)}?keadaan=terjadwal"


class StateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draf", "Draf"),
            ("terjadwal", "Dijadwalkan"),
            ("tayang", "Tayang"),
            ("arsip", "Diarsipkan"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Article]:
        match self.value():
            case "draf":
                return queryset.drafts()
            case "terjadwal":
                return queryset.scheduled()
            case "tayang":
                return queryset.published()
            case "arsip":
                return queryset.archived()
        return queryset


class AttachmentInline(VillageStackedInline):
    model = Attachment
    form = AttachmentForm
    fields = ["title", "kind", "upload", "order"]
    readonly_fields = ["kind"]
    verbose_name = "dokumen lampiran"
    verbose_name_plural = "Dokumen Lampiran"

    @admin.display(description="jenis dan ukuran", empty_value="belum ada")
    def kind(self, attachment: Attachment) -> str | None:
        if not attachment.pk:
            return None
        kilobytes = max(round(attachment.file.size / 1000), 1)
        return format_html(
            '<a href="{}">{}, {} kB</a>',
            attachment.get_absolute_url(),
            attachment.file.kind_word,
            kilobytes,
        )


class GalleryInline(VillageStackedInline):
    model = GalleryPicture
    form = GalleryForm
    fields = ["small", "upload", "alt", "caption", "order"]
    readonly_fields = ["small"]
    verbose_name = "gambar"
    verbose_name_plural = "Galeri"

    @admin.display(description="gambar sekarang", empty_value="belum ada")
    def small(self, picture: GalleryPicture) -> str | None:
        if not picture.pk:
            return None
        return format_html(
            '<img class="picture-small" src="{}" alt="{}">', picture.file.preview_url, picture.alt
        )


@admin.register(Article)
class ArticleAdmin(ActsMixin, RevisionsMixin, VillageModelAdmin):
    """Where clerks write, publish, schedule and archive."""

    form = ArticleForm
    inlines = [AttachmentInline, GalleryInline]
    list_display = ["title", "state_word", "category", "date_shown", "author_name", "times_read"]
    list_filter = [StateFilter, "category"]
    list_select_related = ["category"]
    date_hierarchy = "published_at"
    search_fields = ["title"]
    search_help_text = "Cari judul, ringkasan, atau isi."
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["state", "cover_now"]
    fieldsets = [
        (None, {"fields": ["state", "title", "category", "summary", "body"]}),
        (
            "Ralat",
            {
                "fields": ["correction"],
                "description": "Isi bila yang sudah tayang ternyata keliru dan Anda betulkan sekarang.",
            },
        ),
        ("Sampul", {"fields": ["cover_now", "cover_upload", "cover_removed", "cover_alt"]}),
        ("Penulis dan kegiatan", {"fields": ["author_name", "activity"]}),
        (
            "Artikel lama",
            {
                "classes": ["collapse"],
                "fields": ["dated_at", "reads_before"],
                "description": "Isi hanya bila artikel ini dipindahkan dari situs desa yang lama.",
            },
        ),
    ]

    # What the list shows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).with_reads()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        found = Q(search=search.query(search_term)) | Q(title__icontains=search_term)
        return queryset.filter(found), False

    @admin.display(description="keadaan")
    def state_word(self, article: Article) -> str:
        return article.state[1]

    @admin.display(description="tanggal", ordering="published_at")
    def date_shown(self, article: Article) -> str:
        if article.scheduled_at:
            return _moment(article.scheduled_at)
        return tanggal(article.published_at or article.dated_at)

    @admin.display(description="dibaca")
    def times_read(self, article: Article) -> int:
        return article.reads

    # What the form shows

    @admin.display(description="keadaan")
    def state(self, article: Article) -> str:
        if article.archived_at:
            return f"Diarsipkan {tanggal(article.archived_at)}: {article.archived_reason}"
        if article.published_at:
            urgent = f" Serta-merta sampai {_moment(article.urgent_until)}." if article.is_urgent else ""
            return f"Tayang, bertanggal {tanggal(article.published_at)}. Dibaca {article.reads} kali.{urgent}"
        if article.scheduled_at:
            return f"Akan tayang {_moment(article.scheduled_at)}."
        return "Draf. Belum dapat dibaca warga."

    @admin.display(description="sampul sekarang", empty_value="belum ada")
    def cover_now(self, article: Article) -> str | None:
        if not article.cover:
            return None
        return format_html(
            '<img class="cover-now" src="{}" alt="{}">', article.cover.preview_url, article.cover_alt
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What concerns a cover or readers that are not there is left out."""
        absent = set() if obj else {"state"}
        if not (obj and obj.cover):
            absent |= {"cover_now", "cover_removed"}
        if not (obj and obj.published_at):
            absent.add("correction")
        kept = [
            (name, options | {"fields": [field for field in options["fields"] if field not in absent]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        return [(name, options) for name, options in kept if options["fields"]]

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.can_be_changed_by(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever published is archived, not deleted."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    # What happens

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        form.take_cover()
        if change:
            obj.keep_first_revision()
        else:
            obj.write(by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The attachments are part of what is recorded, so the verbs come after them."""
        super().save_related(request, form, formsets, change)
        article = form.instance
        article.revise(by=request.user, correction=form.cleaned_data.get("correction", ""))
        if "_publish" in request.POST and article.can_be_published_by(request.user):
            article.publish(by=request.user)
            messages.success(request, "Artikel sudah tayang.")

    def _to_same_page(self, request: HttpRequest) -> bool:
        return "_publish" in request.POST

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if self._to_same_page(request):
            return self.redirect_to_row(obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if self._to_same_page(request):
            return self.redirect_to_row(obj)
        return super().response_change(request, obj)


def _moment(at: Any) -> str:
    return f"{tanggal(at)}, {jam(at)}"
