from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partisipasi.db import village_scope
from partisipasi.village.management.commands import villages_named
from partisipasi.village.models import Holiday
from partisipasi.village.words import figures

FIRST_KNOWN, LAST_KNOWN = 1945, 2100


class Command(BaseCommand):
    """Add a year's national holidays and cuti bersama to every village's table; what is there stays."""

    help = (
        "Mengisi tabel hari libur tiap desa dengan libur nasional dan cuti bersama; yang sudah ada dibiarkan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("years", nargs="+", type=int, metavar="TAHUN")
        parser.add_argument("--village", metavar="DOMAIN", help="hanya desa dengan nama domain ini")

    def handle(self, *args: Any, years: list[int], village: str | None = None, **options: Any) -> None:
        if strange := [year for year in years if not FIRST_KNOWN <= year <= LAST_KNOWN]:
            raise CommandError(f"Hari libur tahun {strange[0]} tidak diketahui.")
        for each in villages_named(village):
            with village_scope(each):
                added = sum(Holiday.objects.fill(year) for year in years)
            self.stdout.write(f"{each}: {figures(added)} hari libur ditambah")
