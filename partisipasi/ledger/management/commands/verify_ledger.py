from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partisipasi.db import village_scope
from partisipasi.ledger.verification import verify
from partisipasi.village.management.commands import villages_named
from partisipasi.village.models import Village
from partisipasi.village.words import figures


class Command(BaseCommand):
    """Recompute every village's chain: hashes, links, signatures, gaps, its end and its daily heads."""

    help = "Memeriksa catatan publik tiap desa; keluar dengan kode 1 bila ada yang tidak cocok."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--village", metavar="DOMAIN", help="hanya desa dengan nama domain ini")

    def handle(self, *args: Any, village: str | None = None, **options: Any) -> None:
        broken = [each for each in villages_named(village) if not self._is_whole(each)]
        if broken:
            raise CommandError(f"Catatan {figures(len(broken))} desa tidak utuh.")

    def _is_whole(self, village: Village) -> bool:
        with village_scope(village):
            verdict = verify()
        if verdict.is_whole:
            self.stdout.write(
                f"{village}: {figures(verdict.entries)} catatan utuh, sidik jari terakhir {verdict.head}"
            )
        if verdict.forgotten > 0:
            self.stdout.write(
                f"{village}: {figures(verdict.forgotten)} komitmen tidak dapat dicocokkan lagi, karena datanya dihapus "
                "menurut masa simpan atau atas permintaan"
            )
        for fault in verdict.faults:
            self.stdout.write(f"{village}: {fault}")
        return verdict.is_whole
