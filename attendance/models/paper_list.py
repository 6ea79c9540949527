"""Typing in who signed on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from partisipasi.residents.models import Person, User

from .attendance import Attendance
from .attendee import Guest
from .invitation import Invitation
from .refusals import AlreadyPresent
from .registration import Registration
from .session import Session


@dataclass(frozen=True)
class PaperLine:
    """One signed line of a paper list, in the words of `Session.check_in`."""

    nonce: UUID
    who: Person | Guest | None = None
    invitation: Invitation | None = None
    stands_for: Invitation | None = None
    registration: Registration | None = None


@transaction.atomic
def type_in(session: Session, lines: Iterable[PaperLine], *, by: User) -> tuple[int, list[Attendance]]:
    """Record these lines as present on paper, all or none: how many are on the list by it, and who was there before.

    The same lines twice are recorded once and answered alike. Raises what Session.check_in raises, but for
    AlreadyPresent: whom a desk marked meanwhile keeps that line.
    """
    recorded, there_before = 0, []
    for line in lines:
        try:
            session.check_in(
                line.who,
                invitation=line.invitation,
                stands_for=line.stands_for,
                registration=line.registration,
                by=by,
                nonce=line.nonce,
                method=Attendance.Method.PAPER,
            )
            recorded += 1
        except AlreadyPresent as there:
            there_before.append(there.attendance)
    return recorded, there_before
