"""Tables: written as CSV, and read as people send them (XLSX, ODS, CSV).

They are read in a process of their own that cannot grow without bounds: a small file can unpack to gigabytes or keep a
reader busy for ever; here that costs the sender an error message.
"""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

MAX_ROWS = 6000
MAX_COLUMNS = 60
MAX_SHEETS = 20
MAX_CHARACTERS = 500
"""Of one cell; what is longer is cut."""

LIMIT = 30
"""Seconds that a table may take; 6,000 rows take less than one."""

_MEMORY = 1024**3
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float
Table = list[list[Cell]]


class NotReadable(Exception):
    """The file holds no table that can be read."""


class TooLong(NotReadable):
    """The table has more than MAX_ROWS rows."""


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """With a mark by which spreadsheets know the letters; what begins like a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if _is_like_a_formula(cell) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _is_like_a_formula(cell: str) -> bool:
    """A plain number below zero is none."""
    return cell.lstrip(" ").startswith(_FORMULA) and not _NEGATIVE.fullmatch(cell)


def as_xlsx(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int]
) -> bytes:
    """One sheet called `name` with columns of so many characters; what people typed is text, never a formula."""
    import xlsxwriter  # web workers need it only here

    buffer = io.BytesIO()
    plainly = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, plainly) as book:
        page = book.add_worksheet(name)
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for place, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            page.set_column(place, place, width, text)
            page.write_string(0, place, heading, bold)
        page.freeze_panes(1, 2)
        for row, line in enumerate(rows, start=1):
            for place, cell in enumerate(line):
                page.write_string(row, place, cell, text)
    return buffer.getvalue()


def read(content: bytes, *, is_csv: bool = False) -> Table:
    """The rows of the first sheet that holds any: text, numbers, and dates as "2001-12-31".

    Rows are as in the file, so that the first is number 1; formulas come as their values. Raises NotReadable.
    """
    return read_sheets(content, is_csv=is_csv)[0]


def read_sheets(content: bytes, *, is_csv: bool = False) -> list[Table]:
    """As `read`, of every sheet that holds anything; one empty table where none does."""
    try:
        reader = subprocess.run(  # noqa: S603 our own program, and nothing typed is part of the command
            [sys.executable, "-I", __file__, "csv" if is_csv else "workbook"],
            input=content,
            capture_output=True,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired as late:
        raise NotReadable(f"The table was not read after {LIMIT} seconds.") from late
    if reader.returncode:
        raise NotReadable("The table cannot be read.")
    tables: list[Table] = json.loads(reader.stdout)
    if any(len(table) > MAX_ROWS for table in tables):
        raise TooLong(f"The table has more than {MAX_ROWS} rows.")
    return tables


def _rows_of_csv(content: bytes) -> list[list[Any]]:
    text = content.decode("utf-8-sig")
    # A title above the table has none, and a decimal comma is not the mark between columns.
    beginning = "\n".join(text.splitlines()[:50])
    delimiter = max(",;\t", key=beginning.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _sheets_of_workbook(content: bytes) -> list[list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [
        book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
        for name in book.sheet_names[:MAX_SHEETS]
    ]
    return [rows for rows in sheets if any(cell != "" for row in rows for cell in row)] or [[]]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    # Control characters are nobody's name, and the database refuses the first of them.
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", str(value))[:MAX_CHARACTERS]
    return " ".join(text.split())


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))


def main() -> None:
    _limit_memory()
    content = sys.stdin.buffer.read()
    sheets = [_rows_of_csv(content)] if sys.argv[1] == "csv" else _sheets_of_workbook(content)
    tables = [
        [[_cell(value) for value in row[:MAX_COLUMNS]] for row in rows[: MAX_ROWS + 1]] for rows in sheets
    ]
    sys.stdout.write(json.dumps(tables))


if __name__ == "__main__":
    main()
