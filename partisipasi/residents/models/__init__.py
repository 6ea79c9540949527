from .appointment import Appointment, NotTheirsToAppoint, Role
from .body import Body, Membership
from .notice import Follow, Notice, NoticePreference
from .person import Person, Standing
from .unsur import Unsur
from .user import PhoneTaken, User

__all__ = [
    "Appointment",
    "Body",
    "Follow",
    "Membership",
    "NotTheirsToAppoint",
    "Notice",
    "NoticePreference",
    "Person",
    "PhoneTaken",
    "Role",
    "Standing",
    "Unsur",
    "User",
]
