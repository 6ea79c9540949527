"""Amounts of money as people type them, into forms and tables."""

import re
from decimal import Decimal, InvalidOperation

CENT = Decimal("0.01")
LIMIT = Decimal(10) ** 14
"""No village has a hundred trillion rupiah; what is longer is a slip of the hand."""

_NOISE = Decimal("0.001")
"""What a formula's number may be off: spreadsheets reckon in binary fractions."""


class NoAmount(ValueError):
    """The cell holds something, and no amount."""


def amount_of(cell: str | int | float) -> Decimal | None:
    """The rupiah of a cell, to the sen; None where it is empty.

    Knows "Rp 1.250.000,50", "1 250 000", "1,250,000.50" and "1.000,-"; "(1.000)" and "-5" for less than nothing, and a
    lone dash for nothing. Raises NoAmount for other text, parts of a sen, and LIMIT or more.
    """
    if isinstance(cell, int | float):
        return _whole_sen(Decimal(repr(cell)), noise=_NOISE)
    text = " ".join(re.sub(r"\bidr\b|rp\.?", " ", cell, flags=re.IGNORECASE).split())
    if not text:
        return None
    if text in {"-", "–", "—"}:
        return Decimal(0)
    less = text.startswith("(") and text.endswith(")")
    digits = re.sub(r",\s?[-–—]+$", "", text.strip("()").strip())
    if digits[:1] in {"-", "–", "−"}:
        less, digits = not less, digits[1:].strip()
    try:
        amount = _whole_sen(Decimal(_plain(digits)))
    except InvalidOperation as wrong:
        raise NoAmount(cell) from wrong
    return -amount if less else amount


def _whole_sen(amount: Decimal, noise: Decimal = Decimal(0)) -> Decimal:
    if not abs(amount) < LIMIT:
        raise NoAmount(str(amount))
    rounded = amount.quantize(CENT)
    if abs(rounded - amount) > noise:
        raise NoAmount(str(amount))
    return rounded


def _plain(digits: str) -> str:
    """With a point before the sen, and nothing between the thousands. Raises NoAmount where neither way can be."""
    for thousands, decimals in ((".", ","), (",", "."), (" ", ",")):
        grouped = rf"[1-9]\d{{0,2}}(?:\{thousands}\d{{3}})+(?:\{decimals}\d{{1,2}})?"
        bare = rf"\d+(?:\{decimals}\d{{1,2}})?"
        if re.fullmatch(grouped, digits) or re.fullmatch(bare, digits):
            return digits.replace(thousands, "").replace(decimals, ".")
    raise NoAmount(digits)
