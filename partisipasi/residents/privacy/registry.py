"""Who holds what: the rooms' declarations, and how a person's rows are found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from partisipasi.db import VillageRow
from partisipasi.residents.models import Person, User

Erase = Callable[[models.QuerySet], object]

GONE = "(dihapus)"
IN_OFFICE = "Siapa yang melakukannya sebagai petugas tetap tercatat, tanpa nama Anda."


@dataclass(frozen=True)
class Concerned:
    """Whom data are about: a row of the village's address book, an account, or both."""

    person: Person | None
    user: User | None

    @classmethod
    def of(cls, someone: "Person | User | Concerned") -> "Concerned":
        """With the account its row in this village, with the row its account."""
        if isinstance(someone, Concerned):
            return someone
        if isinstance(someone, User):
            return cls(Person.objects.of(someone), someone)
        return cls(someone, someone.user)


Someone = Person | User | Concerned


@dataclass(frozen=True)
class Holding:
    """Rows of `model` that concern a person: found by `path`, which leads from the row to its Person or User."""

    model: type[models.Model]
    path: str
    export: tuple[str, ...]
    erase: Erase | None
    kept: str
    in_office: bool = False

    @property
    def is_of_village(self) -> bool:
        """Rows of the installation go only with the account itself."""
        return issubclass(self.model, VillageRow)

    @property
    def is_by_account(self) -> bool:
        return _end_of(self.model, self.path) is get_user_model()

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def rows(self, someone: Someone) -> models.QuerySet:
        by_account = self.is_by_account
        concerned = Concerned.of(someone)
        target = concerned.user if by_account else concerned.person
        manager = self.model._default_manager
        return manager.filter(**{self.path: target}) if target else manager.none()


_holdings: dict[tuple[str, str], Holding] = {}


def register(
    model: type[models.Model],
    path: str,
    *,
    export: Iterable[str] = (),
    erase: Erase | None = None,
    kept: str = "",
    in_office: bool = False,
) -> None:
    """Declare what of `model` concerns the person at the end of `path`.

    `export` names the fields handed out to the person, files too. `erase` gets the person's rows and deletes, empties
    or unlinks them; `kept` says to the person, in Indonesian, what stays and why. At least one of the two.
    """
    if erase is None and not kept:
        raise ValueError("Erase the rows, or say why they are kept.")
    _holdings[model._meta.label_lower, path] = Holding(model, path, tuple(export), erase, kept, in_office)


def acted(model: type[models.Model], *paths: str) -> None:
    """The key only says who did it in office: it stays, and leads to the anonymised account."""
    for path in paths:
        register(model, path, kept=IN_OFFICE, in_office=True)


def holdings() -> list[Holding]:
    return list(_holdings.values())


def is_registered(model: type[models.Model], field: str) -> bool:
    return (model._meta.label_lower, field) in _holdings


def _end_of(model: type[models.Model], path: str) -> Any:
    """The model to which `path` leads. Raises FieldDoesNotExist for a path that leads nowhere."""
    for step in path.split("__"):
        field: Any = model._meta.get_field(step)
        if not field.is_relation:
            raise FieldDoesNotExist(f"{path} of {model.__name__} leads to no row.")
        model = field.related_model
    return model
