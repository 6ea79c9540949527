from .appointment import Appointment, NotTheirsToAppoint, Role
from .body import Body, Membership
from .consent import Consent
from .erasure import Erasure
from .letter import VALID_FOR, AlreadySomebodyElse, CodeNotTaken, IssuedLetter, VerificationLetter
from .notice import Follow, Notice, NoticePreference
from .person import Person, Standing
from .unsur import Unsur
from .user import PhoneTaken, User

__all__ = [
    "VALID_FOR",
    "AlreadySomebodyElse",
    "Appointment",
    "Body",
    "CodeNotTaken",
    "Consent",
    "Erasure",
    "Follow",
    "IssuedLetter",
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
    "VerificationLetter",
]
