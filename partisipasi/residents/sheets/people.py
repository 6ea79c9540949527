"""People from a spreadsheet: what each cell means, and which of them the address book has already."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.residents import nik, phones
from partisipasi.residents.models.body import Body, Membership
from partisipasi.residents.models.person import Person
from partisipasi.residents.models.unsur import Unsur
from partisipasi.residents.naming import are_alike, plain_name

from . import places
from .plan import Change, Plan, Understood
from .table import Line, simple

NEEDED = "nama"
HEADINGS = {
    "nama": "Nama",
    "jenis kelamin": "L/P",
    "kelompok umur": "Kelompok umur",
    "wali": "Nama wali",
    "dusun": "Dusun",
    "RW": "RW",
    "RT": "RT",
    "alamat": "Alamat",
    "nomor HP": "No. HP",
    "unsur": "Unsur",
    "lembaga": "Lembaga",
}
"""The columns of the template and of the address book as a spreadsheet."""

_SPELLINGS = {
    "nama": ["nama", "nama lengkap", "nama warga", "nama penduduk"],
    "jenis kelamin": ["l p", "lp", "p l", "jenis kelamin", "jk", "j k", "kelamin", "gender"],
    "kelompok umur": ["kelompok umur", "kelompok usia"],
    "umur": ["umur", "usia"],
    "tanggal lahir": ["tanggal lahir", "tgl lahir", "lahir"],
    "wali": ["wali", "nama wali", "orang tua", "nama orang tua", "orang tua wali"],
    "alamat": ["alamat", "alamat rumah", "alamat lengkap", "jalan"],
    "nomor HP": [
        *("no hp", "nomor hp", "hp", "handphone", "no handphone", "telepon", "no telepon", "nomor telepon"),
        *("telp", "no telp", "wa", "no wa", "nomor wa", "whatsapp", "no whatsapp", "kontak"),
    ],
    "unsur": ["unsur", "perwakilan", "unsur perwakilan", "mewakili"],
    "lembaga": ["lembaga", "organisasi", "keanggotaan lembaga"],
    "jabatan": ["jabatan", "kedudukan", "jabatan dalam lembaga"],
    "NIK": ["nik", "no nik", "nomor nik", "nomor induk kependudukan"],
}
_SEXES = {
    "l": "L",
    "laki laki": "L",
    "lk": "L",
    "pria": "L",
    "p": "P",
    "perempuan": "P",
    "pr": "P",
    "wanita": "P",
}
_OLDEST = 120
_FIELDS = {
    "name": "nama",
    "sex": "jenis kelamin",
    "age_group": "kelompok umur",
    "guardian": "wali",
    "region_id": "wilayah",
    "address": "alamat",
    "phone": "nomor HP",
    "unsur_id": "unsur",
    "nik_hmac": "NIK",
}


def spellings() -> dict[str, list[str]]:
    return {**_SPELLINGS, **places.spellings()}


class Reader:
    """Turns lines into rows as they will be kept; NIK and birthday end here."""

    def __init__(self) -> None:
        self.places = places.Places()
        self.unsur = {simple(unsur.name): unsur.pk for unsur in Unsur.objects.all()}
        self.bodies = {_key(body.name): body.pk for body in Body.objects.all()}

    def understand(self, line: Line) -> Understood:
        """Raises ValidationError with all that is wrong in this line."""
        row: Understood = {"row": line.number}
        wrong: list[str] = []
        for name, read in (
            ("name", self._name),
            ("sex", sex_of),
            ("age_group", age_group_of),
            ("guardian", lambda line: _short(line, "wali", 120)),
            ("region_id", self._region),
            ("address", lambda line: _short(line, "alamat", 200)),
            ("phone", lambda line: phones.normalise(line.text("nomor HP").lstrip("'"))),
            ("unsur_id", self._unsur),
            ("nik_hmac", self._nik),
            ("bodies", self._bodies),
        ):
            try:
                row[name] = read(line)
            except ValidationError as error:
                wrong.extend(error.messages)
        if wrong:
            raise ValidationError(wrong)
        return row

    def _name(self, line: Line) -> str:
        name = _short(line, "nama", 120)
        if not plain_name(name):
            raise ValidationError("Nama belum diisi.")
        return name

    def _region(self, line: Line) -> int | None:
        region = self.places.meant_by(line)
        return region.pk if region else None

    def _unsur(self, line: Line) -> int | None:
        text = line.text("unsur")
        if text and simple(text) not in self.unsur:
            raise ValidationError(f"Unsur “{text[:60]}” tidak ada dalam daftar unsur.")
        return self.unsur[simple(text)] if text else None

    def _nik(self, line: Line) -> str:
        return nik.fingerprint(nik.from_cell(line["NIK"]), current_village().pk) if line.text("NIK") else ""

    def _bodies(self, line: Line) -> list[list[Any]]:
        """Of "PKK: Ketua; LPM" the keys of both bodies with the person's position, "" where none is told."""
        found = []
        for part in filter(None, (part.strip() for part in line.text("lembaga").split(";"))):
            name, _, position = part.partition(":")
            # A name may hold a colon itself.
            if _key(part) in self.bodies:
                name, position = part, ""
            if _key(name) not in self.bodies:
                raise ValidationError(
                    f"Lembaga “{name.strip()[:60]}” belum ada. Tambahkan lembaganya dahulu."
                )
            found.append([self.bodies[_key(name)], (position.strip() or line.text("jabatan"))[:60]])
        return found


