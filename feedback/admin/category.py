from typing import Any

from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.http import HttpRequest

from feedback.models import Category
from partisipasi.admin import VillageModelAdmin

from .forms import officials_today


@admin.register(Category)
class CategoryAdmin(VillageModelAdmin):
    """What reports are about, and who answers for it."""

    list_display = ["name", "deadline", "role", "person", "order"]
    list_editable = ["order"]
    list_select_related = ["person"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["order", "name"]
    fields = ["name", "slug", "order", "deadline", "role", "person"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "person":
            kwargs["queryset"] = officials_today()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A category of which there are reports stays."""
        used = obj is not None and obj.reports.exists()
        return not used and super().has_delete_permission(request, obj)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions
