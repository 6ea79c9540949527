"""Whom an official chooses to invite at once: members of bodies, an unsur, a part of the village."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Q, QuerySet

from attendance.models import Activity
from partisipasi.residents.models import Body, Membership, Person, Unsur
from partisipasi.village.models import Region

CHAIR = "Ketua"


@dataclass(frozen=True)
class Choice:
    """What people must be, all of it: member of one of these bodies, of one of these unsur, from one of these parts."""

    kinds: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    unsur: tuple[Unsur, ...] = ()
    regions: tuple[Region, ...] = ()
    only_chairs: bool = False

    def narrow(self, people: QuerySet[Person]) -> QuerySet[Person]:
        """Those of these people who are chosen, each once, by name."""
        if self.kinds or self.bodies or self.only_chairs:
            people = people.filter(pk__in=self._members().values("person"))
        if self.unsur:
            people = people.filter(unsur__in=self.unsur)
        if self.regions:
            within = Q(pk__in=[])
            for region in self.regions:
                within |= Q(region__path__startswith=region.path)
            people = people.filter(within)
        return people.order_by("name", "pk")

    def _members(self) -> QuerySet[Membership]:
        members: QuerySet[Membership] = Membership.objects.order_by()
        if self.kinds or self.bodies:
            members = members.filter(Q(body__kind__in=self.kinds) | Q(body__in=self.bodies))
        return members.filter(position__istartswith=CHAIR) if self.only_chairs else members


@dataclass(frozen=True)
class Preview:
    """Who would be invited, and who is left out because he has a seat already or may not be invited twice."""

    fresh: list[Person]
    seated: list[Person]
    """Invited already."""
    alike: list[str]
    """Names that more than one of the fresh bear: perhaps the same human twice in the address book."""

    @classmethod
    def of(cls, activity: Activity, people: Iterable[Person]) -> Self:
        standing = activity.invitations.standing().filter(person__isnull=False)
        taken = set(standing.values_list("person_id", flat=True))
        people = list(people)
        fresh = [each for each in people if each.pk not in taken]
        names = Counter(" ".join(each.name.casefold().split()) for each in fresh)
        alike = {each.name for each in fresh if names[" ".join(each.name.casefold().split())] > 1}
        return cls(fresh, [each for each in people if each.pk in taken], sorted(alike))

    @property
    def keys(self) -> str:
        """Who was shown, so that nobody is invited who was not."""
        return ",".join(str(each.pk) for each in self.fresh)


def read_keys(text: str) -> list[int]:
    """The keys in such a text; what is none is left out."""
    return [int(each) for each in text.split(",") if each.isascii() and each.isdigit() and len(each) < 13]
