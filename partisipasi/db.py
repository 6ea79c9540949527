"""Managers: one query per relation and list, and no row of a village outside that village's scope.

django-scopes lets `exists()`, `exclude()` and `bulk_create()` run without a scope and opens everything for
`scope(village=None)`: here both raise. Queries that start at a model of the whole
installation (User, Village) would count across villages: no relation leads back from there, which a system check holds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django_scopes import ScopedManager as _ScopedManager
from django_scopes import get_scope, scope, scopes_disabled
from django_scopes.exceptions import ScopeError
from django_scopes.manager import DisabledQuerySet

if TYPE_CHECKING:
    from partisipasi.village.models import Village

__all__ = [
    "Manager",
    "ScopeError",
    "ScopedManager",
    "VillageManager",
    "VillageRow",
    "current_village",
    "every_village",
    "village_scope",
    "village_task",
]

every_village = scopes_disabled
"""Context manager: reads and writes across villages; for installation-wide commands only."""


@contextmanager
def village_scope(village: "Village") -> Iterator[None]:
    """Everything inside concerns `village` alone. Raises ScopeError for None, which would open all villages."""
    if village is None:
        raise ScopeError("A scope needs a village.")
    with scope(village=village):
        yield


def current_village() -> "Village":
    """The village of the current scope. Raises ScopeError where there is none."""
    village = get_scope().get("village")
    if village is None:
        raise ScopeError("No village is in scope.")
    return village


def current_village_pk() -> int:
    """The default of every `village` field: the primary key of the village in scope."""
    return current_village().pk


def village_task(function: Callable[..., Any]) -> Callable[..., Any]:
    """Run a task, thread or streamed answer in the scope of the village whose key is its first argument."""

    @wraps(function)
    def run(village_pk: int, *args: Any, **kwargs: Any) -> Any:
        village = apps.get_model("village", "Village").objects.get(pk=village_pk)
        with village_scope(village):
            return function(*args, **kwargs)

    return run


def _refuse(self: DisabledQuerySet, *args: Any, **kwargs: Any) -> Any:
    return self.error()


# Every public name by which a QuerySet reads or writes; `none()`, `using()` and `db` touch no row.
_TOUCHING = [
    name
    for name in dir(models.QuerySet)
    if not name.startswith("_")
    and callable(getattr(models.QuerySet, name))
    and name not in {"none", "using", "as_manager", "resolve_expression", "error"}
]
_REFUSALS: dict[str, Any] = dict.fromkeys(_TOUCHING, _refuse)


@cache
def _refusing(queryset_class: type[models.QuerySet]) -> type[DisabledQuerySet]:
    return type(f"Unscoped{queryset_class.__name__}", (DisabledQuerySet, queryset_class), _REFUSALS)


class Manager(models.Manager):
    """The manager of unscoped models. Relations are fetched once for the whole list (FETCH_PEERS)."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().fetch_mode(models.FETCH_PEERS)


class VillageManager(Manager):
    """The kind of manager that ScopedManager makes, for type checkers: the methods are those of its queryset."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def ScopedManager(queryset_class: type[models.QuerySet] = models.QuerySet) -> VillageManager:
    """The manager of a village's rows: rows of the village in scope, and ScopeError where there is no scope."""
    base = _ScopedManager(_manager_class=Manager.from_queryset(queryset_class), village="village")

    def get_queryset(self: Any) -> models.QuerySet:
        current = getattr(self, "_override_scope", None) or get_scope()
        if current.get("_enabled", True) and current.get("village") is None:
            return _refusing(queryset_class)(self.model, using=self._db, missing_scopes={"village"})
        return type(base).get_queryset(self)

    # It takes the name of the class above, by which django-stubs knows what it is.
    made = type(VillageManager.__name__, (type(base), VillageManager), {"get_queryset": get_queryset})
    return made()


def _is_village_row(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, VillageRow)


class VillageRow(models.Model):
    """A row of one village. Its foreign keys to other rows of villages stay within that village."""

    village = models.ForeignKey(
        "village.Village",
        models.CASCADE,
        default=current_village_pk,
        editable=False,
        related_name="+",
        verbose_name="desa",
    )

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs: Any) -> list[Any]:
        errors = super().check(**kwargs)
        if not isinstance(cls._default_manager, VillageManager):
            hint = "Set objects = ScopedManager(…)."
            text = f"{cls.__name__} shows rows of all villages."
            errors.append(checks.Error(text, hint=hint, obj=cls, id="partisipasi.E002"))
        for field in cls._meta.concrete_fields:
            relation = field.remote_field
            if relation and not _is_village_row(relation.model) and not relation.hidden:
                hint = 'Set related_name="+".'
                text = f"{field} lets queries on {relation.model.__name__} count across villages."
                errors.append(checks.Error(text, hint=hint, obj=field, id="partisipasi.E001"))
        return errors

    def clean_fields(self, exclude: Any = None) -> None:
        """Raises ValidationError where a foreign key points into another village."""
        super().clean_fields(exclude=exclude)
        for field in self._meta.concrete_fields:
            target: Any = field.remote_field.model if field.remote_field else None
            if not _is_village_row(target) or field.name in (exclude or ()):
                continue
            pk = getattr(self, field.attname)
            if pk is None:
                continue
            with every_village():
                elsewhere = not target._base_manager.filter(pk=pk, village_id=self.village_id).exists()
            if elsewhere:
                raise ValidationError({field.name: "Pilihan ini tidak ada di desa ini."})

    def validate_constraints(self, exclude: Any = None) -> None:
        """No form shows the village, and yet what is to be unique in it is asked before the database refuses it."""
        super().validate_constraints(exclude=set(exclude or ()) - {"village"})
