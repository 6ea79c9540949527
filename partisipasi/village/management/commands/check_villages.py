from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partisipasi.village.boundaries import relations, strays
from partisipasi.village.words import figures


class Command(BaseCommand):
    """Join every relation between two rows of villages and find no pair of different villages."""

    help = "Memeriksa bahwa tidak ada baris yang menunjuk ke desa lain; keluar dengan kode 1 bila ada."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [str(stray) for stray in strays()]
        for stray in found:
            self.stdout.write(stray)
        if found:
            raise CommandError(f"{figures(len(found))} baris menunjuk ke luar desanya.")
        self.stdout.write(f"{figures(len(relations()))} hubungan diperiksa; semuanya tetap di desanya.")
