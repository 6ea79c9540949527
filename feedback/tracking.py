"""Tracking codes and PINs: what a reporter, with or without an account, holds in the hand to find the report again.

A code has fifty random bits in an alphabet without letters that look alike, so that it can be read out on the phone:
`SEN-7KQ4M-2XPR9`. It names the report; the PIN opens it. The PIN follows from the form's nonce under a key that is not
in the database, so that a form sent twice shows the same one, and only its HMAC is kept.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from uuid import UUID

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
PIN_DIGITS = 6
CODE = r"[A-Z]{3}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}"

_LOOK_ALIKE = str.maketrans("OIL", "011")


def prefix_of(village_name: str) -> str:
    """Three letters by which people know whose code it is."""
    plain = unicodedata.normalize("NFKD", village_name).upper()
    letters = re.sub(r"[^A-Z]", "", plain)
    return letters[:3].ljust(3, "X")


def new_code(village_name: str) -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix_of(village_name)}-{drawn[:5]}-{drawn[5:]}"


def normalise(typed: str, village_name: str) -> str:
    """The code that somebody meant: small letters, spaces, O for 0 and a missing prefix are forgiven.

    What cannot be a code comes back as one that no report has.
    """
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    body = letters[-LENGTH:].translate(_LOOK_ALIKE)
    prefix = letters[:-LENGTH][:3] or prefix_of(village_name)
    return f"{prefix}-{body[:5]}-{body[5:]}"[:20]


def pin_of(nonce: UUID) -> str:
    """The PIN of the report that was sent with this nonce."""
    digest = _mac("pin", nonce)
    return f"{int(digest, 16) % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def pin_fingerprint(village_pk: int, code: str, pin: str) -> str:
    """What is kept of a PIN."""
    return _mac("pin-kept", village_pk, code, pin)


def subject_of(village_pk: int, code: str) -> str:
    """By what failed tries are counted: the same work for a code that exists and for one that does not."""
    return _mac("tried", village_pk, code)


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)


def _mac(*parts: object) -> str:
    return hmac.new(settings.DATA_KEY, ":".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()
