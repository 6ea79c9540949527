"""A village's list of NIKs and names, of which only fingerprints are ever kept."""

import re

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from partisipasi.db import current_village
from partisipasi.files.recognition import Refused
from partisipasi.residents import nik
from partisipasi.residents.models import name_mark

from .table import Line, rows_of, understood

SPELLINGS = {
    "NIK": ["nik", "no nik", "nomor nik", "nomor induk kependudukan"],
    "nama": ["nama", "nama lengkap", "nama penduduk", "nama warga"],
    "tanda NIK": ["tanda nik"],
    "tanda nama": ["tanda nama"],
}
_TOLD = 5
_MARK = re.compile(r"[0-9a-f]{64}")


def listed_in(upload: UploadedFile) -> dict[str, str]:
    """The fingerprint of each NIK with that of its name. Raises Refused with what to mend, in which row."""
    table = understood(rows_of(upload), SPELLINGS, needed="NIK", or_else="tanda NIK")
    listed: dict[str, str] = {}
    errors = []
    for line in table.lines:
        try:
            mark, name = _marks(line)
        except ValidationError as error:
            errors.append(f"Baris {line.number}: {' '.join(error.messages)}")
        else:
            if listed.setdefault(mark, name) != name:
                errors.append(f"Baris {line.number}: NIK ini sudah ada di atas dengan nama lain.")
    if errors:
        more = [f"Masih ada {len(errors) - _TOLD} baris lain."] if len(errors) > _TOLD else []
        raise Refused([*errors[:_TOLD], *more])
    if not listed:
        raise Refused("Daftar ini kosong.")
    return listed


def _marks(line: Line) -> tuple[str, str]:
    """The fingerprints of NIK and name, of what stands in this line or as `manage.py hash_niks` has made them."""
    ready = line.text("tanda NIK"), line.text("tanda nama")
    if any(ready):
        if not all(_MARK.fullmatch(mark) for mark in ready):
            raise ValidationError("Tanda ini tidak utuh. Buat lagi dengan manage.py hash_niks.")
        return ready
    mark = nik.fingerprint(nik.from_cell(line["NIK"]), current_village().pk)
    name = line.text("nama")
    if not name:
        raise ValidationError("Nama belum diisi.")
    return mark, name_mark(mark, name)
