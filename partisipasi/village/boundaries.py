"""Looking for rows that point out of their village: a check of the whole database, not of one request."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from partisipasi.db import VillageRow, every_village

SHOWN = 20
"""So many strays of one relation are named; where there are more, something larger is wrong."""


@dataclass(frozen=True)
class Stray:
    """A row with two ends in different villages."""

    model: str
    pk: object
    relation: str
    ends: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.model} {self.pk}: {self.relation} menghubungkan desa {self.ends[0]} dan {self.ends[1]}"


@dataclass(frozen=True)
class _Relation:
    """Two ways from one model to a village, which must lead to the same one."""

    model: type[models.Model]
    name: str
    ways: tuple[str, str]

    def strays(self) -> Iterator[Stray]:
        one, other = self.ways
        rows = self.model._base_manager.filter(**{f"{one}__isnull": False, f"{other}__isnull": False})
        apart = rows.exclude(**{one: models.F(other)}).order_by("pk").values_list("pk", one, other)
        for pk, first, second in apart[:SHOWN]:
            yield Stray(self.model._meta.label, pk, self.name, (first, second))


def relations() -> list[_Relation]:
    """Every pair of ends to compare, the tables behind many-to-many fields included."""
    return [
        _Relation(model, name, (ways[0][1], way))
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and (ways := _ways(model))
        for name, way in ways[1:]
    ]


def strays() -> Iterator[Stray]:
    """The rows whose foreign keys lead into another village than their own."""
    with every_village():
        for relation in relations():
            yield from relation.strays()


def _ways(model: type[models.Model]) -> list[tuple[str, str]]:
    """The relations of `model` that tell a village, each with the lookup that leads to the village's key."""
    own = [("village", "village_id")] if issubclass(model, VillageRow) else []
    return own + [
        (field.name, f"{field.name}__village_id")
        for field in model._meta.concrete_fields
        if field.remote_field and _is_scoped(field.remote_field.model)
    ]


def _is_scoped(model: object) -> bool:
    return isinstance(model, type) and issubclass(model, VillageRow)
