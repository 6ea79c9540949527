"""The sheet engine: describe a Daftar Hadir once, print it from the browser, as PDF and as a spreadsheet."""

from attendance.sheet.columns import STANDARD, Column, Field
from attendance.sheet.description import (
    Cell,
    Fact,
    Footer,
    Letterhead,
    PrintedRow,
    Recap,
    Row,
    Sheet,
)
from attendance.sheet.paper import Paper
from attendance.sheet.pdf import as_pdf
from attendance.sheet.signatures import Signatory, SignatureBlock, SignatureGroup, SignatureLine
from attendance.sheet.style import as_css
from attendance.sheet.xlsx import as_xlsx

__all__ = [
    "STANDARD",
    "Cell",
    "Column",
    "Fact",
    "Field",
    "Footer",
    "Letterhead",
    "Paper",
    "PrintedRow",
    "Recap",
    "Row",
    "Sheet",
    "Signatory",
    "SignatureBlock",
    "SignatureGroup",
    "SignatureLine",
    "as_css",
    "as_pdf",
    "as_xlsx",
]
