from .category import Category, CategoryQuerySet, Deadline
from .deadlines import FOLLOW_UP_DAYS, REPLY_DAYS, VERIFY_DAYS, Stage
from .event import Act, Audience, ReportEvent
from .photo import MOST_PHOTOS, ReportPhoto
from .receiving import FROM_ONE_ACCOUNT, Channel, Disclosure, Receipt
from .refusals import (
    NotAnswered,
    NotForThePublic,
    NotSettled,
    Refusal,
    ReportSettled,
    TooLateToReopen,
    TooManyMessages,
    TooManyReports,
    TooManyTries,
)
from .report import Report
from .report_queries import STATES
from .sending import PinTries, Sending

__all__ = [
    "FOLLOW_UP_DAYS",
    "FROM_ONE_ACCOUNT",
    "MOST_PHOTOS",
    "REPLY_DAYS",
    "STATES",
    "VERIFY_DAYS",
    "Act",
    "Audience",
    "Category",
    "CategoryQuerySet",
    "Channel",
    "Deadline",
    "Disclosure",
    "NotAnswered",
    "NotForThePublic",
    "NotSettled",
    "PinTries",
    "Receipt",
    "Refusal",
    "Report",
    "ReportEvent",
    "ReportPhoto",
    "ReportSettled",
    "Sending",
    "Stage",
    "TooLateToReopen",
    "TooManyMessages",
    "TooManyReports",
    "TooManyTries",
]
