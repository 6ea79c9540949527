"""What the portal does with data about people, told from the registry in which every room declares it."""

from dataclasses import dataclass, field

from django.apps import apps

from partisipasi.residents.privacy import Holding, holdings

_PEOPLE = "residents"
# What packages keep of an account stands with people.
_PACKAGES = ("allauth", "django")


@dataclass
class Processed:
    """One kind of rows about people: what of it is handed out, and what becomes of it when somebody is erased."""

    name: str
    fields: list[str] = field(default_factory=list)
    fate: str = "Dihapus."


@dataclass
class Room:
    name: str
    kinds: list[Processed] = field(default_factory=list)


def rooms() -> list[Room]:
    """Every room that holds something of people, with its kinds by name; who acted in office is left out."""
    ours = str(apps.get_app_config(_PEOPLE).verbose_name)
    # First who somebody is, then what he took part in: the rooms from the lowest floor up.
    found: dict[str, dict[str, Processed]] = {ours: {}}
    for holding in reversed(holdings()):
        if holding.in_office or not (holding.export or holding.kept):
            continue
        config = apps.get_app_config(holding.model._meta.app_label)
        room = ours if config.name.startswith(_PACKAGES) else str(config.verbose_name)
        kinds = found.setdefault(room, {})
        told = kinds.setdefault(holding.name, Processed(holding.name))
        told.fields += [label for label in _labels(holding) if label not in told.fields]
        told.fate = holding.kept or told.fate
    return [Room(name, sorted(kinds.values(), key=lambda each: each.name)) for name, kinds in found.items()]


def _labels(holding: Holding) -> list[str]:
    return [str(holding.model._meta.get_field(name).verbose_name) for name in holding.export]  # type: ignore[union-attr]
