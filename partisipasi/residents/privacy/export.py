"""A copy of what is held of a person, in words and with its files (UU 27/2022: access, portability)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Person, User

from .registry import Concerned, Holding, Someone, holdings

Export = dict[str, list[dict[str, Any]]]

_PERSON = (
    "name",
    "sex",
    "age_group",
    "guardian",
    "region",
    "address",
    "unsur",
    "phone",
    "nipd",
    "verified_at",
    "created_at",
)
_ACCOUNT = ("username", "email", "phone", "joined_at", "last_login")


def export(someone: Someone) -> Export:
    """All that is held of somebody in the village in scope, by kind, ready to be read or written as JSON."""
    concerned = Concerned.of(someone)
    found: Export = {}
    if concerned.person:
        found[str(Person._meta.verbose_name)] = [_fields(concerned.person, _PERSON)]
    if concerned.user:
        found[str(User._meta.verbose_name)] = [_fields(concerned.user, _ACCOUNT)]
    for holding in holdings():
        if rows := list(exported(holding, concerned)) if holding.export else []:
            known = found.setdefault(holding.name, [])
            known.extend(row for row in rows if row not in known)
    return found


def exported(holding: Holding, someone: Someone) -> Iterator[dict[str, Any]]:
    """The rows of one holding, each as field names and values in words."""
    for row in holding.rows(someone).order_by("pk"):
        yield _fields(row, holding.export)


def exported_files(someone: Someone) -> Iterator[StoredFile]:
    """The stored files among what is handed out, each once."""
    seen = set()
    for holding in holdings():
        names = [name for name in holding.export if _leads_to_file(holding.model, name)]
        for row in holding.rows(someone).order_by("pk") if names else ():
            for stored in (getattr(row, name) for name in names):
                if stored and stored.pk not in seen:
                    seen.add(stored.pk)
                    yield stored


def _leads_to_file(model: type[models.Model], name: str) -> bool:
    return model._meta.get_field(name).related_model is StoredFile


def _fields(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {_label(row._meta.model, name): _said(row, name) for name in names}


def _label(model: type[models.Model], name: str) -> str:
    """What people call a field."""
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


def _said(row: models.Model, name: str) -> Any:
    """A value as people read it: the label of a choice, the words of a related row."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return str(value) if isinstance(value, models.Model) else value
