"""Codes that are printed or read out and typed by people: easy to read, hard to guess, hashed at rest."""

import hashlib
import hmac
import secrets

from django.conf import settings

# Without 0 and O, 1, I and L, which look alike on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 9
"""Nine of 31 signs are 44 bits."""

_GROUP = 3


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def derived(message: str, length: int) -> str:
    """Signs that follow from `message` under the installation's key: the same each time, and kept nowhere."""
    number = int.from_bytes(hmac.new(settings.DATA_KEY, message.encode(), hashlib.sha256).digest())
    signs = ""
    while len(signs) < length:
        number, place = divmod(number, len(ALPHABET))
        signs += ALPHABET[place]
    return signs


def written(code: str) -> str:
    """As it stands on paper: "K7M-2QX-9RD"."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def typed(text: str) -> str:
    """The code in what somebody typed, however large and with whatever between; "" where it can be none."""
    code = "".join(each for each in text.upper() if each.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def fingerprint(code: str, village_pk: int, purpose: str) -> str:
    """What is kept of a code. A code is looked for by this alone, so that no answer's time tells a part of it."""
    message = f"{purpose}:{village_pk}:{code}".encode()
    return hmac.new(settings.DATA_KEY, message, hashlib.sha256).hexdigest()
