"""Where the reach of an appointment ends: rows, choices and filters of an admin page."""

from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import get_model_from_relation
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_permission_codename, get_user_model
from django.db import models
from django.http import HttpRequest

from partisipasi.village.models import Region

CHOOSE = "Pilih"
# Viewing is granted by change as well, as in stock admin.
_IMPLIED_BY = {"view": ("view", "change")}


class ReachMixin:
    """What the ModelAdmin base and the inlines share: coverage of permissions, and choices cut to it."""

    region_lookup: str | None = None
    """The lookup from a row to its Region ("" for a Region itself); None where rows have no place.

    A hamlet head sees no rows without a place.
    """

    shared = False
    """Lists of choices that serve every place alike, such as kinds: who may view them at all may view them all."""

    model: Any
    opts: Any
    admin_site: Any
    radio_fields: Any

    def reach(self, request: HttpRequest, *actions: str) -> Any:
        """How far the visitor may `actions` ("view", "publish", …) here: the union of their coverages."""
        names = [name for action in actions for name in _IMPLIED_BY.get(action, (action,))]
        perms = [f"{self.opts.app_label}.{get_permission_codename(name, self.opts)}" for name in names]
        reach = reduce(or_, (request.user.coverage(perm) for perm in perms))
        return replace(reach, everywhere=True) if self.shared and reach and actions == ("view",) else reach

    def place_of(self, row: Any) -> Any:
        """The Region in which `row` lies, or None."""
        for step in self.region_lookup.split("__") if self.region_lookup else []:
            row = getattr(row, step, None)
        return row if isinstance(row, Region) else None

    def within(self, request: HttpRequest, row: Any, *actions: str) -> bool:
        return self.reach(request, *actions).includes(self.place_of(row))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(self.reach(request, "view").as_q(self.region_lookup))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Beside a choice one may add to the list; changing and deleting is done where its rows are seen.
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "choices" not in kwargs and db_field.name not in self.radio_fields:
            blank = db_field.blank or not (db_field.has_default() or "initial" in kwargs)
            kwargs["choices"] = db_field.get_choices(include_blank=blank, blank_choice=[("", CHOOSE)])
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices_of(db_field, request))
        kwargs.setdefault("empty_label", CHOOSE)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        leads_to_place = db_field.name == (self.region_lookup or "").split("__")[0]
        if field and leads_to_place and not self.reach(request, "add", "change").everywhere:
            # A row without a place would be out of the hand that writes it.
            field.required = True
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices_of(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def choices_of(self, db_field: Any, request: HttpRequest) -> models.QuerySet:
        """The rows of this village that this visitor may put into `db_field`."""
        target = db_field.remote_field.model
        if target is get_user_model():
            # Accounts belong to the installation: a list of them would show who lives elsewhere.
            return target._default_manager.none()
        rows = target._default_manager.all()
        try:
            related_admin = self.admin_site.get_model_admin(target)
        except NotRegistered:
            lookup = "" if target is Region else None
        else:
            rows = rows.order_by(*(related_admin.get_ordering(request) or target._meta.ordering))
            lookup = related_admin.region_lookup
        reach = self.reach(request, "add", "change")
        return rows if reach.everywhere or lookup is None else rows.filter(reach.as_q(lookup))


class ReachableFilter(RelatedFieldListFilter):
    """Filter by a relation, offering only what the rows' own admin would let the visitor choose."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        rows = model_admin.get_queryset(request).order_by().values(self.field_path)
        chosen = get_model_from_relation(field)._default_manager.filter(pk__in=rows)
        return [(row.pk, str(row)) for row in chosen]


FieldListFilter.register(lambda field: bool(field.remote_field), ReachableFilter, take_priority=True)
