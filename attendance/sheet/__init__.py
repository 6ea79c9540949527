"""The sheet engine: describe a Daftar Hadir once, print it from the browser, as PDF, as a spreadsheet and as CSV."""

from attendance.sheet.columns import STANDARD, Column, Field
from attendance.sheet.csv import as_csv
from attendance.sheet.description import (
    Cell,
    Drawn,
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
from attendance.sheet.sum import Sum
from attendance.sheet.xlsx import as_xlsx

__all__ = [
    "STANDARD",
    "Cell",
    "Column",
    "Drawn",
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
    "Sum",
    "as_css",
    "as_csv",
    "as_pdf",
    "as_xlsx",
]
