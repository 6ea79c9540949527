"""The codes on the hall's screen: who reads one is in the hall, or was half a minute ago.

A code follows from the session and the half minute under a key that is not in the database; nothing is kept of it.
The QR code carries sixteen signs, which nobody guesses. Six of them can be typed by whoever has no camera; those are
guessable by many tries, so that wrong ones are counted (`attendance.views.phone`).
"""

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partisipasi import clock
from partisipasi.residents import codes

if TYPE_CHECKING:
    from attendance.models import Session

SECONDS = 30
"""How long a code stands on the screen."""

GRACE = 1
"""How many codes before the present one still open the list: cameras and networks are slow."""

FORGOTTEN = 20
"""How many codes back one is told that it is too old, not that it is wrong: ten minutes."""

LENGTH, SHORT = 16, 6


@dataclass(frozen=True)
class Code:
    """What the screen shows now."""

    long: str
    seconds_left: int

    @property
    def written(self) -> str:
        """The signs to type: "K7M-2QX"."""
        return codes.written(self.long[:SHORT])


def shown(session: "Session") -> Code:
    moment = clock.now().timestamp()
    return Code(_code(session, int(moment) // SECONDS), SECONDS - int(moment) % SECONDS)


def age_of(session: "Session", code: str) -> int | None:
    """How many codes ago this one, long or short, stood on the session's screen; None if not in the last minutes."""
    now = int(clock.now().timestamp()) // SECONDS
    ages = [
        age
        for age in range(FORGOTTEN + 1)
        if hmac.compare_digest(_code(session, now - age)[: len(code)].encode(), code.encode())
    ]
    return ages[0] if ages and len(code) in {LENGTH, SHORT} else None


def typed(text: str) -> str:
    """The signs in what somebody typed or scanned, however large and with whatever between."""
    return "".join(each for each in text.upper() if each.isalnum())[: LENGTH + 1]


def _code(session: "Session", step: int) -> str:
    return codes.derived(f"phone-check-in:{session.village_id}:{session.pk}:{step}", LENGTH)
