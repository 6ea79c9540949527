"""File names fit to be shown and saved, whatever somebody called the file."""

import re
import unicodedata

MAX_LENGTH = 100
# Separators, reserved characters of file systems, and what would start a tag or a quoted string.
_HARMFUL = re.compile(r'[/\\:*?"<>|;%\x00-\x1f\x7f]+')


def safe_name(name: str, extension: str) -> str:
    """`name` without folders, control and direction characters, and ending in the true `extension`."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    stem = _HARMFUL.sub(" ", plain)
    if stem.lower().endswith(extension):
        stem = stem[: -len(extension)]
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:MAX_LENGTH].strip(" .")
    return f"{stem or 'berkas'}{extension}"
