import csv
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partisipasi.db import village_scope
from partisipasi.residents.sheets.niks import listed_in
from partisipasi.village.management.commands import villages_named


class Command(BaseCommand):
    """Turn a list of NIKs and names into fingerprints, for who would rather not upload it.

    Runs where DATA_KEY is. What it prints is uploaded in admin like any other list, and tells nobody's NIK.
    """

    help = "Mengubah daftar NIK dan nama (XLSX, ODS, atau CSV) menjadi tanda, sebagai CSV ke keluaran."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS")
        parser.add_argument("--village", metavar="DOMAIN", required=True, help="nama domain desa")

    def handle(self, *args: Any, file: Path, village: str, **options: Any) -> None:
        upload = SimpleUploadedFile(file.name, file.read_bytes())
        [whose] = villages_named(village)
        try:
            with village_scope(whose):
                listed = listed_in(upload)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        writer = csv.writer(self.stdout or sys.stdout, lineterminator="\n")
        writer.writerow(["Tanda NIK", "Tanda nama"])
        writer.writerows(listed.items())
