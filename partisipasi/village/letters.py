"""How a village writes the numbers of its letters, from a format that it sets itself."""

import re
from datetime import date
from string import Formatter

from django.core.exceptions import ValidationError

DEFAULT_FORMAT = "{klasifikasi}/{nomor:03}/{kode}/{bulan}/{tahun}"
PARTS = ("klasifikasi", "nomor", "kode", "bulan", "tahun")
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def validate_format(pattern: str) -> None:
    """Raises ValidationError for a format that does not work, reaches further than its parts, or repeats numbers."""
    try:
        parts = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        raise ValidationError("Tanda kurung kurawalnya tidak berpasangan.") from None
    for _, name, spec, conversion in parts:
        if name not in PARTS:
            raise ValidationError(f"Bagian {{{name}}} tidak dikenal.")
        if conversion or (spec and not (name == "nomor" and re.fullmatch(r"0[1-6]", spec))):
            raise ValidationError(
                f"Tulis bagian {{{name}}} tanpa tambahan; hanya {{nomor:03}} boleh berangka."
            )
    if not {"nomor", "tahun"} <= {name for _, name, _, _ in parts}:
        raise ValidationError("Format harus memuat {nomor} dan {tahun}, agar tidak ada nomor yang sama.")


def written(pattern: str, number: int, on: date, *, code: str = "", classification: str = "") -> str:
    """The number as `pattern` (valid) writes it; what is empty leaves no stroke behind: `140/007/DS-SKR/XII/2023`."""
    text = pattern.format(
        klasifikasi=classification,
        nomor=number,
        kode=code,
        bulan=ROMAN_MONTHS[on.month - 1],
        tahun=on.year,
    )
    return re.sub(r"/{2,}", "/", text).strip("/")