def sex_of(line: Line) -> str:
    """L, P or nothing. Raises ValidationError."""
    text = simple(line.text("jenis kelamin"))
    if text and text not in _SEXES:
        raise ValidationError("Tulis L atau P untuk jenis kelamin.")
    return _SEXES.get(text, "")


def age_group_of(line: Line) -> str:
    """From a birthday, an age or the group itself. Raises ValidationError."""
    if line.text("tanggal lahir"):
        return _group_of(_years_since(_day(line.text("tanggal lahir"))))
    if line.text("umur"):
        years = re.fullmatch(r"(\d{1,3})( tahun| th)?", line.text("umur"))
        if not years or int(years[1]) > _OLDEST:
            raise ValidationError("Tulis umur dengan angka.")
        return _group_of(int(years[1]))
    text = re.sub(r"\s", "", line.text("kelompok umur")).replace("–", "-")
    labels = {re.sub(r"\s", "", label).replace("–", "-"): value for value, label in Person.AgeGroup.choices}
    found = labels.get(text.lower()) or labels.get(f"{text}tahun") or text
    if found and found not in Person.AgeGroup.values:
        raise ValidationError(f"Kelompok umur yang dikenal: {', '.join(Person.AgeGroup.values)}.")
    return found


def _short(line: Line, meaning: str, length: int) -> str:
    text = line.text(meaning)
    if len(text) > length:
        raise ValidationError(f"Isi kolom {meaning} terlalu panjang, paling banyak {length} huruf.")
    return text


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a birthday has no time zone
        except ValueError:
            continue
    raise ValidationError("Tulis tanggal lahir seperti 31-12-1980.")


def _years_since(day: date) -> int:
    today = clock.today()
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if not 0 <= years <= _OLDEST:
        raise ValidationError("Tanggal lahir ini tidak mungkin benar.")
    return years


def _group_of(years: int) -> str:
    groups = Person.AgeGroup
    for limit, group in ((18, groups.CHILD), (25, groups.YOUTH), (45, groups.ADULT), (60, groups.MIDDLE)):
        if years < limit:
            return group.value
    return groups.SENIOR.value


_COLUMNS = [name.removesuffix("_id") for name in _FIELDS]


