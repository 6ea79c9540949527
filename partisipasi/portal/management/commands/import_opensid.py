import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Appointment, Role, User
from partisipasi.village.management.commands import villages_named
from partisipasi.village.models import Village


class Command(BaseCommand):
    """Take over a village's content from the MySQL dump of its OpenSID, and say as JSON what became of each part."""

    help = (
        "Mengambil isi situs OpenSID dari dump MySQL-nya. Dapat diulang: yang sudah diambil tidak digandakan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="DUMP", help="DUMP.sql atau DUMP.sql.gz")
        parser.add_argument(
            "--village", metavar="DOMAIN", help="nama domain desa; bila tidak ditulis, desa pertama"
        )
        parser.add_argument(
            "--files", type=Path, metavar="FOLDER", help="folder desa/ dari OpenSID, bila ada"
        )
        parser.add_argument("--by", metavar="AKUN", help="atas nama akun ini; bila tidak ditulis, Admin Desa")

    def handle(
        self,
        *args: Any,
        file: Path,
        village: str | None,
        files: Path | None,
        by: str | None,
        **_: Any,
    ) -> None:
        ours = villages_named(village).first()
        if not ours:
            raise CommandError("Belum ada desa. Buat dahulu dengan manage.py found_village.")
        if files and not files.is_dir():
            raise CommandError(f"Folder {files} tidak ada.")
        report = _taken_over(ours, file, files, by)
        self.stdout.write(json.dumps(report, indent=1, ensure_ascii=False))


def _taken_over(ours: Village, file: Path, files: Path | None, by: str | None) -> dict[str, Any]:
    # Only this command reads dumps, and only it needs the parser.
    from partisipasi.portal.opensid.dump import NotADump
    from partisipasi.portal.opensid.takeover import take_over

    with village_scope(ours):
        account = _account(by)
        try:
            return take_over(file, by=account, files=files).as_json()
        except OSError as missing:
            raise CommandError(f"Berkas {file} tidak dapat dibuka.") from missing
        except (NotADump, ValidationError) as refusal:
            words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            raise CommandError(" ".join(words)) from refusal


def _account(username: str | None) -> User:
    """The one named, or who holds the office of Admin Desa now. Raises CommandError."""
    if username:
        found = User.objects.filter(username=username, is_active=True).first()
    else:
        admins = Appointment.objects.current(clock.today()).filter(
            role=Role.ADMIN, person__user__is_active=True
        )
        held = admins.select_related("person__user").order_by("from_on", "pk").first()
        found = held.person.user if held else None
    if not found:
        raise CommandError("Tulis --by AKUN: tidak ada akun atas nama siapa isi ini diambil.")
    return found
