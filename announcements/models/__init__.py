from .article import Article, ListStillOpen
from .attachment import Attachment
from .category import Category
from .picture import Picture
from .publication import ScheduleInPast
from .reading import DayKey, Reading

__all__ = [
    "Article",
    "Attachment",
    "Category",
    "DayKey",
    "ListStillOpen",
    "Picture",
    "Reading",
    "ScheduleInPast",
]
