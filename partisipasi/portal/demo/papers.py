"""Small papers for the demo: a letterhead, a title, lines, perhaps a table; as PDF or XLSX."""

import json
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

PAPER = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, author: paper.letterhead.last(), date: auto)
#set page(paper: "a4", margin: 2.5cm, footer: align(right, text(size: 8pt)[
  Halaman #context counter(page).display() dari #context counter(page).final().first()
]))
#set text(font: "Libertinus Serif", size: 11.5pt, lang: "id")
#set par(justify: true)
#align(center)[
  #for line in paper.letterhead.slice(0, -1) [#text(size: 11pt)[#line] \\ ]
  #text(size: 15pt, weight: "bold")[#paper.letterhead.last()] \\
  #text(size: 9pt, style: "italic")[#paper.address]
]
#line(length: 100%, stroke: 1.6pt)
#v(0.6em)
#align(center, text(size: 13pt, weight: "bold")[#paper.title])
#v(0.6em)
#for line in paper.lines [#line #parbreak()]
#if paper.columns.len() > 0 [
  #v(0.4em)
  #table(
    columns: paper.columns.map(_ => auto),
    inset: 6pt,
    stroke: 0.6pt,
    table.header(..paper.columns.map(heading => strong(heading))),
    ..paper.rows.flatten(),
  )
]
#v(1.2em)
#align(right)[#paper.signed]
"""


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
    import typst

    paper = {
        "letterhead": list(letterhead),
        "address": address,
        "title": title,
        "lines": list(lines),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "signed": signed,
    }
    made = typst.compile(
        PAPER.encode(),
        sys_inputs={"paper": json.dumps(paper)},
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 - a list is what several pages as PNG would be
    return made


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