class Reading:
    """The rows of a sheet beside the address book: who is new, who changes, what cannot be."""

    def __init__(self, rows: Sequence[Understood], *, lock: bool = False) -> None:
        self.plan = Plan()
        people = Person.objects.order_by("pk")
        if lock:
            people = people.select_for_update()
        self.by_nik: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            if person.nik_hmac:
                self.by_nik[person.nik_hmac] = person
            if person.retired_at is None:
                self.by_name[plain_name(person.name)].append(person)
        self.positions = {(each.person_id, each.body_id): each for each in Membership.objects.order_by("pk")}
        self.seen: dict[Any, int] = {}
        self.new: list[tuple[Person, Understood]] = []
        self.changed: list[tuple[Person, Understood]] = []
        for row in rows:
            self._place(row)

    def _place(self, row: Understood) -> None:
        try:
            person = self._match(row)
            self._refuse_twice(row, person)
            self._weigh(row, person)
        except ValidationError as error:
            self.plan.errors.extend(f"Baris {row['row']}: {text}" for text in error.messages)

    def _match(self, row: Understood) -> Person | None:
        """Whom this row is about: by NIK, else by name and region. Raises ValidationError where that is not plain."""
        known = self.by_nik.get(row["nik_hmac"]) if row["nik_hmac"] else None
        if known is not None:
            if known.retired_at:
                raise ValidationError("Orang dengan NIK ini sudah dinyatakan tidak aktif.")
            if not are_alike(known.name, row["name"]):
                raise ValidationError("NIK ini sudah tercatat atas nama lain.")
            return known
        named = [
            person
            for person in self.by_name[plain_name(row["name"])]
            if not (row["nik_hmac"] and person.nik_hmac)
        ]
        near = [person for person in named if person.region_id == row["region_id"]]
        found = near or (named if row["region_id"] is None else [])
        if len(found) > 1:
            raise ValidationError(
                f"Ada {len(found)} orang bernama {row['name']} di wilayah ini. Lengkapi dengan NIK."
            )
        return found[0] if found else None

    def _refuse_twice(self, row: Understood, person: Person | None) -> None:
        key = person.pk if person else row["nik_hmac"] or (plain_name(row["name"]), row["region_id"])
        first = self.seen.setdefault(key, row["row"])
        if first != row["row"]:
            raise ValidationError(f"Orang ini sudah ada pada baris {first}.")

    def _weigh(self, row: Understood, person: Person | None) -> None:
        """Put the row's values into the person; what is empty in the sheet stays as it is."""
        target = person or Person()
        what = [
            label
            for name, label in _FIELDS.items()
            if row[name] not in {"", None} and row[name] != getattr(target, name)
        ]
        for name in _FIELDS:
            if row[name] not in {"", None}:
                setattr(target, name, row[name])
        if target.is_minor and not target.guardian:
            raise ValidationError("Isi nama wali, karena yang bersangkutan berumur di bawah 18 tahun.")
        if person is None:
            self.new.append((target, row))
            self.plan.new.append(Change(row["row"], target.name, what))
            return
        if any(self._is_news(person, body, position) for body, position in row["bodies"]):
            what.append("lembaga")
        if what:
            self.changed.append((person, row))
            self.plan.changed.append(Change(row["row"], person.name, what))
        else:
            self.plan.same += 1

    def _is_news(self, person: Person, body: int, position: str) -> bool:
        held = self.positions.get((person.pk, body))
        return held is None or bool(position and held.position != position)

    def write(self) -> None:
        """New and changed people, and their places in bodies."""
        Person.objects.bulk_create([person for person, _ in self.new], batch_size=500)
        Person.objects.bulk_update([person for person, _ in self.changed], _COLUMNS, batch_size=500)
        joined, moved = [], []
        for person, row in [*self.new, *self.changed]:
            for body, position in dict(row["bodies"]).items():
                held = self.positions.get((person.pk, body))
                if held is None:
                    joined.append(Membership(person=person, body_id=body, position=position or "Anggota"))
                elif position and held.position != position:
                    held.position = position
                    moved.append(held)
        Membership.objects.bulk_create(joined, batch_size=500)
        Membership.objects.bulk_update(moved, ["position"], batch_size=500)
