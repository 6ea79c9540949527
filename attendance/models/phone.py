from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from partisipasi import clock
from partisipasi.residents.models import Person, User

from .activity import Activity
from .attendance import Attendance
from .attendee import Guest
from .refusals import Refusal
from .session import Session

TICKET_LASTS = timedelta(minutes=10)
PEOPLE_A_PHONE = 2
PLACES = 6
"""How many rows one ticket can make, those that the desk took back included."""


class TicketExpired(Refusal):
    """The ten minutes are over; the code on the screen gives ten more."""

    sentence = "Waktu sepuluh menit sudah habis. Pindai lagi kode di layar, lalu kembali ke halaman ini dan kirim lagi."


class PhoneUsedUp(Refusal):
    """This phone has checked in as many as it may."""

    sentence = "Satu HP hanya dapat mencatat dua orang. Yang lain dicatat di meja presensi."


@dataclass(frozen=True)
class PhoneTicket:
    """What a phone got for a code on the screen: ten minutes to say who is there, however slow the network.

    It lives in the phone alone. Its rows are known by their nonces, which follow from it: the first place is its
    holder's, the next one somebody's of the household, so that a form sent twice is one row.
    """

    pk: UUID
    session: Session
    issued_at: datetime

    @classmethod
    def issue(cls, session: Session, before: "PhoneTicket | None" = None) -> "PhoneTicket":
        """A ticket for the session; a phone that has one keeps it and gets ten more minutes."""
        kept = before is not None and before.session.pk == session.pk
        return cls(before.pk if before and kept else uuid4(), session, clock.now())

    @property
    def is_valid(self) -> bool:
        return clock.now() < self.issued_at + TICKET_LASTS

    def nonce(self, place: int) -> UUID:
        return uuid5(self.pk, f"{self.session.pk}:{place}")

    @property
    def next_place(self) -> int:
        return len(self.rows()) + 1

    def rows(self) -> list[Attendance]:
        """What this phone recorded, in order, with what the desk took back."""
        nonces = [self.nonce(place) for place in range(1, PLACES + 1)]
        rows = {row.nonce: row for row in self.session.attendances.filter(nonce__in=nonces)}
        return [rows[nonce] for nonce in nonces if nonce in rows]

    @transaction.atomic
    def check_in(
        self, who: Person | Guest, *, place: int, by: User | None, for_household: bool = False
    ) -> Attendance:
        """Record who holds this phone, or, after that, one more of the household. The same place twice is once.

        Raises TicketExpired, PhoneUsedUp, and what Session.check_in raises.
        """
        Activity.objects.lock(self.session.activity_id)
        rows = self.rows()
        if place <= len(rows):
            return rows[place - 1]
        if not self.is_valid:
            raise TicketExpired
        present = [row for row in rows if row.undone_at is None]
        if len(present) >= PEOPLE_A_PHONE or len(rows) >= PLACES:
            raise PhoneUsedUp
        method = Attendance.Method.HOUSEHOLD if present or for_household else Attendance.Method.PHONE
        return self.session.check_in(who, by=by, nonce=self.nonce(len(rows) + 1), method=method)
