"""Small papers for the demo: a letterhead, a title, lines, perhaps a table; as PDF or XLSX."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from partisipasi.typeset import typeset

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(
    *,
    letterhead: Sequence[str],
    address: str,
    title: str,
    lines: Sequence[str],
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    signed: str,
    at: datetime,
) -> bytes:
    """An A4 paper, the same bytes for the same words and moment."""
    paper = {
        "letterhead": list(letterhead),
        "address": address,
        "title": title,
        "lines": list(lines),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "signed": signed,
    }
    return typeset(TEMPLATE, paper, at=at)


def xlsx(*, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True})
        page.write_string(0, 0, title, bold)
        for place, heading in enumerate(columns):
            page.write_string(2, place, heading, bold)
        for line, row in enumerate(rows, start=3):
            for place, value in enumerate(row):
                page.write_string(line, place, str(value))
        page.autofit()
    return out.getvalue()
