"""What the portal holds of a person: where it lies, what is handed out of it, and what erasure does to it.

Every model with a foreign key to User or Person is registered here by its room, at start-up (`privacy.py` of the
room, imported in `AppConfig.ready()`), once for each such key; a test finds those that are missing:

    register(Post, "author", export=["body", "created_at"], erase=lambda rows: rows.update(body="", author=None))
    register(Attendance, "person", export=["checked_in_at"], kept="Daftar Hadir disimpan sebagai arsip desa.")
    acted(Article, "published_by")

Erasure anonymises the rows Person and User themselves, so a key that stays leads to nobody.
"""

from .erasure import Kept, Plan, erase, kept_after_erasure, plan
from .export import Export, export, exported_files
from .registry import GONE, Concerned, Holding, acted, holdings, is_registered, register

__all__ = [
    "GONE",
    "Concerned",
    "Export",
    "Holding",
    "Kept",
    "Plan",
    "acted",
    "erase",
    "export",
    "exported_files",
    "holdings",
    "is_registered",
    "kept_after_erasure",
    "plan",
    "register",
]
