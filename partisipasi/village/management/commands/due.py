import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from partisipasi.village.models import Village
from partisipasi.village.rounds import make_round


class Command(BaseCommand):
    """Do what time alone makes due, in every village: run each minute, as often as one likes."""

    help = "Mengerjakan semua yang sudah waktunya di tiap desa: menerbitkan, menutup, mengingatkan, mencatat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", type=float, metavar="SECONDS", help="ulangi setiap sekian detik sampai dihentikan"
        )

    def handle(self, *args: Any, loop: float | None = None, verbosity: int = 1, **options: Any) -> None:
        self.verbosity = verbosity
        while True:
            make_round(self.report)
            if loop is None:
                return
            time.sleep(loop)
            close_old_connections()

    def report(self, village: Village, job: str, done: int) -> None:
        if self.verbosity:
            self.stdout.write(f"{village}: {job} {done}")
            self.stdout.flush()
