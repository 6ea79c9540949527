import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from partisipasi.db import every_village, village_scope
from partisipasi.residents.models import Erasure, Person, User
from partisipasi.residents.privacy import GONE, erase
from partisipasi.village.models import Village
from partisipasi.village.words import figures


class Command(BaseCommand):
    """After a backup was restored: forget again whoever was forgotten since it was made.

    Reads the list of erasures beside the database, and the one in it. Whoever is forgotten already stays so.
    """

    help = "Menghapus kembali data orang yang sudah dihapus sesudah cadangan dibuat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="daftar penghapusan; biasanya var/penghapusan.jsonl"
        )

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        done = sum(self._forget_again(told) for told in self._told(file))
        self.stdout.write(f"{figures(done)} penghapusan diterapkan kembali.")

    def _told(self, file: Path | None) -> Iterator[dict[str, Any]]:
        path = file or Erasure.path()
        if file and not file.exists():
            raise CommandError(f"Berkas {file} tidak ada.")
        if path.exists():
            with path.open() as lines:
                # Read to its end first: forgetting again adds lines.
                yield from [json.loads(line) for line in lines if line.strip()]
        with every_village():
            kept = list(Erasure.objects.all())
        yield from (erasure.told() for erasure in kept)

    def _forget_again(self, told: dict[str, Any]) -> bool:
        village = Village.objects.filter(pk=told["village"]).first()
        if village is None:
            return False
        with village_scope(village):
            someone = _person(told) or _account(told)
            if someone:
                erase(someone)
        return bool(someone)


def _person(told: dict[str, Any]) -> Person | None:
    """The same person, and none who got the number later."""
    same = {"pk": told["person"], "created_at": parse_datetime(told["person_since"] or "")}
    return Person.objects.filter(**same).exclude(name=GONE).first() if told["person"] else None


def _account(told: dict[str, Any]) -> User | None:
    same = {"pk": told["account"], "joined_at": parse_datetime(told["account_since"] or "")}
    return User.objects.filter(**same).exclude(username=f"terhapus-{told['account']}").first()
