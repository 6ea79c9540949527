"""A paper as PDF."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from attendance.document.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Numbered,
    Photos,
    Signatures,
    Table,
    Text,
)
from partisipasi.printed import fitted
from partisipasi.typeset import typeset

_TEMPLATE = Path(__file__).with_name("document.typ")
_VALUE = 30
"""Width of a value beside its label, in units of the type size."""
_UNIT = 3.6
"""Millimetres of table that are as wide as the type is high, at 9.5 to 10 points."""


def as_pdf(document: Document, *, at: datetime) -> bytes:
    """The paper as PDF whose creation time is `at` (aware). Raises NotTypesettable."""
    letterhead = document.letterhead
    width, height = document.size
    paper = {
        "authorities": list(letterhead.authorities),
        "village": letterhead.village,
        "full_name": document.full_name,
        "address": list(letterhead.address_lines),
        "logo": list(letterhead.logo or b""),
        "title": document.title,
        "subtitle": fitted(document.subtitle, width / 6.5, 4),
        "number": document.number_line,
        "is_draft": document.is_draft,
        "ledger": document.foot,
        "village_code": document.village_code,
        "width": width,
        "height": height,
        "blocks": [_block(block, width - 50) for block in document.blocks],
    }
    return typeset(_TEMPLATE, paper, at=at)


def _block(block: Block, room: float) -> dict[str, object]:
    match block:
        case Text(runs):
            return {"kind": "text", "runs": [[fitted(run.words, 40, 5000), run.is_bold] for run in runs]}
        case Heading(words):
            return {"kind": "heading", "words": fitted(words, 40, 6)}
        case Facts(pairs):
            rows = [[label, fitted(value, _VALUE, 3)] for label, value in pairs]
            return {"kind": "facts", "rows": rows}
        case Numbered(entries):
            return {
                "kind": "numbered",
                "entries": [[fitted(line, 36, 5000) for line in lines] for lines in entries],
            }
        case Signatures(lines):
            return {"kind": "signatures", "lines": [_signatures(asdict(line)) for line in lines]}
        case Table():
            return _table(block, room)
        case Photos(photos):
            pictures = [[list(each.picture), fitted(each.caption, 36, 3)] for each in photos]
            return {"kind": "photos", "photos": pictures}
        case _:
            return {"kind": "page"}


def _signatures(line: dict) -> dict[str, object]:
    blocks = [
        one | {"role": fitted(one["role"], 14, 3), "name": fitted(one["name"], 13, 2)}
        for one in line["blocks"]
    ]
    return {"heading": line["heading"], "blocks": blocks}


def _table(table: Table, room: float) -> dict[str, object]:
    left = room - sum(column.width for column in table.columns if not column.is_share)
    shares = sum(column.width for column in table.columns if column.is_share) or 1
    widths = [
        column.width if not column.is_share else left * column.width / shares for column in table.columns
    ]
    return {
        "kind": "table",
        "columns": [
            {"heading": column.heading, "width": width, "centred": column.is_centred}
            for column, width in zip(table.columns, widths, strict=True)
        ],
        "rows": [
            [fitted(cell, max(width - 3, 4) / _UNIT, 500) for cell, width in zip(row, widths, strict=True)]
            for row in table.rows
        ],
        "row_height": table.row_height,
    }
