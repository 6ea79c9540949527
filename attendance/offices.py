"""What the page of an office tells of follow-ups: the open ones for which its holders answer."""

from collections.abc import Collection
from typing import Any

from partisipasi.residents.models import Person
from partisipasi.residents.offices import Hanging, hangs_on_office

from .models import FollowUp

AT_MOST = 10


@hangs_on_office("Tindak lanjut putusan musyawarah")
def open_follow_ups(holders: Collection[Person], user: Any) -> list[Hanging]:
    """Those due first come first; what is late says so."""
    found = FollowUp.objects.visible_to(user).open_with(*holders).with_all().order_by("due_on", "pk")
    return [_hanging(follow_up) for follow_up in found[:AT_MOST]]


def _hanging(follow_up: FollowUp) -> Hanging:
    late = follow_up.state_pill[1].lower() if follow_up.state == "terlambat" else ""
    facts = " · ".join(filter(None, (late, follow_up.facts_line)))
    return Hanging(follow_up.task, follow_up.get_absolute_url(), facts)
