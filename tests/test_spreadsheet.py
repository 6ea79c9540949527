import pytest

from partisipasi import spreadsheet
from tests import hostile
from tests.residents import sheets


def test_rows_come_as_in_the_file_with_numbers_and_text_apart():
    book = sheets.xlsx((), ("Nama", "Umur"), ("Sri", 42), ("Tono", 3.5))

    assert spreadsheet.read(book.read()) == [["", ""], ["Nama", "Umur"], ["Sri", 42], ["Tono", 3.5]]


def test_three_kinds_say_the_same():
    rows = ("Nama", "L/P"), ("Sri", "P")

    expected = [list(row) for row in rows]
    assert spreadsheet.read(sheets.xlsx(*rows).read()) == expected
    assert spreadsheet.read(sheets.ods(*rows).read()) == expected
    for delimiter in ",;\t":
        text = "\n".join(delimiter.join(row) for row in rows)
        assert spreadsheet.read(text.encode(), is_csv=True) == expected


def test_formulas_are_their_values_and_text_stays_text():
    assert spreadsheet.read(sheets.xlsx(("=1+1",)).read()) == [[0]]  # nobody has computed it yet
    assert spreadsheet.read(b"=1+1;x", is_csv=True) == [["=1+1", "x"]]


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", b"\x00" * 100])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(spreadsheet.NotReadable):
        spreadsheet.read(content)


def test_long_tables_are_refused_and_wide_ones_cut():
    with pytest.raises(spreadsheet.TooLong):
        spreadsheet.read(b"x\n" * (spreadsheet.MAX_ROWS + 1), is_csv=True)
    [row] = spreadsheet.read(b"x," * 500, is_csv=True)
    assert len(row) == spreadsheet.MAX_COLUMNS
    assert spreadsheet.read(b"i" * 9000, is_csv=True) == [["i" * spreadsheet.MAX_CHARACTERS]]


def test_no_cell_holds_control_characters():
    table = spreadsheet.read(sheets.xlsx(tuple(text for text in hostile.SHAPES)).read())

    assert all(character >= " " for cell in table[0] for character in str(cell))
