from .appointment import Appointment, NotTheirsToAppoint, Role
from .body import Body, Membership
from .consent import Consent
from .erasure import Erasure
from .known_nik import KnownNik, NikNotTaken, name_mark
from .letter import VALID_FOR, AlreadySomebodyElse, CodeNotTaken, IssuedLetter, VerificationLetter
from .message_list import Message, MessageList, NobodyToTell
from .notice import Follow, Notice, NoticePreference
from .password_code import PasswordCode, PasswordCodeNotTaken
from .person import Person, Standing
from .sheet_import import SheetImport, SheetRefused
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
    "KnownNik",
    "Membership",
    "Message",
    "MessageList",
    "NikNotTaken",
    "NobodyToTell",
    "NotTheirsToAppoint",
    "Notice",
    "NoticePreference",
    "PasswordCode",
    "PasswordCodeNotTaken",
    "Person",
    "PhoneTaken",
    "Role",
    "SheetImport",
    "SheetRefused",
    "Standing",
    "Unsur",
    "User",
    "VerificationLetter",
    "name_mark",
]
