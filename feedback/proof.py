"""Proof of work for senders without an account: a few seconds of a browser, a day of whoever sends thousands.

The form's script looks for a number that, behind the form's nonce, hashes to enough leading zero bits. A nonce counts
for one report, so no proof is used twice and the server need not remember what it asked.
"""

import hashlib
from uuid import UUID

BITS = 16
_LONGEST = 12


def holds(nonce: UUID, number: str) -> bool:
    """Did somebody work for this nonce?"""
    if not number.isascii() or not number.isdigit() or len(number) > _LONGEST:
        return False
    digest = hashlib.sha256(f"{nonce}:{number}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - BITS) == 0


def work(nonce: UUID) -> str:
    """The number that the form's script finds; for tests."""
    return next(str(number) for number in range(10**_LONGEST) if holds(nonce, str(number)))
