from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from partisipasi.admin import ReadOnlyModelAdmin, VillageModelAdmin, waiting
from partisipasi.admin.waiting import Answer, count_of

from .models import MODERATE, Forum, Post, Topic


@waiting("Tanggapan menunggu moderasi", perm=MODERATE)
def posts_to_moderate(user: Any) -> Answer:
    """The held and the flagged, on the page where they are decided."""
    return count_of(Post.objects.to_moderate(user), reverse("forums:moderation_queue"))


@admin.register(Forum)
class ForumAdmin(VillageModelAdmin):
    """The forums of the village. What was said stays: a forum is archived, not deleted."""

    region_lookup = "region"
    list_display = ["name", "slug", "region", "body", "order", "is_archived"]
    list_editable = ["order"]
    list_select_related = ["region", "body"]
    search_fields = ["name", "description"]
    search_help_text = "Cari nama atau keterangan forum."
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "description", "region", "body", "order"]
    ordering = ["order", "name"]
    actions = ["archive_chosen", "reopen_chosen"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Forum | None = None) -> Any:
        # An address that stands in links does not follow the name.
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        return False

    @admin.display(description="diarsipkan", boolean=True)
    def is_archived(self, forum: Forum) -> bool:
        return bool(forum.archived_at)

    @admin.action(description="Arsipkan forum terpilih", permissions=["archive"])
    def archive_chosen(self, request: HttpRequest, forums: QuerySet[Forum]) -> None:
        for forum in forums:
            forum.archive(by=request.user)
        messages.success(request, "Forum diarsipkan. Topiknya tetap dapat dibaca.")

    @admin.action(description="Buka lagi forum terpilih", permissions=["archive"])
    def reopen_chosen(self, request: HttpRequest, forums: QuerySet[Forum]) -> None:
        for forum in forums:
            forum.reopen(by=request.user)
        messages.success(request, "Forum dibuka lagi.")


class _ModeratedAdmin(ReadOnlyModelAdmin):
    """Rows that are moderated on pages of their own. Nobody writes or changes another's words here."""

    def moderates(self, request: HttpRequest) -> bool:
        return bool(request.user.coverage(MODERATE))


class TopicKindFilter(admin.SimpleListFilter):
    title = "jenis"
    parameter_name = "jenis"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("forum", "Topik forum"), ("halaman", "Tanggapan di bawah halaman")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        match self.value():
            case "forum":
                return queryset.filter(forum__isnull=False)
            case "halaman":
                return queryset.filter(forum__isnull=True)
        return queryset


@admin.register(Topic)
class TopicAdmin(_ModeratedAdmin):
    """Every topic, the comments under pages too; each row leads to the page where it is moderated."""

    region_lookup = "forum__region"
    list_display = [
        "title",
        "forum",
        "writer",
        "created_at",
        "number_of_replies",
        "state_word",
        "moderate_link",
    ]
    list_filter = [TopicKindFilter, "forum", ("created_at", admin.DateFieldListFilter)]
    list_select_related = ["forum", "author", "person"]
    search_fields = ["title", "author__username", "person__name"]
    search_help_text = "Cari judul atau penulis."
    date_hierarchy = "created_at"
    fields = [
        "title",
        "forum",
        "page_path",
        "writer",
        "created_at",
        "number_of_replies",
        "state_word",
        "closed_reason",
    ]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        columns = list(super().get_list_display(request))
        return columns if self.moderates(request) else columns[:-1]

    @admin.display(description="penulis", ordering="author__username")
    def writer(self, topic: Topic) -> str:
        return topic.author_name or self.get_empty_value_display()

    @admin.display(description="keadaan")
    def state_word(self, topic: Topic) -> str:
        return topic.state()[0] or "Terbuka"

    @admin.display(description="tindakan")
    def moderate_link(self, topic: Topic) -> str:
        address = reverse("forums:topic_moderate", args=[topic.pk])
        return format_html('<a href="{}" aria-label="Moderasi topik {}">Moderasi</a>', address, topic.title)


class StateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("menunggu", "Menunggu moderasi"),
            ("tayang", "Tayang"),
            ("disembunyikan", "Disembunyikan"),
            ("ditarik", "Ditarik penulisnya"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        match self.value():
            case "menunggu":
                return queryset.waiting()  # type: ignore[attr-defined]
            case "tayang":
                return queryset.published().filter(hidden_at__isnull=True)  # type: ignore[attr-defined]
            case "disembunyikan":
                return queryset.filter(hidden_at__isnull=False)
            case "ditarik":
                return queryset.filter(withdrawn_at__isnull=False)
        return queryset


@admin.register(Post)
class PostAdmin(_ModeratedAdmin):
    """All that was said, with its state; each row leads to the page where it is moderated."""

    region_lookup = "topic__forum__region"
    list_display = ["excerpt", "writer", "topic", "posted_at", "state_word", "moderate_link"]
    list_filter = [StateFilter, ("posted_at", admin.DateFieldListFilter)]
    list_select_related = ["topic", "author", "person"]
    search_fields = ["body", "author__username", "person__name", "topic__title"]
    search_help_text = "Cari isi tanggapan, penulis, atau judul halaman."
    date_hierarchy = "posted_at"
    ordering = ["-posted_at"]
    actions = ["release"]
    fields = ["topic", "writer", "posted_at", "state_word", "body"]
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> list[str]:
        columns = list(super().get_list_display(request))
        return columns if self.moderates(request) else columns[:-1]

    def get_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        return [*self.fields, "moderate_link"] if self.moderates(request) else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        return self.get_fields(request, obj)

    def get_view_on_site_url(self, obj: Post | None = None) -> str | None:
        stands = obj and obj.is_readable and not obj.topic.hidden_at
        return super().get_view_on_site_url(obj) if stands else None

    @admin.display(description="tanggapan")
    def excerpt(self, post: Post) -> str:
        return post.body if len(post.body) <= 90 else f"{post.body[:90].rstrip()}…"

    @admin.display(description="penulis", ordering="author__username")
    def writer(self, post: Post) -> str:
        return f"{post.author_name} ({post.office})" if post.office else post.author_name

    @admin.display(description="keadaan")
    def state_word(self, post: Post) -> str:
        return post.state()[0]

    @admin.display(description="tindakan")
    def moderate_link(self, post: Post) -> str:
        return format_html(
            '<a href="{}moderasi/" aria-label="Moderasi tanggapan {}">Moderasi</a>',
            post.get_absolute_url(),
            post.author_name,
        )

    @admin.action(description="Loloskan tanggapan terpilih", permissions=["moderate"])
    def release(self, request: HttpRequest, posts: QuerySet[Post]) -> None:
        held = posts.waiting()  # type: ignore[attr-defined]
        count = sum(post.release(by=request.user) for post in held)
        messages.success(request, f"{count} tanggapan diloloskan.")
