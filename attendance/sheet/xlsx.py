"""The Daftar Hadir as a spreadsheet, to count with and to print."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from attendance.sheet.columns import Column, Field
from attendance.sheet.description import Cell, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_PAPER_A4, _PAPER_FOLIO = 9, 14
_MILLIMETRES_PER_CHARACTER = 1.9
_UPRIGHT_POINTS = 64
_ROW_POINTS = 31
"""11 mm, as on paper."""
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def as_xlsx(sheet: Sheet, *, at: datetime) -> bytes:
    """The sheet as XLSX whose creation time is `at`. What people typed is text, never a formula."""
    import xlsxwriter  # web workers need it only here

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": sheet.heading,
                "author": sheet.letterhead.village,
                "created": at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        page = book.add_worksheet(_NOT_IN_TITLES.sub(" ", sheet.title)[:31].strip("' ") or "Daftar Hadir")
        _set_up_paper(page, sheet)
        _Writer(book, page, sheet).write()
    return buffer.getvalue()


def _set_up_paper(page: "Worksheet", sheet: Sheet) -> None:
    page.set_paper(_PAPER_FOLIO if sheet.paper.is_folio else _PAPER_A4)
    if sheet.paper.is_landscape:
        page.set_landscape()
    page.set_margins(left=0.79, right=0.79, top=0.71, bottom=0.95)
    page.fit_to_pages(1, 0)
    # An ampersand is a command in a footer, twice it is itself; a footer holds 255 characters.
    code = sheet.footer.village_code[:60].replace("&", "&&")
    page.set_footer(f"&L&8{'Kode desa ' + code if code else ''}&R&8Halaman &P dari &N")
    for place, width in enumerate(sheet.column_widths):
        page.set_column(place, place, width / _MILLIMETRES_PER_CHARACTER)


class _Writer:
    """Writes a sheet from the top down; `line` is the next free row."""

    def __init__(self, book: "Workbook", page: "Worksheet", sheet: Sheet) -> None:
        self.book, self.page, self.sheet = book, page, sheet
        self.last = len(sheet.columns) - 1
        self.line = 0

    def write(self) -> None:
        self._letterhead()
        self._facts()
        self._table()
        self._recap()
        self._signatures()

    def _style(self, **properties: Any) -> "Format":
        return self.book.add_format({"font_name": "Cambria", "font_size": 11, **properties})

    def _across(self, text: str, style: "Format") -> None:
        """One line of text over all columns."""
        if self.last:
            self.page.merge_range(self.line, 0, self.line, self.last, "", style)
        self.page.write_string(self.line, 0, text, style)
        self.line += 1

    def _letterhead(self) -> None:
        sheet, centred = self.sheet, {"align": "center", "valign": "vcenter"}
        for authority in sheet.letterhead.authorities:
            self._across(authority, self._style(**centred, font_size=12))
        self._across(sheet.letterhead.village, self._style(**centred, font_size=15, bold=True))
        self._across(
            " · ".join(sheet.letterhead.address_lines),
            self._style(**centred, font_size=9, italic=True, bottom=5),
        )
        self.line += 1
        self._across(sheet.title_line, self._style(**centred, font_size=13, bold=True))
        self._across(sheet.subtitle_line, self._style(**centred, bold=True, text_wrap=True))
        self.line += 1

    def _facts(self) -> None:
        for fact in self.sheet.facts:
            self._across(f"{fact.label}: {fact.shown}", self._style())
        self.line += 1

    def _table(self) -> None:
        upright = self._style(align="center", valign="vcenter", border=1, rotation=90, font_size=9)
        head = self._style(bold=True, align="center", valign="vcenter", border=1, text_wrap=True)
        for place, column in enumerate(self.sheet.columns):
            self.page.write_string(self.line, place, column.heading, upright if column.is_mark else head)
        self.page.set_row(self.line, _UPRIGHT_POINTS if any(c.is_mark for c in self.sheet.columns) else 24)
        self.page.repeat_rows(self.line)
        self.page.freeze_panes(self.line + 1, 0)
        self.line += 1
        styles = [self._column_style(column) for column in self.sheet.columns]
        first = self.line
        for row in self.sheet.rows:
            for place, (cell, style) in enumerate(zip(row.cells, styles, strict=True)):
                self._cell(place, cell, row.number, style)
            self.page.set_row(self.line, _ROW_POINTS)
            self.line += 1
        if not self.sheet.has_rows:
            self.page.set_row(self.line, _ROW_POINTS)
            self._across(self.sheet.nobody, self._style(border=1, valign="vcenter", align="center"))
        self._total(first)

    def _column_style(self, column: Column, **properties: Any) -> "Format":
        if column.is_numeric:
            properties |= {"num_format": "#,##0.0" if column.field is Field.WORKED else "#,##0"}
        else:
            properties |= {"align": "center"} if column.is_centred else {}
        return self._style(border=1, valign="vcenter", text_wrap=not column.is_numeric, **properties)

    def _total(self, first: int) -> None:
        """The line of sums, which the spreadsheet counts itself over the rows from `first` on."""
        from xlsxwriter import utility

        cells, start = self.sheet.total_cells, self.sheet.total_label_width
        if not cells:
            return
        label = self._style(border=1, bold=True, align="right", valign="vcenter")
        if start > 1:
            self.page.merge_range(self.line, 0, self.line, start - 1, "Jumlah", label)
        elif start:
            self.page.write_string(self.line, 0, "Jumlah", label)
        for place, (column, cell) in enumerate(
            zip(self.sheet.columns[start:], cells, strict=True), start=start
        ):
            style = self._column_style(column, bold=not column.is_mark)
            if cell.number is None or self.line == first:
                self.page.write_blank(self.line, place, None, style)
                continue
            summed = utility.xl_range(first, place, self.line - 1, place)
            self.page.write_formula(self.line, place, f"=SUM({summed})", style, float(cell.number))
        self.page.set_row(self.line, 24)
        self.line += 1

    def _cell(self, place: int, cell: Cell, number: int, style: "Format") -> None:
        if cell.field is Field.NUMBER:
            self.page.write_number(self.line, place, number, style)
        elif cell.number is not None:
            self.page.write_number(self.line, place, float(cell.number), style)
        elif cell.field is Field.SIGNATURE or not cell.text:
            self.page.write_blank(self.line, place, None, style)
        else:
            self.page.write_string(self.line, place, "\n".join(filter(None, (cell.text, cell.note))), style)

    def _recap(self) -> None:
        self.line += 1
        self._across(self.sheet.recap.line, self._style())
        if self.sheet.recap.remark:
            self._across(self.sheet.recap.remark, self._style(text_wrap=True))

    def _signatures(self) -> None:
        """Who signs, without room for it: what is signed is the paper."""
        self.line += 1
        self._across(self.sheet.place_and_date, self._style(align="right"))
        for group in self.sheet.signatures:
            for one in group.signatories:
                parts = (group.heading, one.role, one.name, one.number_line)
                self._across(" ".join(filter(None, parts)), self._style())
