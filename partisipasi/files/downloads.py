"""Papers made for one reader: sent as a file, and kept by nobody on the way."""

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from partisipasi.files.recognition import XLSX

_KINDS = {".pdf": "application/pdf", ".xlsx": XLSX, ".csv": "text/csv; charset=utf-8"}


def private_file(content: bytes | str, name: str, *, shown: bool = False) -> HttpResponse:
    """A file for this reader alone, of the kind that its name ends with; `shown` opens it in the browser."""
    disposition = content_disposition_header(not shown, name) or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=_KINDS[PurePath(name).suffix], headers=headers)
