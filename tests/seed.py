"""The article with which the project began, read where it lies and turned into what a clerk would paste."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.conf import settings

SHARED = Path(settings.BASE_DIR).parent / "shared"
PATH = SHARED / "seed" / "penguatan-partisipasi-masyarakat.txt"

_NUMBERED = re.compile(r"\d+\.\s+(.+)")
_BULLET = re.compile(r"•\s+(.+)")


@dataclass(frozen=True)
class Seed:
    """What the page said: its facts, its text as HTML, and the titles of its attachments."""

    title: str
    date: str
    author: str
    reads: int
    body: str
    points: list[str]
    attachments: list[str]


def read() -> Seed:
    title, *rest = [line.strip() for line in PATH.read_text().splitlines() if line.strip()]
    date, author, reads, again, *text = rest
    assert again == title
    start = text.index("Dokumen Lampiran")
    matched = [_BULLET.fullmatch(line) or _NUMBERED.fullmatch(line) for line in text[:start]]
    return Seed(
        title=title,
        date=date,
        author=author,
        reads=int(re.sub(r"\D", "", reads)),
        body=_as_html(text[:start]),
        points=[match[1] for match in matched if match],
        attachments=text[start + 1 :],
    )


def _as_html(lines: list[str]) -> str:
    """Paragraphs, a numbered list, and within its points lists of bullets."""
    html, open_lists = [], 0
    for line in lines:
        if numbered := _NUMBERED.fullmatch(line):
            html.append("</ul></li>" if open_lists else "<ol>")
            html.append(f"<li><p>{escape(numbered[1])}</p><ul>")
            open_lists = 2
        elif bullet := _BULLET.fullmatch(line):
            html.append(f"<li><p>{escape(bullet[1])}</p></li>")
        else:
            html.append("</ul></li></ol>" if open_lists else "")
            html.append(f"<p>{escape(line)}</p>")
            open_lists = 0
    return "".join(html)
