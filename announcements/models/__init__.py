from .article import Article, ListStillOpen
from .attachment import Attachment
from .budget import Budget, BudgetLine, NotToBeTakenIn
from .category import Category
from .document import NoFile, PublicDocument
from .document_version import DocumentVersion, LastVersion
from .exempt import ExemptInformation
from .law import LawChange, LawKind, LawState
from .picture import Picture
from .publication import ScheduleInPast
from .reading import DayKey, Reading

__all__ = [
    "Article",
    "Attachment",
    "Budget",
    "BudgetLine",
    "Category",
    "DayKey",
    "DocumentVersion",
    "ExemptInformation",
    "LastVersion",
    "LawChange",
    "LawKind",
    "LawState",
    "ListStillOpen",
    "NoFile",
    "NotToBeTakenIn",
    "Picture",
    "PublicDocument",
    "Reading",
    "ScheduleInPast",
]
