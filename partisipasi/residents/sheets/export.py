"""The address book as a spreadsheet, in the columns in which it can come back, and the empty template."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from partisipasi.residents.models import Membership, Person

from . import bodies, people
from .places import columns_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDTHS = {"nama": 32, "alamat": 36, "lembaga": 40, "unsur": 26, "wali": 26, "jenis": 30}
_HINTS = [
    "Satu baris untuk satu orang atau satu lembaga. Kolom boleh dikosongkan atau dihapus, kecuali Nama.",
    "Baris yang sudah ada dikenali lewat NIK, atau lewat nama dan wilayah; sel kosong tidak mengubah apa pun.",
    "L/P: tulis L atau P.",
    "Umur: pakai salah satu kolom Kelompok umur (<18, 18-24, 25-44, 45-59, 60+), Umur, atau Tanggal lahir "
    "(31-12-1980). Tanggal lahir hanya dipakai untuk menghitung kelompok umur dan tidak disimpan.",
    "Nama wali wajib bagi yang berumur di bawah 18 tahun.",
    "Dusun, RW, RT: seperti tertulis dalam daftar wilayah desa.",
    "Lembaga: nama lembaga dan kedudukannya, dipisah titik koma, misalnya PKK: Ketua; LPM. Lembaga harus sudah ada.",
    "Kolom NIK boleh ditambahkan, dengan jenis sel teks. NIK tidak disimpan; portal hanya menyimpan tandanya.",
]


def as_xlsx(found: QuerySet[Person]) -> bytes:
    """These people, in the order of their names. What people typed is text, never a formula."""
    members = Prefetch("memberships", Membership.objects.select_related("body").order_by("pk"))
    rows = found.select_related("region__parent__parent", "unsur").prefetch_related(members)
    return _book("Buku alamat", people.HEADINGS, map(_cells, rows.order_by("name", "pk")))


def template(kind: str) -> bytes:
    """An empty sheet with headings and a second one that explains them."""
    return _book("Isi", (bodies if kind == "lembaga" else people).HEADINGS, [], hints=_HINTS)


def _cells(person: Person) -> dict[str, str]:
    return {
        "nama": person.name,
        "jenis kelamin": person.sex,
        "kelompok umur": person.age_group,
        "wali": person.guardian,
        **columns_of(person.region),
        "alamat": person.address,
        "nomor HP": person.phone,
        "unsur": person.unsur.name if person.unsur else "",
        "lembaga": "; ".join(f"{each.body}: {each.position}" for each in person.memberships.all()),
    }


def _book(
    title: str, headings: dict[str, str], rows: Iterable[dict[str, str]], *, hints: Sequence[str] = ()
) -> bytes:
    import xlsxwriter  # web workers need it only here

    buffer = BytesIO()
    plainly = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, plainly) as book:
        _write(book, title, headings, rows)
        if hints:
            page = book.add_worksheet("Petunjuk")
            page.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
            for line, hint in enumerate(hints):
                page.write_string(line, 0, hint)
    return buffer.getvalue()


def _write(book: "Workbook", title: str, headings: dict[str, str], rows: Iterable[dict[str, str]]) -> None:
    page = book.add_worksheet(title)
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
    for place, (meaning, heading) in enumerate(headings.items()):
        # Cells are text from the start: leading zeros of numbers stay.
        page.set_column(place, place, _WIDTHS.get(meaning, 14), text)
        page.write_string(0, place, heading, bold)
    page.freeze_panes(1, 1)
    for line, cells in enumerate(rows, start=1):
        for place, meaning in enumerate(headings):
            page.write_string(line, place, cells.get(meaning, ""), text)
