"""What closing does to the lists: numbers for the lines, and the text whose digest the ledger keeps."""

import json
from typing import TYPE_CHECKING, Any

from attendance.tally import Tally

if TYPE_CHECKING:
    from .activity import Activity

_COMMITTED = (
    "number",
    "name",
    "sex",
    "unsur__name",
    "address",
    "institution",
    "is_stand_in",
    "invitation_id",
)


def number_lists(activity: "Activity") -> None:
    """Give each line of each session its number, in the order in which people came."""
    for session in activity.sessions.in_order():
        rows = list(session.attendances.present().in_order())
        for number, row in enumerate(rows, start=1):
            row.number = number
        session.attendances.bulk_update(rows, ["number"], batch_size=500)


def keep_counts(activity: "Activity") -> list[dict[str, Any]]:
    """Let each session keep what its list counts now, and return it for the ledger."""
    facts = []
    for session in activity.sessions.in_order():
        tally = Tally.count(session)
        session.counts = tally.as_facts()
        session.save(update_fields=["counts"])
        quorum = tally.quorum.as_facts() if tally.quorum else {}
        facts.append({"session": session.pk, **session.counts, **quorum})
    return facts


def forget_numbers(activity: "Activity") -> None:
    activity.sessions.update(counts=None)
    for session in activity.sessions.all():
        session.attendances.update(number=None)


def list_for_digest(activity: "Activity") -> str:
    """The closed lists as text, always the same for the same lists: what the ledger's digest is made of."""
    lists = [
        list(session.attendances.present().order_by("number").values_list(*_COMMITTED))
        for session in activity.sessions.in_order()
    ]
    return json.dumps(lists, ensure_ascii=False, separators=(",", ":"))
