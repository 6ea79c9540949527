from .article import Article, ListStillOpen
from .attachment import Attachment
from .budget import Budget, BudgetLine, NotToBeTakenIn
from .carrying_out import NotAsThingsStand
from .category import Category
from .document import NoFile, PublicDocument
from .document_version import DocumentVersion, LastVersion
from .exempt import ExemptInformation
from .gallery import GalleryPicture
from .law import LawChange, LawKind, LawState
from .page import MenuItem, Page
from .picture import Picture
from .project import Project
from .project_event import MILESTONES, Act, ProjectEvent, ProjectPhoto
from .project_queries import PROJECT_STATES
from .publication import ScheduleInPast
from .reading import DayKey, Reading
from .revision import Revision, RevisionFile

__all__ = [
    "MILESTONES",
    "PROJECT_STATES",
    "Act",
    "Article",
    "Attachment",
    "Budget",
    "BudgetLine",
    "Category",
    "DayKey",
    "DocumentVersion",
    "ExemptInformation",
    "GalleryPicture",
    "LastVersion",
    "LawChange",
    "LawKind",
    "LawState",
    "ListStillOpen",
    "MenuItem",
    "NoFile",
    "NotAsThingsStand",
    "NotToBeTakenIn",
    "Page",
    "Picture",
    "Project",
    "ProjectEvent",
    "ProjectPhoto",
    "PublicDocument",
    "Reading",
    "Revision",
    "RevisionFile",
    "ScheduleInPast",
]
