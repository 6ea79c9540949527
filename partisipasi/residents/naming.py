"""Whether two ways of writing a name mean the same person."""

import re
import unicodedata
from difflib import SequenceMatcher

_BEFORE = {"H", "HJ", "DR", "DRS", "DRA", "IR", "KH", "PROF", "TGK", "USTADZ", "BAPAK", "IBU", "SDR", "ALM"}
_ALIKE = 0.85


def plain_name(text: str) -> str:
    """`text` as capitals without titles, marks and spaces: "H. Moh. Sa'id, S.Pd." and "MOH SAID" are one."""
    bare = unicodedata.normalize("NFKD", text.partition(",")[0].upper())
    bare = re.sub(r"['’`´ʼ]", "", bare)
    words = re.findall(r"[^\W\d_]+", "".join(each for each in bare if not unicodedata.combining(each)))
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    return "".join(words)


def are_alike(one: str, other: str) -> bool:
    """Are these the same name but for a slip of the pen?"""
    first, second = plain_name(one), plain_name(other)
    return bool(first and second) and SequenceMatcher(None, first, second).ratio() >= _ALIKE
