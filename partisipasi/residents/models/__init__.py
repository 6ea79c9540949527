from .appointment import Appointment, NotTheirsToAppoint, Role
from .body import Body, Membership
from .person import Person, Standing
from .unsur import Unsur
from .user import PhoneTaken, User

__all__ = [
    "Appointment",
    "Body",
    "Membership",
    "NotTheirsToAppoint",
    "Person",
    "PhoneTaken",
    "Role",
    "Standing",
    "Unsur",
    "User",
]
