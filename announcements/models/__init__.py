from .article import Article, ScheduleInPast
from .attachment import Attachment
from .category import Category
from .picture import Picture
from .reading import DayKey, Reading

__all__ = ["Article", "Attachment", "Category", "DayKey", "Picture", "Reading", "ScheduleInPast"]
