"""Bodies from a spreadsheet: their name, kind and place."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from partisipasi.residents import phones
from partisipasi.residents.models.body import Body

from . import places
from .plan import Change, Plan, Understood
from .table import Line, simple

NEEDED = "nama"
HEADINGS = {
    "nama": "Nama lembaga",
    "jenis": "Jenis",
    "dusun": "Dusun",
    "RW": "RW",
    "RT": "RT",
    "nomor HP": "No. HP",
}
_SPELLINGS = {
    "nama": ["nama", "nama lembaga", "lembaga", "organisasi", "nama organisasi"],
    "jenis": ["jenis", "jenis lembaga", "kategori"],
    "nomor HP": ["no hp", "nomor hp", "hp", "telepon", "no telepon", "nomor telepon", "telp", "kontak"],
}
_FIELDS = {"name": "nama", "kind": "jenis", "region_id": "wilayah", "phone": "nomor HP"}
_KINDS = {
    **{simple(label): value for value, label in Body.Kind.choices},
    **{simple(value): value for value in Body.Kind.values},
    "lembaga kemasyarakatan": Body.Kind.LKD.value,
    "rt": Body.Kind.NEIGHBOURHOOD.value,
    "rw": Body.Kind.NEIGHBOURHOOD.value,
    "luar desa": Body.Kind.OUTSIDE.value,
}


def spellings() -> dict[str, list[str]]:
    return {**_SPELLINGS, **places.spellings()}


class Reader:
    """Turns lines into rows as they will be kept."""

    def __init__(self) -> None:
        self.places = places.Places()

    def understand(self, line: Line) -> Understood:
        """Raises ValidationError with what is wrong in this line."""
        name, kind = line.text("nama"), simple(line.text("jenis"))
        if not name:
            raise ValidationError("Nama lembaga belum diisi.")
        if len(name) > 120:
            raise ValidationError("Nama lembaga paling banyak 120 huruf.")
        if kind and kind not in _KINDS:
            raise ValidationError(f"Jenis yang dikenal: {', '.join(Body.Kind.labels)}.")
        region = self.places.meant_by(line)
        return {
            "row": line.number,
            "name": name,
            "kind": _KINDS.get(kind, ""),
            "region_id": region.pk if region else None,
            "phone": phones.normalise(line.text("nomor HP").lstrip("'")),
        }


class Reading:
    """The rows of a sheet beside the village's bodies, known again by their names."""

    def __init__(self, rows: Sequence[Understood], *, lock: bool = False) -> None:
        self.plan = Plan()
        bodies = Body.objects.order_by("pk")
        if lock:
            bodies = bodies.select_for_update()
        self.known = {_key(body.name): body for body in bodies}
        self.seen: dict[str, int] = {}
        self.new: list[Body] = []
        self.changed: list[Body] = []
        for row in rows:
            try:
                self._weigh(row)
            except ValidationError as error:
                self.plan.errors.extend(f"Baris {row['row']}: {text}" for text in error.messages)

    def _weigh(self, row: Understood) -> None:
        key = _key(row["name"])
        first = self.seen.setdefault(key, row["row"])
        if first != row["row"]:
            raise ValidationError(f"Lembaga ini sudah ada pada baris {first}.")
        known = self.known.get(key)
        body = known or Body()
        told = {name: row[name] for name in _FIELDS if row[name] not in {"", None} and name != "name"}
        what = [_FIELDS[name] for name, value in told.items() if getattr(body, name) != value]
        for name, value in told.items():
            setattr(body, name, value)
        if not body.kind:
            raise ValidationError(f"Isi jenisnya: {', '.join(Body.Kind.labels)}.")
        if known is None:
            body.name = row["name"]
            self.new.append(body)
            self.plan.new.append(Change(row["row"], body.name, what))
        elif what:
            self.changed.append(body)
            self.plan.changed.append(Change(row["row"], body.name, what))
        else:
            self.plan.same += 1

    def write(self) -> None:
        Body.objects.bulk_create(self.new, batch_size=500)
        Body.objects.bulk_update(self.changed, ["kind", "region", "phone"], batch_size=500)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
