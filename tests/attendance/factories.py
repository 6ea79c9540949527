"""Activities for tests: announced, with one session that began this morning, unless a test says otherwise."""

from datetime import timedelta
from itertools import count
from typing import Any

from attendance.models import Activity, ActivityKind, Attendance, Guest, Invitation
from partisipasi import clock
from partisipasi.residents.models import User
from tests import factories

_numbers = count(1)


def make_kind(**fields: Any) -> ActivityKind:
    number = next(_numbers)
    return ActivityKind.objects.create(**{"code": f"jenis-{number}", "name": f"Jenis {number}"} | fields)


def make_activity(*, starts_at=None, ends_at=None, announced: bool = True, **fields: Any) -> Activity:
    defaults: dict[str, Any] = {
        "title": f"Musyawarah Nomor {next(_numbers)}",
        "venue": "Balai Desa",
        "agenda": "Pembahasan RKP Desa",
    }
    if "kind" not in fields:
        defaults["kind"] = make_kind()
    activity = Activity.objects.create(**defaults | fields)
    activity.add_session(starts_at or clock.now() - timedelta(minutes=30), ends_at)
    if announced:
        activity.announce(factories.make_user())
    return activity


def make_invitation(activity: Activity, *, by: User | None = None, whom=None, **fields: Any) -> Invitation:
    return activity.invite(whom or factories.make_person(), by=by or factories.make_user(), **fields)


def make_attendance(activity: Activity, *, by: User | None = None, name: str = "", **fields) -> Attendance:
    """A walk-in on the list of the activity's first session."""
    session = activity.sessions.first()
    assert session
    guest = Guest(name=name or f"Tamu Nomor {next(_numbers)}", **fields)
    return session.check_in(guest, by=by or factories.make_user())
