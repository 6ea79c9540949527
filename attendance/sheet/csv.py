"""The Daftar Hadir as CSV: its table alone, to count with."""

from attendance.sheet.columns import Field
from attendance.sheet.description import Cell, Sheet
from partisipasi import spreadsheet


def as_csv(sheet: Sheet) -> bytes:
    """Headings and rows; nobody signs a file, so the column of signatures stays away."""
    headings = [column.heading for column in sheet.columns if column.field is not Field.SIGNATURE]
    rows = [[_text(cell) for cell in row.cells if not cell.is_signature] for row in sheet.rows]
    return spreadsheet.as_csv([headings, *rows] if rows else [headings, [sheet.nobody]])


def _text(cell: Cell) -> str:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text
