"""The *undangan* on paper (domain: 1.9): one page for each who is invited, or one letter with their list."""

from collections.abc import Iterator
from pathlib import Path

from attendance.invited_codes import answer_path
from attendance.models import Activity, Invitation, InvitationLetter
from attendance.roster import letterhead_of
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.printed import fitted, plain, qr_code
from partisipasi.residents.models import Appointment, Role
from partisipasi.typeset import typeset
from partisipasi.village.models import Village
from partisipasi.village.words import long_date

_TEMPLATE = Path(__file__).with_name("invitation_letters.typ")
_ROOM = 30
"""Width of a value beside its label, in units of the type size."""


def as_pdf(letter: InvitationLetter, *, is_list: bool) -> bytes:
    """The letter for each who is invited, or once with the list of them. Raises NotTypesettable."""
    activity, village = letter.activity, current_village()
    standing = activity.invitations.standing().by_name()
    invited = list(standing.select_related("person__region", "body__region", "unsur"))
    letterhead = letterhead_of(village)
    paper = {
        "authorities": list(letterhead.authorities),
        "village": letterhead.village,
        "full_name": plain(village.full_name),
        "address": list(letterhead.address_lines),
        "logo": list(letterhead.logo or b""),
        "number": plain(letter.number),
        "attached": f"1 (satu) daftar, {len(invited)} undangan" if is_list else "–",
        "dated": plain(f"{village.name}, {long_date(letter.dated)}"),
        "purpose": fitted(plain(activity.title), _ROOM, 4),
        "facts": [
            {"label": label, "value": fitted(plain(value), _ROOM, 3)} for label, value in _facts(activity)
        ],
        "signatory": _signatory(letter, village),
        "letters": [_list_letter()] if is_list else [_letter(each, village) for each in invited],
        "list": [_row(each) for each in invited] if is_list else [],
    }
    return typeset(_TEMPLATE, paper, at=clock.now())


def _facts(activity: Activity) -> Iterator[tuple[str, str]]:
    for session in activity.sessions.in_order():
        yield "Hari/Tanggal", session.day_text
        yield "Waktu", session.time_text
    yield "Tempat", activity.venue
    if activity.agenda:
        yield "Acara", activity.agenda


def _letter(invitation: Invitation, village: Village) -> dict[str, str]:
    address = village.url(answer_path(invitation))
    detail = invitation.representative if invitation.body_id else str(invitation.unsur or "")
    return {
        "name": fitted(plain(invitation), 20, 3),
        "detail": fitted(plain(detail), 20, 2),
        "qr": qr_code(address),
        "address": address.removeprefix("https://").removeprefix("http://"),
    }


def _list_letter() -> dict[str, str]:
    return {"name": "Bapak/Ibu/Saudara", "detail": "(daftar terlampir)", "qr": "", "address": ""}


def _row(invitation: Invitation) -> dict[str, str]:
    return {
        "name": fitted(plain(invitation), 18, 2),
        "detail": fitted(plain(invitation.detail), 22, 2),
    }


def _signatory(letter: InvitationLetter, village: Village) -> dict[str, str]:
    """BPD invites by its chair to what it holds; to all else the head of the village does."""
    by_bpd = "BPD" in letter.activity.organiser_text
    role = Role.BPD_CHAIR if by_bpd else Role.VILLAGE_HEAD
    found = Appointment.objects.current(letter.dated).filter(role=role).select_related("person")
    holder = next((each for each in found if not each.is_deputy), None)
    return {
        "role": plain(f"Ketua BPD {village.name}" if by_bpd else f"{village.head_word} {village.name}"),
        "name": fitted(plain(holder.person), 16, 2) if holder else "",
    }
