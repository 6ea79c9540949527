"""A training as a public sheet (*lembar pelatihan*): what anybody may read of it and another village may copy.

No people stand in it; who led comes as organisations alone.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from attendance.models import Training
from partisipasi.db import current_village, every_village, village_scope
from partisipasi.village.models import Host

VERSION = 1
_PATH = re.compile(r"/pelatihan/(\d{1,12})/")


def sheet_of(training: Training) -> dict[str, Any]:
    """The sheet as JSON writes it; every address in it is absolute."""
    village, activity = current_village(), training.activity
    leaders = training.leaders.exclude(organisation="").order_by("order", "pk")
    return {
        "version": VERSION,
        "address": village.url(training.get_absolute_url()),
        "village": village.full_name,
        "title": activity.title,
        "agenda": activity.agenda,
        "goals": training.goals,
        "hours": training.hours,
        "sessions": activity.sessions.count(),
        "sessions_needed": training.sessions_needed,
        "competences": [each.name for each in training.competences.all()],
        "materials": [
            {"title": each.title, "address": _absolute(each.get_absolute_url())}
            for each in training.materials.select_related("file")
        ],
        "organisations": list(dict.fromkeys(each.organisation for each in leaders)),
        "next": _next_step(training),
    }


def sheet_at(address: str) -> dict[str, Any] | None:
    """The sheet of the shared training whose page another village of this installation has at `address`.

    Nothing is fetched: the address only names a row.
    """
    try:
        asked = urlsplit(address.strip())
        host = asked.hostname or ""
    except ValueError:
        return None
    found = _PATH.match(asked.path)
    named = Host.objects.filter(name=host).select_related("village").first()
    if not found or not named or named.village == current_village():
        return None
    with village_scope(named.village):
        training = Training.objects.shared().filter(activity=int(found[1])).select_related("activity").first()
        return sheet_of(training) if training else None


def offered(most: int, title: str = "") -> list[dict[str, str]]:
    """What other villages of the installation share, newest first, with whose it is and where it stands."""
    with every_village():
        others = Training.objects.shared().exclude(village=current_village())
        chosen = others.filter(activity__title__icontains=title).select_related("activity", "village")
        return [
            {
                "title": each.activity.title,
                "village": each.village.full_name,
                "address": each.village.url(each.get_absolute_url()),
            }
            for each in chosen.order_by("-activity__announced_at", "-pk")[:most]
        ]


def _absolute(address: str) -> str:
    return current_village().url(address) if address.startswith("/") else address


def _next_step(training: Training) -> str:
    if training.next_competence:
        return training.next_competence.name
    return training.next_training.activity.title[:80] if training.next_training else ""
