"""Activities as iCalendar (RFC 5545), for the calendars that people carry with them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from attendance.models import Activity, Session
from partisipasi.db import current_village

if TYPE_CHECKING:
    from icalendar import Calendar, Event

REFRESH = timedelta(hours=1)
"""How often a subscribed calendar may ask again."""


def as_ics(sessions: Iterable[Session], *, origin: str, name: str = "") -> bytes:
    """One event for each sitting, in the village's time zone, whose rules come along.

    `sessions` have their activities; `origin` stands before each path. A `name` makes it a calendar to subscribe to.
    """
    from icalendar import Calendar  # 9 MB that only those workers need that are asked for it

    calendar = Calendar()
    calendar.add("prodid", "-//Partisipasi//Kegiatan desa//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", _plain(name))
        calendar.add("x-wr-timezone", str(current_village().zone))
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for session in sessions:
        calendar.add_component(_event(session, origin))
    return _with_zone(calendar)


def _event(session: Session, origin: str) -> "Event":
    from icalendar import Event

    activity = session.activity
    event = Event()
    event.add("uid", uid_of(session))
    event.add("dtstamp", changed_at(activity))
    event.add("last-modified", changed_at(activity))
    event.add("sequence", sequence_of(activity))
    event.add("status", "CANCELLED" if activity.cancelled_at else "CONFIRMED")
    event.add("summary", _plain(_summary(session)))
    event.add("dtstart", session.starts_local)
    if session.ends_at:
        event.add("dtend", timezone.localtime(session.ends_at, session.zone))
    event.add("location", _plain(", ".join(filter(None, (session.venue_text, str(activity.region or ""))))))
    event.add("description", _plain(_description(session)))
    event.add("categories", [_plain(activity.kind.name)])
    event.add("url", origin + activity.get_absolute_url())
    return event


def uid_of(session: Session) -> str:
    """Which event it is, for ever: neither a new time nor a new domain name changes it."""
    activity = session.activity
    made = activity.created_at.astimezone(UTC)
    return f"kegiatan-{activity.pk}-sesi-{session.pk}-{made:%Y%m%dT%H%M%SZ}@partisipasi"


def changed_at(activity: Activity) -> datetime:
    """When it was announced, moved or edited, called off or its list closed, whichever came last."""
    changes = (activity.announced_at, activity.moved_at, activity.cancelled_at, activity.closed_at)
    return max((moment for moment in changes if moment), default=activity.created_at)


def sequence_of(activity: Activity) -> int:
    """A number that grows with every new time, place or title: seconds from announcing to the last change."""
    changes = [moment for moment in (activity.moved_at, activity.cancelled_at) if moment]
    if not changes or not activity.announced_at:
        return 0
    return max(0, int((max(changes) - activity.announced_at).total_seconds()))


def _summary(session: Session) -> str:
    activity = session.activity
    title = f"{activity.title} ({session.name})" if session.name else activity.title
    return f"Dibatalkan: {title}" if activity.cancelled_at else title


def _description(session: Session) -> str:
    activity = session.activity
    lines = [
        f"Dibatalkan: {activity.cancelled_reason}" if activity.cancelled_at else "",
        *activity.change_lines[-1:],
        f"Waktu: {session.time_text}",
        f"Acara: {activity.agenda}" if activity.agenda else "",
        f"Penyelenggara: {activity.organiser_text}" if activity.organiser_text else "",
    ]
    return "\n".join(filter(None, lines))


def _plain(text: str) -> str:
    """Without control characters, which the format has no way to write; line breaks stay."""
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable() or letter == "\u200d")


def _with_zone(calendar: "Calendar") -> bytes:
    calendar.add_missing_timezones()
    return calendar.to_ical()
