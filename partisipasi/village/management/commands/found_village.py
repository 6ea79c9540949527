from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partisipasi.village.models import Village


class Command(BaseCommand):
    """Make a village with its host names and its first lists: the first one, before which no page is reachable."""

    help = "Membuat desa baru beserta nama domainnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAMA", help="nama desa tanpa sebutannya, misalnya Sukaramah")
        parser.add_argument("--host", action="append", required=True, dest="hosts", metavar="DOMAIN")
        parser.add_argument("--district", required=True, metavar="KECAMATAN")
        parser.add_argument("--regency", required=True, metavar="KABUPATEN")
        parser.add_argument("--province", required=True, metavar="PROVINSI")
        parser.add_argument(
            "--code", default="", metavar="KODE", help="kode Kemendagri, misalnya 33.01.01.2001"
        )
        parser.add_argument("--time-zone", default=Village.Zone.WIB, choices=Village.Zone.values)

    def handle(self, *args: Any, hosts: list[str], **options: Any) -> None:
        fields = ("name", "district", "regency", "province", "code", "time_zone")
        try:
            village = Village.found(hosts=hosts, **{field: options[field] for field in fields})
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{village} sudah dibuat: {village.url()}")
