from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partisipasi.village.areas import FILES, SOURCE, BadRow, load
from partisipasi.village.words import figures

BAR = 30


class Command(BaseCommand):
    """Read the national list of areas from the CSV files of idn-area-data; again changes only what changed."""

    help = "Memuat daftar wilayah nasional (provinsi sampai desa) dari berkas CSV idn-area-data."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(file.name for file in FILES)
        parser.add_argument("folder", type=Path, help=f"folder berisi {names}")

    def handle(self, *args: Any, folder: Path, verbosity: int = 1, **options: Any) -> None:
        missing = [file.name for file in FILES if not (folder / file.name).is_file()]
        if missing:
            raise CommandError(f"Di {folder} tidak ada {', '.join(missing)}.")
        try:
            loaded = load(folder, self.progress if verbosity else lambda *place: None)
        except BadRow as error:
            raise CommandError(f"{error} Tidak ada yang dimuat.") from None
        self.stdout.write(
            f"Wilayah: {figures(loaded.added)} ditambah, {figures(loaded.changed)} diubah, "
            f"{figures(loaded.unchanged)} tetap."
        )
        if loaded.no_longer_listed:
            number = figures(loaded.no_longer_listed)
            self.stdout.write(f"{number} wilayah tidak ada lagi di daftar dan dibiarkan.")
        self.stdout.write(SOURCE)

    def progress(self, file: str, line: int, total: int) -> None:
        """A bar that grows in place on a terminal; elsewhere one line for each file."""
        done = line >= total
        if self.stderr.isatty():
            if done or line % max(total // 100, 1) == 0:
                bar = "█" * (BAR * line // max(total, 1))
                share = 100 * line // max(total, 1)
                # Progress is no error, so it is not written in an error's red.
                self.stderr.write(
                    f"\r{file:<14} {bar:<{BAR}} {share:3} %", style_func=str, ending="\n" if done else ""
                )
                self.stderr.flush()
        elif done:
            self.stderr.write(f"{file}: {figures(line - 1)} baris", style_func=str)
