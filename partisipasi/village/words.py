"""How Indonesian writes days, times, numbers and money, in figures and in words. No Django in it.

Spelling is EYD V: `Jumat`, a dot in times (`09.00`), dots between thousands and a comma before decimals
(`Rp1.250.000,50`), an en dash between the ends of a span (`09.00–11.30`).
"""

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


def day_name(day: date) -> str:
    return DAYS[day.weekday()]


def month_name(month: int) -> str:
    """The name of month 1 to 12; ValueError for any other."""
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}.")
    return MONTHS[month - 1]


def long_date(day: date) -> str:
    """`22 Desember 2023`"""
    return f"{day.day} {month_name(day.month)} {day.year}"


def full_date(day: date) -> str:
    """`Jumat, 22 Desember 2023`"""
    return f"{day_name(day)}, {long_date(day)}"


def date_span(first: date, last: date) -> str:
    """The days of a gathering, saying nothing twice: `Jumat–Minggu, 22–24 Desember 2023`."""
    if first > last:
        raise ValueError("A span of days ends before it begins.")
    if first == last:
        return full_date(first)
    days = f"{day_name(first)}–{day_name(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{days}, {first.day}–{long_date(last)}"
    if first.year == last.year:
        return f"{days}, {first.day} {month_name(first.month)}–{long_date(last)}"
    return f"{days}, {long_date(first)}–{long_date(last)}"


def clock_time(moment: datetime | time) -> str:
    """`09.00`, in whatever zone `moment` is given: convert to the village's zone before."""
    return f"{moment.hour:02}.{moment.minute:02}"


def zone_word(zone: tzinfo | str) -> str:
    """WIB, WITA or WIT; for a zone outside Indonesia its offset, as in `UTC+02.00`.

    Indonesia knows no summer time, so any day tells the offset.
    """
    if isinstance(zone, str):
        zone = ZoneInfo(zone)
    offset = datetime(2023, 12, 22, tzinfo=zone).utcoffset() or timedelta()
    if offset in _ZONES:
        return _ZONES[offset]
    minutes = round(offset.total_seconds() / 60)
    sign = "+" if minutes >= 0 else "-"
    return f"UTC{sign}{abs(minutes) // 60:02}.{abs(minutes) % 60:02}"


def clock_span(start: datetime | time, end: datetime | time | None, zone: tzinfo | str) -> str:
    """`09.00–11.30 WIB`, or `09.00 WIB s.d. selesai` for a gathering without a set end."""
    if end is None:
        return f"{clock_time(start)} {zone_word(zone)} s.d. selesai"
    return f"{clock_time(start)}–{clock_time(end)} {zone_word(zone)}"


def full_moment(moment: datetime, zone: tzinfo) -> str:
    """`Jumat, 22 Desember 2023 pukul 09.00 WIB`"""
    here = moment.astimezone(zone)
    return f"{full_date(here.date())} pukul {clock_time(here)} {zone_word(zone)}"


def in_words(number: int) -> str:
    """A whole number as it is spoken: `dua ribu dua puluh tiga`."""
    from num2words import num2words  # fifty languages; only papers need one of them

    return num2words(number, lang="id")


def date_in_words(day: date) -> str:
    """As a berita acara spells it: `Jumat tanggal dua puluh dua bulan Desember tahun dua ribu`."""
    return (
        f"{day_name(day)} tanggal {in_words(day.day)} "
        f"bulan {month_name(day.month)} tahun {in_words(day.year)}"
    )


def figures(number: int | Decimal) -> str:
    """A number with dots between thousands and a comma before decimals: `1.250`, `0,75`."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def rupiah(amount: int | Decimal, *, sen: bool = False) -> str:
    """`Rp1.250.000`; with `sen`, or where the amount is not whole, `Rp1.250.000,50`."""
    exact = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = not sen and exact == exact.to_integral_value()
    sign = "-" if exact < 0 else ""
    return f"{sign}Rp{figures(abs(int(exact)) if whole else abs(exact))}"


def share(part: int | Decimal, whole: int | Decimal) -> str:
    """`17,1%`: how much of `whole` is `part`, to a tenth; 0 of nothing."""
    percent = Decimal(part) * 100 / Decimal(whole) if whole else Decimal(0)
    return f"{figures(percent.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP))}%"


_SIZES = ((Decimal(10**12), "triliun"), (Decimal(10**9), "miliar"), (Decimal(10**6), "juta"))


def rupiah_short(amount: int | Decimal) -> str:
    """As people say it: `Rp1,41 miliar`, `Rp958 juta`, `Rp750.000`; rounded to three digits."""
    exact = Decimal(amount)
    for size, word in _SIZES:
        if abs(exact) >= size:
            part = exact / size
            places = Decimal(10) ** (part.adjusted() - 2) if part.adjusted() < 2 else Decimal(1)
            rounded = part.quantize(places, rounding=ROUND_HALF_UP)
            sign = "-" if rounded < 0 else ""
            return f"{sign}Rp{figures(abs(rounded))} {word}"
    return rupiah(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def rupiah_in_words(amount: int | Decimal) -> str:
    """As a receipt spells it: `seribu lima ratus rupiah`, with `dua puluh lima sen` where there are any."""
    exact = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole, sen = divmod(abs(int(exact * 100)), 100)
    spoken = f"{in_words(whole)} rupiah" + (f" {in_words(sen)} sen" if sen else "")
    return f"minus {spoken}" if exact < 0 else spoken
