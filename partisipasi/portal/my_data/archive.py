"""The one file that is handed out of a person's data: readable, machine-readable, and with his own files."""

import json
import tempfile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.residents.privacy import Concerned, export, exported_files

from .words import groups

IN_MEMORY = 5 * 1024 * 1024


def archive_of(concerned: Concerned) -> IO[bytes]:
    """A ZIP with `data.html`, `data.json` and the folder `berkas/`, at its beginning, ready to be sent."""
    told = export(concerned)
    context = {"village": current_village(), "groups": groups(told), "made_at": clock.now()}
    file: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by whoever sends it)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.html", render_to_string("portal/my_data/archive.html", context))
        archive.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        for stored in exported_files(concerned):
            with stored.content.open("rb") as content:
                name = f"berkas/{stored.sha256[:16]}{stored.extension}"
                archive.writestr(name, content.read(), compress_type=ZIP_STORED)
    file.seek(0)
    return file
