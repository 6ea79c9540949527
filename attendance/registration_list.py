"""Who registered, as a table for officials: on the screen, on paper, as CSV and as a spreadsheet."""

from collections.abc import Iterator

from django.utils import timezone

from attendance.models import Activity, places_of
from partisipasi import spreadsheet
from partisipasi.village.words import clock_time, long_date

HEADINGS = ("Nomor", "Nama", "Asal", "Wali", "Keadaan", "Cara mendaftar", "Mendaftar pada")
_WIDTHS = (8, 32, 32, 24, 20, 16, 24)


def lines_of(activity: Activity) -> Iterator[tuple[str, ...]]:
    """One line for each who stands on the list, in the order of coming."""
    standing = activity.registrations.standing().in_order().select_related("person__region")
    for number, (registration, place) in enumerate(places_of(standing), start=1):
        at = timezone.localtime(registration.registered_at)
        yield (
            str(number),
            str(registration),
            registration.detail,
            registration.guardian_words,
            f"Daftar tunggu nomor {place}" if place else "Terdaftar",
            registration.get_how_display(),
            f"{long_date(at.date())} {clock_time(at)}",
        )


def as_csv(activity: Activity) -> bytes:
    return spreadsheet.as_csv([HEADINGS, *lines_of(activity)])


def as_xlsx(activity: Activity) -> bytes:
    return spreadsheet.as_xlsx("Pendaftar", HEADINGS, lines_of(activity), widths=_WIDTHS)
