"""Making text fit for paper: what people type becomes lines that every printer can print."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields
from io import BytesIO

import segno

# Marks that turn the direction of what follows: a name must not be able to rewrite the line it stands in.
_TURNING_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# A zero-width space: an invisible place where a line may break.
BREAK = "\u200b"


def plain(text: object) -> str:
    """`text` on one line: composed, single spaces, no control characters, surrogates or turning marks."""
    composed = unicodedata.normalize("NFC", "".join(_printable(str(text))))
    return " ".join(composed.split())


def _printable(text: str) -> Iterable[str]:
    for character in text:
        if character.isspace():
            yield " "
        elif character not in _TURNING_MARKS and not _is_unprintable(character):
            yield character


def _is_unprintable(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or character == "\ufeff"
        or _is_no_character(character)
    )


def _is_no_character(character: str) -> bool:
    """Whether Unicode promises that this code point never stands for anything; XML refuses some of them."""
    point = ord(character)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def fitted(text: str, room: float, lines: int) -> str:
    """`text` for `lines` lines that are `room` wide, in units of the type size.

    What is too long ends in `…`. A word wider than a line gets invisible places to break: there are names
    without spaces, and people who lean on a key. Ordinary words stay whole.
    """
    return " ".join(_opened(word, room) for word in _shortened(text, room * lines).split(" "))


def _shortened(text: str, width: float) -> str:
    used = 0.0
    for place, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return text[:place].rstrip() + "…"
    return text


def _opened(word: str, room: float) -> str:
    if _width(word) <= room:
        return word
    parts = re.split(r"(?<=[/\-])", word)
    return BREAK.join(part if _width(part) <= room else BREAK.join(part) for part in parts)


def _width(word: str) -> float:
    return sum(_character_width(character) for character in word)


def _character_width(character: str) -> float:
    """How wide `character` is in the serif type, as a part of the type size."""
    if character in "iljtfrI.,:;'’()[]!|-":
        return 0.33
    if character in "mwM":
        return 0.85
    if character in "W@—…":
        return 1.0
    if character.isascii():
        return 0.5 if character.islower() or character.isdigit() else 0.67
    return 1.0


class Tidied:
    """A description whose texts are made plain as it is made."""

    def __post_init__(self) -> None:
        for part in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, part.name, _tidy(getattr(self, part.name)))


def _tidy(value: object) -> object:
    if type(value) is str:
        return plain(value)
    if isinstance(value, tuple) and value and all(type(line) is str for line in value):
        return tuple(plain(line) for line in value)
    if isinstance(value, Mapping):
        return {key: plain(text) if isinstance(text, str) else text for key, text in value.items()}
    return value


def qr_code(address: str) -> str:
    """The QR code of an address as SVG, without a border: papers leave their own."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def qr_image(address: str) -> str:
    """The same for a page: an address of an image that needs no request, white with a border for cameras."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=4, light="white")
