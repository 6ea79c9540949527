from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from partisipasi import clock
from partisipasi.village.models import Village
from partisipasi.village.words import clock_time, full_date, zone_word


class Command(BaseCommand):
    """Show the clock; in the trial, move it for all of the portal's programs at once."""

    help = "Menampilkan jam portal, atau memindahkannya (hanya pada instalasi percobaan)."

    def add_arguments(self, parser: CommandParser) -> None:
        moves = parser.add_mutually_exclusive_group()
        moves.add_argument(
            "--at",
            metavar="2026-01-31T09:00",
            help="pindahkan jam ke waktu ini, menurut zona waktu desa pertama; dari sana jam berjalan terus",
        )
        moves.add_argument("--reset", action="store_true", help="kembalikan jam ke waktu sebenarnya")

    def handle(self, *args: Any, at: str | None = None, reset: bool = False, **options: Any) -> None:
        first = Village.objects.order_by("pk").first()
        zone = first.zone if first else timezone.get_default_timezone()
        if at or reset:
            if not settings.TRIAL:
                raise CommandError("Hanya jam instalasi percobaan yang dapat dipindahkan.")
            clock.move_trial(_moment(at, zone) if at else None)
        now = clock.now().astimezone(zone)
        self.stdout.write(f"{full_date(now.date())}, {clock_time(now)} {zone_word(zone)}")


def _moment(text: str, zone: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"Waktu {text} tidak dikenali. Tulis seperti 2026-01-31T09:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
