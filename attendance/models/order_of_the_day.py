"""Order of the day and rules as officials type them: one to a line, in no need of a form for each."""

import re

_TIME = re.compile(
    r"(\d{1,2}[.:]\d{2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?)(?:\s*(?:WIB|WITA|WIT))?[\s.:,–-]+(?=\S)"
)
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[-–•*])\s+")


def lines_of(text: str) -> list[str]:
    """The lines that say something, without numbers or dashes typed before them: the page numbers them itself."""
    lines = (line.strip() for line in text.splitlines())
    return [_NUMBER.sub("", line, count=1) for line in lines if line and not _NUMBER.fullmatch(line + " ")]


def item_of(line: str) -> tuple[str, str]:
    """The time at the head of an item, or nothing, and the item: `09.00`, `Pembukaan`."""
    if told := _TIME.match(line):
        return told[1].replace(":", "."), line[told.end() :]
    return "", line
