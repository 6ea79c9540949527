"""Codes on paper that open one row each, without an account.

A code is drawn from the row's number by the installation's key, so that it is printed again the same and nothing of it
is kept. Who knows the numbers of rows knows no code.
"""

import hmac
import re
from typing import Any

from django.db import models

from partisipasi.residents import codes

LENGTH = 10
"""Ten of 31 signs are 49 bits."""

_SHAPE = re.compile(rf"(\d{{1,12}})-([{codes.ALPHABET}]{{{LENGTH}}})")


def code_of(row: Any, purpose: str) -> str:
    """As it stands in an address: "214-K7M2QX9RDB"."""
    return f"{row.pk}-{_signs(row, purpose)}"


def found_by[Row: models.Model](typed: str, purpose: str, rows: models.QuerySet[Row]) -> Row | None:
    """The one of these rows that the code opens; None where it opens none."""
    shape = _SHAPE.fullmatch(typed.strip().upper())
    if not shape:
        return None
    number, signs = shape.groups()
    row = rows.filter(pk=int(number)).first()
    return row if row and hmac.compare_digest(_signs(row, purpose), signs) else None


def _signs(row: Any, purpose: str) -> str:
    return codes.derived(f"{purpose}:{row.village_id}:{row.pk}", LENGTH)
