"""What python-docx leaves to the markup of Word itself, and a file whose bytes do not hang on the hour."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def dated(content: bytes, at: datetime) -> bytes:
    """The same archive with the date of the paper on each of its parts in place of the present one."""
    moment = at.astimezone(UTC).timetuple()[:6]
    out = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(out, "w") as dated:
        for name in archive.namelist():
            info = ZipInfo(name, moment)
            info.compress_type = ZIP_DEFLATED
            dated.writestr(info, archive.read(name))
    return out.getvalue()


def cells(table: Any) -> Iterator[list[Any]]:
    """The cells row by row, reckoned once: Word's own way of asking counts all of them for each."""
    columns, cells = len(table.columns), table._cells
    for start in range(0, len(cells), columns):
        yield cells[start : start + columns]


def drawable(logo: bytes) -> bytes:
    """The emblem as PNG, since Word knows no WebP. Raises OSError where it is no picture of pixels."""
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(logo)) as picture:
        picture.convert("RGBA").save(out, "PNG")
    return out.getvalue()


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def rule_below(paragraph: "Paragraph") -> None:
    """The double rule under a letterhead."""
    borders = _element("pBdr")
    borders.append(_element("bottom", val="thickThinSmallGap", sz="24", space="4", color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)


def repeat(row: Any) -> None:
    """The heading comes again on each page."""
    row._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))


def count(run: Any, field: str) -> None:
    """A number that Word reckons itself: of this page, or of the last."""
    from docx.oxml.ns import qn

    instruction = _element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = field
    for part in (
        _element("fldChar", fldCharType="begin"),
        instruction,
        _element("fldChar", fldCharType="end"),
    ):
        run._r.append(part)
