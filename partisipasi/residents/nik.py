"""The NIK (*nomor induk kependudukan*), which is never kept: only an HMAC of it, to know it again."""

import hashlib
import hmac
import re

from django.conf import settings
from django.core.exceptions import ValidationError

SENTENCE = "NIK terdiri atas 16 angka, seperti tertulis pada KTP atau KK."


def normalise(text: str) -> str:
    """The 16 digits of `text`. Raises ValidationError, in Indonesian, for what cannot be a NIK.

    Six digits of region, then the birthday as DDMMYY, in which women add 40 to the day, then a serial number.
    """
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[1-9][0-9]{15}", digits):
        raise ValidationError(SENTENCE, code="nik")
    day, month = int(digits[6:8]), int(digits[8:10])
    possible = (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12 and digits[12:] != "0000"
    if not possible:
        raise ValidationError("Angka NIK ini tidak mungkin benar. Periksa lagi pada KTP atau KK.", code="nik")
    return digits


def fingerprint(text: str, village_pk: int) -> str:
    """The HMAC by which one village knows a NIK again; another village's differs, so that they cannot be joined."""
    message = f"nik:{village_pk}:{normalise(text)}".encode()
    return hmac.new(settings.DATA_KEY, message, hashlib.sha256).hexdigest()


def from_cell(cell: str | int | float) -> str:
    """The NIK in a spreadsheet's cell. Raises ValidationError, for numbers too: they lose the last of 16 digits."""
    if not isinstance(cell, str):
        raise ValidationError(
            "NIK tersimpan sebagai angka, sehingga angka terakhirnya dapat berubah. "
            "Jadikan kolom NIK teks, lalu periksa angkanya.",
            code="nik",
        )
    return normalise(cell.lstrip("'"))
