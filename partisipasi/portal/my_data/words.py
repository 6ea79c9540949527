"""An export as people read it: its values in words, for the page and for the file that is handed out."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from partisipasi.residents.privacy import Export
from partisipasi.village import words

Group = tuple[str, list[list[tuple[str, str]]]]


def groups(export: Export) -> list[Group]:
    """Each kind with its rows as pairs of name and value; what is empty is left out."""
    return [
        (
            kind[:1].upper() + kind[1:],
            [[(label[:1].upper() + label[1:], said(value)) for label, value in row.items()] for row in rows],
        )
        for kind, rows in export.items()
    ]


def said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case datetime():
            here = timezone.localtime(value) if timezone.is_aware(value) else value
            zone = words.zone_word(timezone.get_current_timezone())
            return f"{words.long_date(here.date())}, {words.clock_time(here)} {zone}"
        case date():
            return words.long_date(value)
        case list() | tuple():
            return ", ".join(said(each) for each in value)
    return str(value)
