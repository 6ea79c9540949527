"""Public documents out of `dokumen`: rows of the Daftar Informasi Publik, decrees and regulations among them.

Without its file a document stays a draft, which its village completes. Personal papers of residents stay there.
"""

import json
import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from announcements.minimum import Category
from announcements.models import PublicDocument
from announcements.models.law import LawKind
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.files.intake import Refused

from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE = "dokumen"
_CLASSES = {
    "1": PublicDocument.Classification.REGULAR,
    "2": PublicDocument.Classification.AT_ONCE,
    "3": PublicDocument.Classification.ANY_TIME,
}
_EXEMPT, _SHOWN, _YES = "4", "1", "1"
_DECREES, _REGULATIONS = "2", "3"
_KINDS = (("bersama", LawKind.JOINT), ("kepala desa", LawKind.HEAD), ("peraturan desa", LawKind.VILLAGE))
_NUMBERED = re.compile(r"(?P<number>\S+?)\s*(?:/|\s+tahun\s+)\s*(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_MATTER = re.compile(r"^.*?\btentang\s+", re.IGNORECASE | re.DOTALL)


def take_documents(site: Site) -> None:
    """Each under its class; where its file is at hand and it was shown there, published under its old date."""
    for row in site.rows(TABLE):
        site.take(
            TABLE,
            row,
            lambda row: _document(site, row),
            finish=lambda document, row: _finish(site, document, row),
            change=lambda document, row: _change(site, document, row),
            state=lambda document: document.content_hash(),
        )


def _document(site: Site, row: Row) -> PublicDocument:
    document = PublicDocument()
    _fill(site, document, row)
    document.full_clean(exclude=["written_by", "slug"])
    with suppress(Refused):
        return document.write(site.files.upload(row.get("satuan")), by=site.by)
    site.report.warn(f"Berkas {row.get('satuan')} tidak diambil: jenisnya tidak dapat diumumkan.")
    return document.write(by=site.by)


def _finish(site: Site, document: PublicDocument, row: Row) -> None:
    if row.get("enabled") == _SHOWN and document.newest:
        document.publish(by=site.by)
    elif row.get("enabled") == _SHOWN:
        site.report.warn(f"Dokumen “{document}” menjadi draf, karena berkasnya tidak ada.")


def _change(site: Site, document: PublicDocument, row: Row) -> None:
    _fill(site, document, row)
    document.full_clean(exclude=["written_by", "slug"])
    with suppress(Refused):
        upload = site.files.upload(row.get("satuan"))
        document.revise(upload, change="Diperbarui menurut situs lama.", by=site.by)


def _fill(site: Site, document: PublicDocument, row: Row) -> None:
    if number(row.get("id_pend")) or row.get("dok_warga") == _YES:
        raise LeftOut("Dokumen pribadi seorang warga.")
    if row.get("deleted") == _YES:
        raise LeftOut("Sudah dihapus di situs lama.")
    if row.get("kategori_info_publik") == _EXEMPT:
        raise LeftOut("Informasi dikecualikan: catat alasan dan dasar hukumnya di ruang kerja.")
    village = current_village()
    uploaded = site.moment(TABLE, "tgl_upload", row)
    told = _told(row)
    document.title = line(row.get("nama"), 300)
    if not document.title:
        raise LeftOut("Dokumen tanpa nama.")
    document.classification = _CLASSES.get(row.get("kategori_info_publik") or "", _CLASSES["3"])
    document.dated_at = uploaded
    document.made_on = (uploaded or clock.now()).date()
    document.year = number(row.get("tahun")) or document.made_on.year
    document.held_by = document.made_by = f"Pemerintah {village.full_name}"[:120]
    document.made_at = village.name[:120]
    link = line(row.get("url"), 400)
    document.summary = f"{line(told.get('uraian'), 500) or document.title}{f' ({link})' if link else ''}"[
        :1000
    ]
    _make_law(document, row, told)
    if _taken_already(document):
        raise LeftOut("Produk hukum dengan nomor dan tahun ini sudah ada di portal.")


def _told(row: Row) -> dict[str, Any]:
    """What OpenSID keeps of regulations beside the columns, in one of them as JSON."""
    try:
        told = json.loads(row.get("attr") or "{}")
    except ValueError:
        return {}
    return {name: str(words or "") for name, words in told.items()} if isinstance(told, dict) else {}


def _make_law(document: PublicDocument, row: Row, told: dict[str, Any]) -> None:
    """Say of what law it is, where number, year and day of its making are told."""
    is_decree = row.get("kategori") == _DECREES
    written = told.get("no_kep_kades" if is_decree else "no_ditetapkan", "")
    day = _day(told.get("tgl_kep_kades" if is_decree else "tgl_ditetapkan", ""))
    found = _NUMBERED.search(line(written))
    if row.get("kategori") not in {_DECREES, _REGULATIONS} or not found or not day:
        return
    document.law_kind = LawKind.DECREE if is_decree else _kind_of(told.get("jenis_peraturan", ""))
    document.law_number, document.year = found["number"][:40], int(found["year"])
    document.about = (_MATTER.sub("", document.title) or document.title)[:300]
    document.enacted_on = document.made_on = day
    document.category = Category.LAW


def _kind_of(name: str) -> str:
    return next((kind for words, kind in _KINDS if words in name.casefold()), LawKind.VILLAGE)


def _day(written: str) -> date | None:
    """`28-12-2023`, as OpenSID writes days within its JSON."""
    for shape in ("%d-%m-%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(written, shape).date()  # noqa: DTZ007
    return None


def _taken_already(document: PublicDocument) -> bool:
    if not document.enacted_on:
        return False
    same = PublicDocument.objects.exclude(pk=document.pk).filter(
        law_kind=document.law_kind,
        law_number=document.law_number,
        enacted_on__year=document.enacted_on.year,
    )
    return same.exists()
