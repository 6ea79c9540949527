"""Who registered, as a table for officials: on the screen, on paper, as CSV and as a spreadsheet."""

import io
from collections.abc import Iterator

from django.utils import timezone

from attendance.models import Activity, places_of
from partisipasi import spreadsheet
from partisipasi.village.words import clock_time, long_date

HEADINGS = ("Nomor", "Nama", "Asal", "Keadaan", "Cara mendaftar", "Mendaftar pada")
_WIDTHS = (8, 32, 32, 20, 16, 24)


def lines_of(activity: Activity) -> Iterator[tuple[str, ...]]:
    """One line for each who stands on the list, in the order of coming."""
    standing = activity.registrations.standing().in_order().select_related("person__region")
    for number, (registration, place) in enumerate(places_of(standing), start=1):
        at = timezone.localtime(registration.registered_at)
        yield (
            str(number),
            str(registration),
            registration.detail,
            f"Daftar tunggu nomor {place}" if place else "Terdaftar",
            registration.get_how_display(),
            f"{long_date(at.date())} {clock_time(at)}",
        )


def as_csv(activity: Activity) -> bytes:
    return spreadsheet.as_csv([HEADINGS, *lines_of(activity)])


def as_xlsx(activity: Activity) -> bytes:
    """The same as XLSX; what people typed is text, never a formula."""
    import xlsxwriter  # web workers need it only here

    buffer = io.BytesIO()
    plainly = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, plainly) as book:
        page = book.add_worksheet("Pendaftar")
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            page.set_column(place, place, width, text)
            page.write_string(0, place, heading, bold)
        page.freeze_panes(1, 2)
        for row, line in enumerate(lines_of(activity), start=1):
            for place, cell in enumerate(line):
                page.write_string(row, place, cell, text)
    return buffer.getvalue()
