"""The one base of every ModelAdmin and inline: nothing beyond the village and the appointment's reach."""

import re
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ActionForm as StockActionForm
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from .reach import ReachMixin

# What list filters and date_hierarchy ask of the fields that they name; nothing else may be asked by address.
_ASKED = {
    "",
    "exact",
    "isnull",
    "in",
    "gte",
    "gt",
    "lt",
    "lte",
    "year",
    "month",
    "day",
    "id__exact",
    "pk__exact",
}


class ActionForm(StockActionForm):
    action = forms.ChoiceField(label="Tindakan:")


class VillageModelAdmin(ReachMixin, admin.ModelAdmin):
    """The base of every ModelAdmin here: rows, choices, actions and history end where the appointment's reach ends."""

    class Media:
        js = ["js/admin_names.js"]

    action_form = ActionForm
    list_per_page = 50
    save_on_top = False
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj, action="view")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj, action="change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj, action="delete")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, action="add")

    def _may(self, request: HttpRequest, row: Any = None, *, action: str) -> bool:
        if row is not None:
            return self.within(request, row, action)
        reach = self.reach(request, action)
        return reach.everywhere or (bool(reach) and self.region_lookup is not None)

    def __getattr__(self, name: str) -> Any:
        # An action with permissions=["publish"] is asked for by `has_publish_permission`: any verb has its question.
        asked = re.fullmatch(r"has_([a-z_]+)_permission", name)
        if not asked:
            raise AttributeError(name)
        return partial(self._may, action=asked[1])

    def has_module_permission(self, request: HttpRequest) -> bool:
        # The index asks each model anyway: a superuser's module check would hide nothing.
        return True

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        named = {self.date_hierarchy} - {None}
        for entry in self.get_list_filter(request):
            name = entry[0] if isinstance(entry, (list, tuple)) else entry
            named.add(name if isinstance(name, str) else getattr(name, "parameter_name", None))
        return any(
            lookup == name or (lookup.startswith(f"{name}__") and lookup[len(name) + 2 :] in _ASKED)
            for name in named
            if name
        )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        # Stock admin goes through a view that finds any row of any village by its content type.
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        return obj.get_absolute_url()

    def get_action_choices(
        self,
        request: HttpRequest,
        default_choices: Any = None,
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> list[tuple[str, str]]:
        first = default_choices or [("", "Pilih tindakan")]
        return super().get_action_choices(request, first, action_location=action_location)

    def response_action(
        self,
        request: HttpRequest,
        queryset: models.QuerySet,
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> HttpResponse | None:
        """An action's rows are those for which its own permissions reach, not all that may be seen."""
        chosen = {
            name for key in request.POST for name in request.POST.getlist(key) if key.endswith("action")
        }
        for name in chosen & set(self.get_actions(request, action_location=action_location)):
            action = self.get_action(name, action_location)
            needed = getattr(action.func, "allowed_permissions", None) if action else None
            if needed:
                queryset = queryset.filter(self.reach(request, *needed).as_q(self.region_lookup))
        return super().response_action(request, queryset, action_location=action_location)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Raises PermissionDenied where the row would come to lie beyond the visitor's reach."""
        self.refuse_beyond_reach(request, obj, change)
        super().save_model(request, obj, form, change)

    def refuse_beyond_reach(self, request: HttpRequest, row: Any, change: bool) -> None:
        """For those who override `save_model` to call a verb: ask this first."""
        if not self.within(request, row, "change" if change else "add"):
            raise PermissionDenied

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        inline = getattr(formset, "inline", None)
        if inline is not None:
            inline.refuse_beyond_reach(request, formset)
        super().save_formset(request, form, formset, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with a row is named only to those who may delete all of it."""
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        if perms_needed:
            to_delete = []
        return to_delete, model_count, perms_needed, protected

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404


class ReadOnlyModelAdmin(VillageModelAdmin):
    """Rows that come about elsewhere, by acts on pages of their own, to be found and read here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class _VillageInline(ReachMixin):
    """Rows inside another row's form: within the same reach as in their own list."""

    extra = 0
    # Stock admin leads there through a view that finds any row of any village.
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "add")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete")

    def _may(self, request: HttpRequest, action: str) -> bool:
        # `obj` is the parent's row here, whose own admin has already asked for it.
        reach = self.reach(request, action)
        return reach.everywhere or (bool(reach) and self.region_lookup is not None)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.inline = self
        return formset

    def refuse_beyond_reach(self, request: HttpRequest, formset: Any) -> None:
        """Raises PermissionDenied where a changed row lies, or would lie, beyond the visitor's reach."""
        for form in formset.forms:
            if form.has_changed() and not form.instance._state.adding:
                if not self.within(request, form.instance, "change", "delete"):
                    raise PermissionDenied
            elif form.has_changed() and not self.within(request, form.instance, "add"):
                raise PermissionDenied


class VillageTabularInline(_VillageInline, admin.TabularInline):
    """Rows of a village as a table inside another row's form."""


class VillageStackedInline(_VillageInline, admin.StackedInline):
    """Rows of a village, one block each, inside another row's form."""
