from django.contrib import admin

from announcements.models import Category
from partisipasi.admin import VillageModelAdmin


@admin.register(Category)
class CategoryAdmin(VillageModelAdmin):
    """The headings under which articles stand."""

    list_display = ["name", "kind", "slug", "order"]
    list_editable = ["order"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["order", "name"]
