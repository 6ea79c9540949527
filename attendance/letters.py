"""The text by which the invited are called to an activity, ready for WhatsApp (`residents.audiences`)."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import Q

from attendance.invited_codes import answer_path
from partisipasi.db import current_village
from partisipasi.residents.audiences import Audience
from partisipasi.residents.models import Body, Person
from partisipasi.residents.models.message_list import LINK, NAME

from .models import Activity


def invited_to(user: Any, pk: int) -> Audience | None:
    """Those invited to an activity that this official prepares, and the text of the invitation."""
    within = Activity.objects.within_reach(user, "attendance.change_activity").select_related(
        "kind", "region"
    )
    activity = within.filter(pk=pk, cancelled_at__isnull=True).first()
    if activity is None:
        return None
    seats = activity.invitations.standing()
    return Audience(
        title=f"Undangan {activity}",
        text=invitation_text(activity),
        people=Person.objects.filter(pk__in=seats.filter(person__isnull=False).values("person")),
        bodies=Body.objects.filter(pk__in=seats.filter(body__isnull=False).values("body")),
        links=partial(_answer_links, activity),
    )


def _answer_links(
    activity: Activity, people: Collection[int], bodies: Collection[int]
) -> dict[tuple[str, int], str]:
    """The page on which each of these answers his invitation."""
    village = current_village()
    seats = activity.invitations.standing().filter(Q(person__in=people) | Q(body__in=bodies))
    return {
        ("person", seat.person_id) if seat.person_id else ("body", seat.body_id): village.url(
            answer_path(seat)
        )
        for seat in seats
    }


def invitation_text(activity: Activity) -> str:
    """The invitation as one writes it: greeting, what, when, where, about what, from whom."""
    village, sessions = current_village(), list(activity.sessions.in_order())
    facts = []
    for session in sessions:
        facts += [f"Hari/tanggal: {session.day_text}", f"Waktu: {session.time_text}"]
    facts.append(f"Tempat: {activity.venue}")
    if activity.agenda:
        facts.append(f"Acara: {activity.agenda}")
    parts = [
        f"Yth. Bapak/Ibu {NAME},",
        f"kami mengundang Bapak/Ibu menghadiri {activity}.",
        "\n".join(facts),
        f"Jawab undangan (hadir, berhalangan, atau diwakilkan): {LINK}",
        f"Selengkapnya: {village.url(activity.get_absolute_url())}" if activity.announced_at else "",
        activity.organiser_text or village.full_name,
    ]
    return "\n\n".join(filter(None, parts))
