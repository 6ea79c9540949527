"""Who may: permissions come from current appointments, and a hamlet head's reach ends at his hamlet.

Stock Django asks `has_perm` without the object, so the narrowing of rows is `Coverage`, which querysets and
`partisipasi.admin` apply; with the object this backend asks where the object lies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend
from django.db import models

from partisipasi import clock
from partisipasi.db import ScopeError, current_village

from .models.appointment import Appointment, Role

if TYPE_CHECKING:
    from .models import User

_granted: dict[str, set[str]] = {}


def grant(roles: Iterable[Role], *perms: str) -> None:
    """Let each of `roles` have `perms` ("app_label.codename"). Called by each room at start-up."""
    for role in roles:
        _granted.setdefault(role, set()).update(perms)


def permissions_of(role: str) -> frozenset[str]:
    return frozenset(_granted.get(role, ()))


def current_appointments(user: "User") -> list[Appointment]:
    """The appointments of this account's person that hold today in the village in scope; read once a request."""
    try:
        village = current_village()
    except ScopeError:
        return []
    key = (village.pk, clock.today())
    cached: dict[Any, list[Appointment]] = user.__dict__.setdefault("_appointments", {})
    if key not in cached:
        cached[key] = list(
            Appointment.objects.current(clock.today())
            .filter(person__user_id=user.pk, person__retired_at__isnull=True)
            .select_related("region")
        )
    return cached[key]


@dataclass(frozen=True)
class Coverage:
    """How far a permission reaches: everywhere in the village, in some regions, or nowhere."""

    everywhere: bool = False
    regions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.regions)

    def __or__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.everywhere or other.everywhere, self.regions + other.regions)

    def as_q(self, lookup: str | None) -> models.Q:
        """The rows within; `lookup` leads from the row to its Region, "" if it is one, None if it has no place."""
        if self.everywhere:
            return models.Q()
        if not self.regions or lookup is None:
            return models.Q(pk__in=[])
        path_of = f"{lookup}__path" if lookup else "path"
        within = models.Q()
        for path in self.regions:
            within |= models.Q(**{f"{path_of}__startswith": path})
        return within

    def includes(self, region: Any) -> bool:
        if self.everywhere:
            return True
        return region is not None and any(region.path.startswith(path) for path in self.regions)


def coverage(user: Any, perm: str) -> Coverage:
    """How far `perm` reaches for this visitor in the village in scope; anonymous visitors have none."""
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return Coverage()
    if user.is_superuser:
        return Coverage(everywhere=True)
    holding = [held for held in current_appointments(user) if perm in permissions_of(held.role)]
    if any(held.region_id is None for held in holding):
        return Coverage(everywhere=True)
    return Coverage(regions=tuple(held.region.path for held in holding if held.region))


class AppointmentBackend(BaseBackend):
    """Django's permission questions answered from appointments. Signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        reach = coverage(user_obj, perm)
        if obj is None or not reach:
            return bool(reach)
        return reach.includes(getattr(obj, "place", None) or getattr(obj, "region", None))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not getattr(user_obj, "is_active", False):
            return False
        return any(
            perm.startswith(f"{app_label}.")
            for held in current_appointments(user_obj)
            for perm in permissions_of(held.role)
        )
