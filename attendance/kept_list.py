"""An attendance list as villages keep it in a spreadsheet: what its columns mean, and who stands on each line.

Titles above, headings in any order and spelling, "L/P" or a column for each, empty lines that are numbered already,
headings again on every page, totals and signatures at the foot.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from attendance.models.kind import SheetColumn
from partisipasi import spreadsheet
from partisipasi.files.recognition import Refused
from partisipasi.residents import phones
from partisipasi.residents.models import Person, Unsur
from partisipasi.residents.sheets import people, places
from partisipasi.residents.sheets.table import Line, headings_of, simple

MOST_ROWS = 2000
MEANINGS = {
    "nama": "Nama",
    "nomor": "Nomor urut",
    "jenis kelamin": "L/P",
    "L": "L (ditandai)",
    "P": "P (ditandai)",
    "unsur": "Unsur/Jabatan",
    "instansi": "Instansi",
    "alamat": "Alamat",
    "dusun": "Dusun",
    "RW": "RW",
    "RT": "RT",
    "RT/RW": "RT/RW",
    "kelompok umur": "Kelompok umur",
    "umur": "Umur",
    "wali": "Wali",
    "nomor HP": "No. HP",
    "mewakili": "Mewakili",
    "hadir": "Kehadiran",
}
"""What a column may be taken for, and what that is called in the preview."""

_ASKED_BY = {
    "jenis kelamin": {SheetColumn.SEX},
    "L": {SheetColumn.SEX},
    "P": {SheetColumn.SEX},
    "unsur": {SheetColumn.ROLE},
    "instansi": {SheetColumn.INSTITUTION},
    "alamat": {SheetColumn.ADDRESS},
    "dusun": {SheetColumn.NEIGHBOURHOOD, SheetColumn.HAMLET},
    "RW": {SheetColumn.NEIGHBOURHOOD, SheetColumn.HAMLET},
    "RT": {SheetColumn.NEIGHBOURHOOD, SheetColumn.HAMLET},
    "RT/RW": {SheetColumn.NEIGHBOURHOOD, SheetColumn.HAMLET},
    "kelompok umur": {SheetColumn.AGE_GROUP},
    "umur": {SheetColumn.AGE_GROUP},
    "wali": {SheetColumn.AGE_GROUP},
    "nomor HP": {SheetColumn.PHONE},
}
"""What is taken over only where the paper of this kind of activity asks for it."""

_NOT_KEPT = "rahasia"
_SPELLINGS = {
    "nama": [
        *(
            "nama",
            "nama lengkap",
            "nama peserta",
            "nama peserta rapat",
            "nama lengkap peserta",
            "nama undangan",
        ),
        *("nama warga", "nama terang", "nama hadirin", "nama yang hadir", "peserta", "nama anggota"),
    ],
    "nomor": ["no", "nomor", "no urut", "nomor urut", "nmr"],
    "jenis kelamin": ["l p", "lp", "p l", "jenis kelamin", "jk", "j k", "kelamin", "gender", "jns kelamin"],
    "L": ["l", "lk", "laki laki", "laki", "pria"],
    "P": ["p", "pr", "perempuan", "wanita"],
    "unsur": [
        *(
            "unsur",
            "jabatan",
            "unsur jabatan",
            "jabatan unsur",
            "perwakilan",
            "unsur perwakilan",
            "unsur dari",
        ),
        *("jabatan unsur perwakilan", "kedudukan", "asal unsur", "jabatan dalam masyarakat"),
    ],
    "instansi": ["instansi", "asal instansi", "lembaga", "organisasi", "asal", "dari", "instansi lembaga"],
    "alamat": ["alamat", "alamat rumah", "alamat lengkap", "tempat tinggal", "domisili"],
    "kelompok umur": ["kelompok umur", "kelompok usia"],
    "umur": ["umur", "usia", "umur tahun"],
    "wali": ["wali", "nama wali", "orang tua", "nama orang tua", "orang tua wali", "pendamping"],
    "nomor HP": [
        *("no hp", "nomor hp", "hp", "no telp", "telp", "telepon", "no telepon", "nomor telepon", "no hp wa"),
        *("wa", "no wa", "nomor wa", "whatsapp", "kontak", "no hp telp"),
    ],
    "mewakili": ["mewakili", "wakil dari", "yang diwakili", "menggantikan"],
    "hadir": ["hadir", "kehadiran", "status kehadiran", "status hadir", "presensi"],
    _NOT_KEPT: [
        *(
            "nik",
            "no nik",
            "nomor nik",
            "nomor induk kependudukan",
            "no ktp",
            "nomor ktp",
            "no kk",
            "nomor kk",
        ),
        *("tanggal lahir", "tgl lahir", "tempat tanggal lahir", "ttl", "tempat tgl lahir"),
    ],
}
_NUMBER = re.compile(r"\(?\d{1,4}\)?\.?")
_IDENTITY = re.compile(r"(?:\d[ .-]?){16}")
_FOOT = re.compile(
    r"\s*(jumlah|total|sub ?total|rekap|mengetahui|menyetujui|notulis|pimpinan|tanda tangan|catatan)\b", re.I
)
_STANDS_FOR = re.compile(r"^(.*?\S)\s*[\n(,–-]*\s*\bmewakili\b:?\s+(.*?)\)?$", re.I | re.S)
_ABSENT = {"tidak hadir", "tidak", "izin", "ijin", "sakit", "alpa", "alpha", "absen", "th", "i", "s", "a"}
_LONGEST = {"name": 120, "institution": 120, "address": 200, "guardian": 120}


@dataclass(frozen=True)
class KeptList:
    """A list as it was sent: `cells` are (row number in the file, its cells), without NIK and birthdays."""

    headings: list[str]
    meant: list[str]
    cells: list[list]


@dataclass
class ListRow:
    """Who stands on one line. `stands_for` is the name of the invited for whom somebody came."""

    number: int
    name: str
    stands_for: str = ""
    sex: str = ""
    unsur: Unsur | None = None
    institution: str = ""
    address: str = ""
    region_id: int | None = None
    age_group: str = ""
    guardian: str = ""
    phone: str = ""


def keep(rows: spreadsheet.Table) -> KeptList:
    """What of a sent table waits to be confirmed. Raises Refused for an empty one and one that is too long."""
    headings = headings_of(rows, {**_SPELLINGS, **places.spellings()})
    width = len(headings.meant)
    open_to_all = [meaning != _NOT_KEPT for meaning in headings.meant]
    kept = []
    for number, row in enumerate(rows[headings.first - 1 :], start=headings.first):
        cells = [
            "" if not plain or _IDENTITY.fullmatch(str(cell)) else cell
            for plain, cell in zip(open_to_all, row[:width], strict=False)
        ]
        if any(cell != "" for cell in cells):
            kept.append([number, *cells])
    if not kept:
        raise Refused("Di bawah judul kolom tidak ada satu baris pun.")
    if len(kept) > MOST_ROWS:
        raise Refused("Daftar ini lebih dari 2.000 baris. Bagilah menjadi beberapa berkas.")
    texts = [text if plain else "" for text, plain in zip(headings.texts, open_to_all, strict=True)]
    meant = ["" if meaning == _NOT_KEPT else meaning for meaning in headings.meant]
    return KeptList(texts, meant, kept)


def usable(columns: Iterable[str]) -> dict[str, str]:
    """What columns may be taken for where the paper has these `columns`: a kind asks no more than its paper does."""
    asked = set(columns)
    return {
        meaning: label
        for meaning, label in MEANINGS.items()
        if meaning not in _ASKED_BY or _ASKED_BY[meaning] & asked
    }


class ListReader:
    """Reads the lines of a list: `rows` are present, `skipped` are no people or did not come, `errors` are told."""

    def __init__(self, kept: KeptList, unsur: Sequence[Unsur]) -> None:
        self.rows: list[ListRow] = []
        self.skipped: list[tuple[int, str, str]] = []
        self.errors: list[tuple[int, str]] = []
        self.unsur = {simple(each.name): each for each in unsur}
        self.places = places.Places() if {"dusun", "RW", "RT", "RT/RW"} & set(kept.meant) else None
        if "nama" not in kept.meant:
            return
        self.has_marks = "hadir" in kept.meant
        self.headings = {simple(text) for text in kept.headings if simple(text)}
        lines = [
            (
                Line(
                    number,
                    {meaning: cell for meaning, cell in zip(kept.meant, cells, strict=False) if meaning},
                ),
                cells,
            )
            for number, *cells in kept.cells
        ]
        self.last_numbered = max((line.number for line, _ in lines if _is_numbered(line)), default=0)
        self.is_at_foot = False
        for line, cells in lines:
            self._read(line, [str(cell).strip() for cell in cells if cell != ""])

    def _read(self, line: Line, texts: list[str]) -> None:
        name = line.text("nama")
        headings_again = len({simple(text) for text in texts} & self.headings) > 1
        if headings_again or all(map(_NUMBER.fullmatch, texts)):
            return
        self.is_at_foot |= not self.last_numbered and bool(_FOOT.match(texts[0]))
        is_foot = _FOOT.match(texts[0]) and not _is_numbered(line)
        # Under the last number, or the totals of a list without numbers, stand those who sign it.
        if is_foot or self.is_at_foot or 0 < self.last_numbered < line.number:
            self._skip(line, texts, "kaki lembar")
        elif not any(letter.isalpha() for letter in name):
            self._skip(line, texts, "tanpa nama")
        elif self._is_absent(line):
            self._skip(line, [name], "tidak hadir")
        else:
            self._take(line, name)

    def _skip(self, line: Line, texts: list[str], why: str) -> None:
        self.skipped.append((line.number, " ".join(texts)[:80], why))

    def _is_absent(self, line: Line) -> bool:
        return self.has_marks and not _is_mark(line.text("hadir"))

    def _take(self, line: Line, name: str) -> None:
        row, wrong = ListRow(line.number, " ".join(name.split())), []
        for read in (self._who, self._sex, self._age_group, self._role, self._region, self._contact):
            try:
                read(row, line)
            except ValidationError as error:
                wrong += [(line.number, text) for text in error.messages]
        for field, longest in _LONGEST.items():
            if len(getattr(row, field)) > longest:
                wrong.append((line.number, f"Isi terlalu panjang, paling banyak {longest} huruf."))
        self.errors += wrong
        self.rows.append(row)

    def _who(self, row: ListRow, line: Line) -> None:
        row.stands_for = line.text("mewakili")
        if both := _STANDS_FOR.match(row.name):
            row.name, row.stands_for = both[1], both[2]

    def _sex(self, row: ListRow, line: Line) -> None:
        marked = [sex for sex in ("L", "P") if line.text(sex)]
        if len(marked) > 1:
            raise ValidationError("L dan P sama-sama terisi.")
        row.sex = marked[0] if marked else people.sex_of(line)

    def _age_group(self, row: ListRow, line: Line) -> None:
        row.age_group = people.age_group_of(line)
        row.guardian = line.text("wali") if row.age_group == Person.AgeGroup.CHILD else ""

    def _role(self, row: ListRow, line: Line) -> None:
        """What is no unsur of the village is a position, and stands with the institution."""
        text = line.text("unsur")
        row.unsur = self.unsur.get(simple(text)) if text else None
        row.institution = line.text("instansi") or ("" if row.unsur else text)

    def _region(self, row: ListRow, line: Line) -> None:
        region = self.places.meant_by(line) if self.places else None
        row.region_id = region.pk if region else None

    def _contact(self, row: ListRow, line: Line) -> None:
        row.address = line.text("alamat")
        row.phone = phones.normalise(line.text("nomor HP").lstrip("'"))


def _is_numbered(line: Line) -> bool:
    """Is this a numbered line with a name on it?"""
    return bool(_NUMBER.fullmatch(line.text("nomor")) and line.text("nama"))


def _is_mark(text: str) -> bool:
    """A tick, a number or a word that says that somebody was there."""
    return bool(text.strip()) and (not simple(text) or simple(text) not in _ABSENT)


def sample(kept: KeptList, place: int) -> Iterator[str]:
    """A few cells of a column, by which one knows what it is."""
    filled = (
        str(cells[place + 1]) for cells in kept.cells if len(cells) > place + 1 and cells[place + 1] != ""
    )
    for _, text in zip(range(2), filled, strict=False):
        yield text[:40]
