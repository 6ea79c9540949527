import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow

from .person import Person
from .user import User


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def note(self, person: Person | None, user: User | None) -> "Erasure":
        """Remember that these were forgotten; in the file beside the database too, once that is certain."""
        erasure = self.create(
            person_number=person.pk if person else None,
            person_since=person.created_at if person else None,
            account_number=user.pk if user else None,
            account_since=user.joined_at if user else None,
        )
        transaction.on_commit(erasure.write_down)
        return erasure


class Erasure(VillageRow):
    """Somebody was forgotten: numbers and moments of his rows, nothing that names him.

    A backup restored later brings him back; this list, also kept as a file beside the database, forgets him again
    (`manage.py reapply_erasures`). Numbers may be given anew after a restore: row and moment together are one person.
    """

    person_number = models.PositiveBigIntegerField("nomor orang", null=True)
    person_since = models.DateTimeField("orang dicatat pada", null=True)
    account_number = models.PositiveBigIntegerField("nomor akun", null=True)
    account_since = models.DateTimeField("akun dibuat pada", null=True)
    erased_at = models.DateTimeField("dihapus pada", default=clock.now)

    objects = ScopedManager(ErasureQuerySet)

    class Meta:
        verbose_name = "penghapusan"
        verbose_name_plural = "daftar penghapusan"
        ordering = ["erased_at", "pk"]

    def __str__(self) -> str:
        return f"{self.erased_at:%Y-%m-%d}"

    @staticmethod
    def path() -> Path:
        """The file that a restored database does not take back."""
        return settings.VAR / "penghapusan.jsonl"

    def told(self) -> dict[str, Any]:
        """The line of the file."""
        return {
            "village": self.village_id,
            "person": self.person_number,
            "person_since": _written(self.person_since),
            "account": self.account_number,
            "account_since": _written(self.account_since),
            "erased_at": _written(self.erased_at),
        }

    def write_down(self) -> None:
        self.path().parent.mkdir(parents=True, exist_ok=True)
        with self.path().open("a") as file:
            file.write(json.dumps(self.told()) + "\n")


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
