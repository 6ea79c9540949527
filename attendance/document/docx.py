"""A paper as DOCX, for a village that goes on writing in it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from attendance.document.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    NextPage,
    Numbered,
    Photos,
    Signatures,
    Table,
    Text,
)
from attendance.document.word import cells, count, dated, drawable, repeat, rule_below

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_FONT = "Times New Roman"
_SIDE = 25
_LABEL = 42
_TEXT_SIZE, _CELL_SIZE, _FOOT_SIZE = 11.5, 10, 8


def as_docx(document: Document, *, at: datetime) -> bytes:
    """The paper as DOCX made `at` (aware): the same words as its PDF, equal papers in equal bytes."""
    import docx  # web workers need it only here

    word = docx.Document()
    _Writer(word, document).write(at)
    written = BytesIO()
    word.save(written)
    return dated(written.getvalue(), at)


class _Writer:
    """Writes one document into an empty one of Word's."""

    def __init__(self, word: "Word", document: Document) -> None:
        self.word, self.document = word, document
        self.room = document.size[0] - 2 * _SIDE

    def write(self, at: datetime) -> None:
        self._set_up(at)
        self._letterhead()
        self._title()
        for block in self.document.blocks:
            self._block(block)
        self._foot()

    def _set_up(self, at: datetime) -> None:
        from docx.shared import Mm, Pt

        properties = self.word.core_properties
        properties.title, properties.author = self.document.heading[:255], self.document.full_name[:255]
        properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
        properties.comments, properties.language = "", "id-ID"
        page = self.word.sections[0]
        page.page_width, page.page_height = (Mm(side) for side in self.document.size)
        page.left_margin = page.right_margin = Mm(_SIDE)
        page.top_margin, page.bottom_margin = Mm(18), Mm(24)
        style: Any = self.word.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(_TEXT_SIZE)
        style.paragraph_format.space_after = Pt(4)
        for name in ("Heading 1", "Heading 2"):
            heading: Any = self.word.styles[name]
            heading.font.name, heading.font.bold = _FONT, True
            heading.font.color.rgb = None
            # The theme's own type would win over the name.
            fonts = heading.element.rPr.rFonts
            for attribute in list(fonts.attrib):
                if attribute.endswith("Theme"):
                    del fonts.attrib[attribute]

    def _letterhead(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.image.exceptions import UnrecognizedImageError
        from docx.shared import Mm

        letterhead = self.document.letterhead
        if letterhead.logo:
            paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
            try:
                paragraph.add_run().add_picture(BytesIO(drawable(letterhead.logo)), height=Mm(20))
            except (UnrecognizedImageError, OSError):
                # Word draws no SVG without a second picture beside it; the words are what must be there.
                paragraph._p.getparent().remove(paragraph._p)
        for line in letterhead.authorities:
            self._run(self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, tight=True), line, size=13)
        village = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, tight=True)
        self._run(village, letterhead.village, size=17, bold=True)
        last = village
        for line in letterhead.address_lines:
            last = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, tight=True)
            self._run(last, line, size=9.5).italic = True
        rule_below(last)

    def _title(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        heading = self.word.add_heading(level=1)
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(heading, self.document.title, size=14).add_break()
        self._run(heading, self.document.subtitle, size=14)
        if self.document.number_line:
            number = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
            number.paragraph_format.space_after = Pt(14)
            self._run(number, self.document.number_line)

    def _block(self, block: Block) -> None:
        match block:
            case Text(runs):
                paragraph = self._paragraph()
                for run in runs:
                    self._run(paragraph, run.words, bold=run.is_bold)
            case Heading(words):
                self._run(self.word.add_heading(level=2), words, size=_TEXT_SIZE)
            case Facts(pairs):
                self._facts(pairs)
            case Numbered(entries):
                self._numbered(entries)
            case Signatures():
                self._signatures(block)
            case Table():
                self._table(block)
            case Photos():
                self._photos(block)
            case NextPage():
                self.word.add_page_break()

    def _facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        table = self._grid(len(pairs), [_LABEL, 5, self.room - _LABEL - 5])
        for row, (label, value) in zip(cells(table), pairs, strict=True):
            for cell, words in zip(row, (label, ":", value), strict=True):
                self._fill(cell, words)

    def _numbered(self, entries: tuple[tuple[str, ...], ...]) -> None:
        """The numbers are written out: Word counts on from list to list, and a copy loses them."""
        from docx.shared import Mm

        for place, lines in enumerate(entries, start=1):
            paragraph = self._paragraph()
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = (
                Mm(12),
                -Mm(8),
            )
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(12))
            run = self._run(paragraph, f"{place}.\t")
            for number, line in enumerate(lines):
                if number:
                    run.add_break()
                run = self._run(paragraph, line)

    def _signatures(self, block: Signatures) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        centre = WD_ALIGN_PARAGRAPH.CENTER
        for line in block.lines:
            self._run(self._paragraph(centre), line.heading)
            table = self._grid(1, [self.room / len(line.blocks)] * len(line.blocks))
            for cell, one in zip(next(cells(table)), line.blocks, strict=True):
                self._fill(cell, one.over, centre)
                if one.role:
                    self._run(self._in(cell, centre), one.role)
                    for _ in range(3):
                        self._in(cell, centre)
                    name = self._run(self._in(cell, centre), one.name or "." * 40, bold=bool(one.name))
                    name.underline = bool(one.name)
                    self._run(self._in(cell, centre), one.number_line)

    def _table(self, table: Table) -> None:
        from docx.enum.table import WD_ROW_HEIGHT_RULE
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        left = self.room - sum(column.width for column in table.columns if not column.is_share)
        shares = sum(column.width for column in table.columns if column.is_share) or 1
        widths = [
            left * column.width / shares if column.is_share else column.width for column in table.columns
        ]
        grid = self._grid(len(table.rows) + 1, widths, style="Table Grid")
        aligned = [WD_ALIGN_PARAGRAPH.CENTER if column.is_centred else None for column in table.columns]
        rows = cells(grid)
        for cell, column, align in zip(next(rows), table.columns, aligned, strict=True):
            self._fill(cell, column.heading, align, size=_CELL_SIZE, bold=True)
        repeat(grid.rows[0])
        for row, values in zip(rows, table.rows, strict=True):
            for cell, value, align in zip(row, values, aligned, strict=True):
                self._fill(cell, value, align, size=_CELL_SIZE)
        if table.row_height:
            for line in list(grid.rows)[1:]:
                line.height, line.height_rule = Mm(table.row_height), WD_ROW_HEIGHT_RULE.AT_LEAST

    def _photos(self, block: Photos) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        for photo in block.photos:
            paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run().add_picture(BytesIO(photo.picture), height=Mm(95))
            self._run(self._paragraph(WD_ALIGN_PARAGRAPH.CENTER), photo.caption)

    def _foot(self) -> None:
        paragraph = self.word.sections[0].footer.paragraphs[0]
        if self.document.foot:
            self._run(paragraph, self.document.foot, size=_FOOT_SIZE).add_break()
        code = f"Kode desa {self.document.village_code} · " if self.document.village_code else ""
        self._run(paragraph, f"{code}Halaman ", size=_FOOT_SIZE)
        count(self._run(paragraph, "", size=_FOOT_SIZE), "PAGE")
        self._run(paragraph, " dari ", size=_FOOT_SIZE)
        count(self._run(paragraph, "", size=_FOOT_SIZE), "NUMPAGES")

    # Small pieces

    def _paragraph(self, align: Any = None, *, tight: bool = False) -> "Paragraph":
        from docx.shared import Pt

        paragraph = self.word.add_paragraph()
        paragraph.alignment = align
        if tight:
            paragraph.paragraph_format.space_after = Pt(0)
        return paragraph

    def _in(self, cell: Any, align: Any = None) -> "Paragraph":
        paragraph: Paragraph = cell.add_paragraph()
        paragraph.alignment = align
        return paragraph

    def _fill(self, cell: Any, words: str, align: Any = None, *, size: float = 0, bold: bool = False) -> None:
        from docx.shared import Pt

        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(1)
        self._run(paragraph, words, size=size, bold=bold)

    def _run(self, paragraph: "Paragraph", words: str, *, size: float = 0, bold: bool = False) -> Any:
        from docx.shared import Pt

        run = paragraph.add_run(words)
        if bold:
            run.bold = True
        if size:
            run.font.size = Pt(size)
        return run

    def _grid(self, rows: int, widths: list[float], style: str | None = None) -> Any:
        from docx.shared import Mm

        table: Any = self.word.add_table(rows=rows, cols=len(widths))
        table.style = style
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in cells(table):
            for cell, width in zip(row, widths, strict=True):
                cell.width = Mm(width)
        return table
