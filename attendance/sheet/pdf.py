"""The Daftar Hadir as PDF."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from attendance.sheet.columns import Field
from attendance.sheet.description import PrintedRow, Sheet
from attendance.sheet.paper import MARGIN, Paper
from attendance.sheet.signatures import SignatureLine
from partisipasi.printed import fitted
from partisipasi.typeset import typeset

_TEMPLATE = Path(__file__).with_name("sheet.typ")
_POINT = 25.4 / 72
_INSETS = 2 * 1.8
_LOGO_WIDTH = 19
_LABEL_WIDTH = 40
_WHEN_WIDTH = 50
_UPRIGHT = 20
_MARK_INSETS = 0.6


def as_pdf(sheet: Sheet, *, at: datetime) -> bytes:
    """The sheet as PDF whose creation time is `at` (aware). Raises NotTypesettable."""
    return typeset(_TEMPLATE, _for_template(sheet), at=at)


def _for_template(sheet: Sheet) -> dict[str, object]:
    """What sheet.typ reads."""
    size = _type_size(sheet)
    return {
        **_frame(sheet),
        **_letterhead(sheet),
        "type_size": size,
        "columns": [
            {
                "kind": column.field,
                "heading": _fit(column.heading, _UPRIGHT, 1, 9)
                if column.is_mark
                else _fit(column.heading, width - 1.2, 3, size),
                "width": width,
                "centred": column.is_centred,
                "numeric": column.is_numeric,
                "mark": column.is_mark,
                "first": place == 0,
            }
            for place, (column, width) in enumerate(zip(sheet.columns, sheet.column_widths, strict=True))
        ],
        "earlier_rows": [_row(row, sheet.column_widths, size) for row in sheet.earlier_rows],
        "last_rows": [_row(row, sheet.column_widths, size) for row in sheet.last_rows],
        "total": [cell.text for cell in sheet.total_cells],
        "total_label_width": sheet.total_label_width,
        "nobody": sheet.nobody,
        "recap": _fit(sheet.recap.line, sheet.paper.text_width, 4),
        "remark": _fit(sheet.recap.remark, sheet.paper.text_width, 4),
        "signature_lines": [_signature_line(line, sheet.paper) for line in sheet.signature_lines],
    }


def _type_size(sheet: Sheet) -> float:
    """Points for the table; smaller where its columns are crowded, but never too small for old eyes."""
    return max(9.0, round(10.5 * sheet.tightness, 1))


def _frame(sheet: Sheet) -> dict[str, object]:
    width, height = sheet.paper.size
    room = sheet.paper.text_width
    return {
        "width": width,
        "height": height,
        "margin": MARGIN,
        "document_title": sheet.heading,
        "author": sheet.letterhead.village,
        "running_head": _fit(sheet.heading, room - _WHEN_WIDTH - 6, 1, 8),
        "when": _fit(sheet.facts[0].value if sheet.facts else "", _WHEN_WIDTH, 1, 8),
        "title": _fit(sheet.title_line, room, 2, 14),
        "subtitle": _fit(sheet.subtitle_line, room, 4, 12),
        "facts": [
            {"label": _fit(fact.label, _LABEL_WIDTH, 1), "value": _fit(fact.shown, room - _LABEL_WIDTH, 4)}
            for fact in sheet.facts
        ],
        "village_code": _fit(sheet.footer.village_code, room / 2, 1, 8),
        "notice": _fit(sheet.footer.privacy_notice, room, 3, 8),
        "ledger_head": _fit(sheet.footer.ledger_head, room - 20, 1, 8),
    }


def _letterhead(sheet: Sheet) -> dict[str, object]:
    letterhead = sheet.letterhead
    room = sheet.paper.text_width - 2 * _LOGO_WIDTH
    return {
        "authorities": [_fit(line, room, 2, 13) for line in letterhead.authorities],
        "village": _fit(letterhead.village, room, 2, 17),
        "address": [_fit(line, room, 2, 10) for line in letterhead.address_lines],
        "logo": list(letterhead.logo or b""),
    }


def _row(row: PrintedRow, widths: Sequence[float], size: float) -> dict[str, object]:
    cells = [
        {
            "text": _fit(
                cell.text, width - (_MARK_INSETS if cell.field is Field.MARK else _INSETS), 12, size
            ),
            "note": _fit(cell.note, width - _INSETS, 4, size),
            "drawn": list(cell.drawn.png) if cell.drawn else [],
        }
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    return {"odd": row.is_odd, "cells": cells}


def _signature_line(line: SignatureLine, paper: Paper) -> dict[str, object]:
    room = paper.text_width / len(line.blocks) - 6
    return {
        "heading": _fit(line.heading, paper.text_width, 2),
        "blocks": [
            {
                "over": _fit(block.over, room, 3),
                "role": _fit(block.role, room, 3),
                "name": _fit(block.name, room, 3),
                "number_line": _fit(block.number_line, room, 3),
            }
            for block in line.blocks
        ],
    }


def _fit(text: str, room: float, lines: int, size: float = 11) -> str:
    """`text` set in `size` points for `lines` lines that are `room` millimetres wide."""
    return fitted(text, room / (size * _POINT), lines)
