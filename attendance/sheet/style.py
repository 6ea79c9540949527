"""What a browser prints at the edge of each page of a sheet, as a stylesheet of its own."""

from attendance.sheet.description import Sheet


def as_css(sheet: Sheet) -> str:
    """Two custom properties that static/css/sheet.css sets into the margins: head of later pages, foot of all.

    Margin boxes take no text from the page, and the Content Security Policy allows no style within it.
    """
    code = f"Kode desa {sheet.footer.village_code}" if sheet.footer.village_code else ""
    return f":root {{ --sheet-head: {_string(sheet.heading)}; --sheet-foot: {_string(code)}; }}\n"


def _string(text: str) -> str:
    """`text` as a CSS string: all but letters, digits and spaces by their code point, which a space ends."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
