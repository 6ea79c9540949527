"""How a gathering of the demo was put off: moved for a reason, or given up for want of a quorum and held again."""

from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from attendance.models import Postponement

from . import shapes

if TYPE_CHECKING:
    from .gatherings import Gathering


def plan(gathering: "Gathering", postponed: shapes.Postponement) -> None:
    """Put it into the gathering's story."""
    story = gathering.story
    if not postponed.seats:
        heard = story.moment(postponed.days_ago + 1, time(8, 15))
        story.happens(heard, partial(_move, gathering, postponed.reason))
        return
    begins = story.moment(postponed.days_ago, gathering.texts.sessions[0].starts)
    story.happens(begins, partial(_fill, gathering, postponed.seats))
    story.happens(begins + timedelta(minutes=5), partial(_adjourn, gathering))
    story.happens(begins + timedelta(hours=3, minutes=6), partial(_convene_again, gathering))


def _move(gathering: "Gathering", reason: str) -> None:
    session, nonce = gathering.activity.sessions.get(), gathering.story.nonce(gathering.texts.key, "pindah")
    starts, ends = gathering.hours(gathering.texts.sessions[0])
    how = {"venue": session.venue_text, "reason": reason, "by": gathering.by, "nonce": nonce}
    Postponement.objects.move(session, starts, ends, **how)
    gathering.activity.refresh_from_db()


def _fill(gathering: "Gathering", seats: int) -> None:
    sitting = gathering.activity.sessions.get()
    for place, invitation in enumerate(gathering.seats(-1)[:seats]):
        nonce = gathering.story.nonce(gathering.texts.key, "ditunda", place)
        sitting.check_in(invitation=invitation, by=gathering.by, nonce=nonce)


def _adjourn(gathering: "Gathering") -> None:
    session, nonce = gathering.activity.sessions.get(), gathering.story.nonce(gathering.texts.key, "skors")
    until = session.starts_at + timedelta(hours=3)
    Postponement.objects.adjourn(session, until, by=gathering.by, nonce=nonce)


def _convene_again(gathering: "Gathering") -> None:
    session, nonce = gathering.activity.sessions.get(), gathering.story.nonce(gathering.texts.key, "ulang")
    starts, ends = gathering.hours(gathering.texts.sessions[0])
    how = {"venue": session.venue_text, "by": gathering.by, "nonce": nonce}
    Postponement.objects.convene_again(session, starts, ends, **how)
    gathering.activity.refresh_from_db()
