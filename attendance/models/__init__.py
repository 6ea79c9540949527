from .activity import Activity, ActivityQuerySet
from .attendance import Attendance
from .attendee import Guest
from .evidence import Evidence
from .invitation import Invitation
from .kind import ActivityKind, KindSignatory, SheetColumn
from .phone import PhoneTicket, PhoneUsedUp, TicketExpired
from .refusals import ActivityCancelled, AlreadyPresent, CheckInClosed, CheckInNotOpen, Refusal, SeatTaken
from .session import Session

__all__ = [
    "Activity",
    "ActivityCancelled",
    "ActivityKind",
    "ActivityQuerySet",
    "AlreadyPresent",
    "Attendance",
    "CheckInClosed",
    "CheckInNotOpen",
    "Evidence",
    "Guest",
    "Invitation",
    "KindSignatory",
    "PhoneTicket",
    "PhoneUsedUp",
    "Refusal",
    "SeatTaken",
    "Session",
    "SheetColumn",
    "TicketExpired",
]
