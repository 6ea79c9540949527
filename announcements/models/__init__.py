from .article import Article, ListStillOpen
from .attachment import Attachment
from .budget import Budget, BudgetLine, NotToBeTakenIn
from .category import Category
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
    "ListStillOpen",
    "NotToBeTakenIn",
    "Picture",
    "Reading",
    "ScheduleInPast",
]
