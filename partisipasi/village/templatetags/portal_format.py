"""Days, times, money and numbers on pages, as `village.words` writes them, in the village's time zone."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from partisipasi.village import words

register = template.Library()

_KINDS = {
    "application/pdf": "PDF",
    "application/msword": "Dokumen Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Dokumen Word",
    "application/vnd.oasis.opendocument.text": "Dokumen teks",
    "application/vnd.ms-excel": "Lembar kerja Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Lembar kerja Excel",
    "application/vnd.oasis.opendocument.spreadsheet": "Lembar kerja",
    "text/csv": "Tabel CSV",
    "application/zip": "Berkas ZIP",
}
_FAMILIES = {"image": "Gambar", "video": "Video", "audio": "Suara", "text": "Teks"}


def _day(moment: date) -> date:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


@register.filter
def tanggal(moment: date | None) -> str:
    """`Jumat, 22 Desember 2023`; nothing for no day."""
    return words.full_date(_day(moment)) if moment else ""


@register.filter
def tanggal_pendek(moment: date | None) -> str:
    """`22 Desember 2023`, where the name of the day would only fill the line."""
    return words.long_date(_day(moment)) if moment else ""


@register.filter
def bulan_tahun(moment: date | None) -> str:
    """`Des 2023`, under a day's number in the margin of a list."""
    if not moment:
        return ""
    day = _day(moment)
    return f"{words.month_name(day.month)[:3]} {day.year}"


@register.filter
def jam(moment: datetime | None) -> str:
    """`09.00 WIB` in the village's own zone."""
    if not moment:
        return ""
    here = timezone.localtime(moment)
    return f"{words.clock_time(here)} {words.zone_word(timezone.get_current_timezone())}"


@register.filter
def rupiah(amount: int | Decimal | None) -> str:
    return "" if amount is None else words.rupiah(amount)


@register.filter
def bilangan(number: int | Decimal | None) -> str:
    return "" if number is None else words.figures(number)


@register.filter
def rupiah_singkat(amount: int | Decimal) -> str:
    """`Rp1,41 miliar`."""
    return words.rupiah_short(amount)


@register.filter
def persen(part: int | Decimal, whole: int | Decimal) -> int:
    """How many whole per cent of `whole` are `part`, rounded down; 0 of nothing."""
    return int(part * 100 // whole) if whole else 0


@register.filter
def ukuran(size: int | None) -> str:
    """A file's size as people say it: `850 kB`, `1,2 MB`."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} bita"
    if size < 999_500:
        return f"{round(size / 1000)} kB"
    return f"{words.figures((Decimal(size) / 1_000_000).quantize(Decimal('0.1')))} MB"


@register.filter
def jenis_berkas(media_type: str) -> str:
    """What a file of this media type is called on a page."""
    return _KINDS.get(media_type) or _FAMILIES.get(media_type.partition("/")[0], "Berkas")
