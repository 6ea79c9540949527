"""What the portal holds of a person: where it lies, what is handed out of it, and what erasure does to it.

Every model with a foreign key to User or Person is registered here by its room, at start-up (`privacy.py` of the
room, imported in `AppConfig.ready()`), once for each such key; a test finds those that are missing:

    register(Post, "author", export=["body", "created_at"], erase=lambda rows: rows.update(body="", author=None))
    register(Attendance, "person", export=["checked_in_at"], kept="Daftar Hadir disimpan sebagai arsip desa.")
    acted(Article, "published_by")

Erasure anonymises the rows Person and User themselves, so a key that stays leads to nobody.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from partisipasi import clock

from .models import Person, User

Erase = Callable[[models.QuerySet], object]
Export = dict[str, list[dict[str, Any]]]

GONE = "(dihapus)"


@dataclass(frozen=True)
class Holding:
    """Rows of `model` that concern a person: found by `path`, which leads from the row to its Person or User."""

    model: type[models.Model]
    path: str
    export: tuple[str, ...]
    erase: Erase | None
    kept: str

    def rows(self, person: Person) -> models.QuerySet:
        of_account = _end_of(self.model, self.path) is get_user_model()
        target = person.user if of_account else person
        manager = self.model._default_manager
        return manager.filter(**{self.path: target}) if target else manager.none()

    def exported(self, person: Person) -> Iterator[dict[str, Any]]:
        names = {name: _label(self.model, name) for name in self.export}
        for row in self.rows(person).order_by("pk"):
            yield {label: _said(row, name) for name, label in names.items()}


_holdings: dict[tuple[str, str], Holding] = {}


def register(
    model: type[models.Model],
    path: str,
    *,
    export: Iterable[str] = (),
    erase: Erase | None = None,
    kept: str = "",
) -> None:
    """Declare what of `model` concerns the person at the end of `path`.

    `export` names the fields handed out to the person. `erase` gets the person's rows and deletes, empties or unlinks
    them; `kept` says to the person, in Indonesian, what stays and why. At least one of the two.
    """
    if erase is None and not kept:
        raise ValueError("Erase the rows, or say why they are kept.")
    _holdings[model._meta.label_lower, path] = Holding(model, path, tuple(export), erase, kept)


def acted(model: type[models.Model], *paths: str) -> None:
    """The key only says who did it in office: it stays, and leads to the anonymised account."""
    for path in paths:
        register(model, path, kept="Siapa yang melakukannya sebagai petugas tetap tercatat, tanpa nama Anda.")


def holdings() -> list[Holding]:
    return list(_holdings.values())


def is_registered(model: type[models.Model], field: str) -> bool:
    return (model._meta.label_lower, field) in _holdings


def export(person: Person) -> Export:
    """All that is held of `person` in the village in scope, by kind, ready to be read or written as JSON."""
    own = (
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
    )
    found: Export = {str(Person._meta.verbose_name): [_fields(person, own)]}
    if person.user:
        found[str(User._meta.verbose_name)] = [
            _fields(person.user, ("username", "email", "phone", "joined_at"))
        ]
    for holding in holdings():
        if rows := list(holding.exported(person)) if holding.export else []:
            found.setdefault(str(holding.model._meta.verbose_name_plural), []).extend(rows)
    return found


def kept_after_erasure(person: Person) -> list[str]:
    """What stays, and why: to be shown before the person confirms."""
    return sorted({holding.kept for holding in holdings() if holding.kept and holding.rows(person).exists()})


@transaction.atomic
def erase(person: Person) -> None:
    """Forget `person` in the village in scope; the account too, where no other village knows it."""
    for holding in holdings():
        if holding.erase:
            holding.erase(holding.rows(person))
    user = person.user
    Person.objects.filter(pk=person.pk).update(
        user=None,
        name=GONE,
        sex="",
        age_group="",
        guardian="",
        region=None,
        address="",
        unsur=None,
        phone="",
        nik_hmac="",
        nipd="",
        verified_at=None,
        retired_at=clock.now(),
    )
    person.refresh_from_db()
    if user and not Person.known_elsewhere(user):
        user.anonymise()


def _fields(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {_label(type(row), name): _said(row, name) for name in names}


def _label(model: type[models.Model], name: str) -> str:
    """What people call a field."""
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


def _said(row: models.Model, name: str) -> Any:
    """A value as people read it: the label of a choice, the words of a related row."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return str(value) if isinstance(value, models.Model) else value


def _end_of(model: type[models.Model], path: str) -> Any:
    """The model to which `path` leads. Raises FieldDoesNotExist for a path that leads nowhere."""
    for step in path.split("__"):
        field: Any = model._meta.get_field(step)
        if not field.is_relation:
            raise FieldDoesNotExist(f"{path} of {model.__name__} leads to no row.")
        model = field.related_model
    return model
