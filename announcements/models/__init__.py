from .article import Article
from .attachment import Attachment
from .category import Category
from .picture import Picture
from .publication import ScheduleInPast
from .reading import DayKey, Reading

__all__ = ["Article", "Attachment", "Category", "DayKey", "Picture", "Reading", "ScheduleInPast"]
