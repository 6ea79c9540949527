from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from partisipasi.admin import VillageModelAdmin, waiting

from .models import Post


@waiting("Tanggapan menunggu moderasi", perm="forums.moderate_post")
def posts_waiting(user: Any) -> tuple[int, str] | None:
    return Post.objects.waiting().count(), "/admin/forums/post/?keadaan=menunggu"


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
class PostAdmin(VillageModelAdmin):
    """The moderators' queue. Nobody writes or changes another's words here."""

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
        return columns if self.has_moderate_permission(request) else columns[:-1]

    def get_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        return [*self.fields, "moderate_link"] if self.has_moderate_permission(request) else self.fields

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
        count = 0
        for post in held:
            post.release(by=request.user)
            count += 1
        messages.success(request, f"{count} tanggapan diloloskan.")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("forums.moderate_post"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return False
