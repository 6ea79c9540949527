"""The evidence bundle as one file: the lists as the portal prints them, stored documents, an index and checksums."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from attendance import agreement, minutes_paper, photo_page, report
from attendance.bundle import Bundle, has_agreement
from attendance.models import Activity, Evidence, Minutes, PaperKind, Session
from attendance.pay_sheet import PayOptions, pay_sheet_of
from attendance.public_roster import public_sheet_of
from attendance.roster import SheetOptions, sheet_of
from attendance.sheet import Paper, Sheet, as_pdf, as_xlsx
from partisipasi import clock
from partisipasi.db import current_village

IN_MEMORY = 5 * 1024 * 1024
INDEX, SUMS = "indeks.html", "SHA256SUMS"


@dataclass(frozen=True)
class Written:
    """One file in the bundle."""

    name: str
    title: str
    size: int
    sha256: str


def bundle_name(activity: Activity) -> str:
    """The folder within and, with `.zip`, the file itself. Only letters, digits and hyphens of ours."""
    return f"bukti-{activity.pk}-{slugify(activity.title)[:60]}".rstrip("-")


def as_zip(activity: Activity, *, internal: bool) -> IO[bytes]:
    """The public or the internal bundle, at its beginning, ready to be sent. The same papers give the same bytes."""
    documents = list(activity.evidence.select_related("file").order_by("pk"))
    shown = [document for document in documents if internal or document.is_public]
    sessions = list(activity.sessions.in_order())
    file: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by whoever sends it)
    with ZipFile(file, "w") as archive:
        bundle = _Folder(archive, bundle_name(activity))
        minutes = getattr(activity, "minutes", None)
        written = [
            *_sheets(bundle, activity, sessions, internal),
            *_minutes(bundle, minutes),
            *_agreement(bundle, minutes),
            *(_paid(bundle, activity) if internal else ()),
            *_photos(bundle, activity, documents),
            *_documents(bundle, shown),
        ]
        held = [(document.kind, document.is_public) for document in documents]
        context = {
            "activity": activity,
            "sessions": sessions,
            "village": current_village(),
            "address": current_village().url(activity.get_absolute_url()),
            "bundle": Bundle.of(activity, held, minutes),
            "minutes": minutes if minutes and minutes.published_at else None,
            "minutes_address": minutes and current_village().url(minutes.get_absolute_url()),
            "internal": internal,
            "written": written,
        }
        index = render_to_string("attendance/bundle_index.html", context)
        written.append(bundle.put(INDEX, "Indeks", index.encode(), _last_change(activity, shown)))
        sums = "".join(f"{each.sha256}  {each.name}\n" for each in written)
        bundle.put(SUMS, "Sidik berkas", sums.encode(), _last_change(activity, shown))
    file.seek(0)
    return file


class _Folder:
    """The one folder that all files of the archive lie in."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self.archive, self.name = archive, name

    def put(self, name: str, title: str, content: bytes, at: datetime) -> Written:
        return self.pour(name, title, [content], at, packed=True)

    def pour(
        self, name: str, title: str, chunks: Iterable[bytes], at: datetime, *, packed: bool = False
    ) -> Written:
        """Write a file piece by piece, so that a large one is never in memory as a whole."""
        info = ZipInfo(f"{self.name}/{name}", timezone.localtime(at, current_village().zone).timetuple()[:6])
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(info, "w") as out:
            for chunk in chunks:
                digest.update(chunk)
                size += out.write(chunk)
        return Written(name, title, size, digest.hexdigest())


def _sheets(
    bundle: _Folder, activity: Activity, sessions: list[Session], internal: bool
) -> Iterator[Written]:
    """The Daftar Hadir of each session; everybody gets it once it no longer changes."""
    if not (internal or activity.closed_at):
        return
    at = activity.closed_at or clock.now()
    for number, session in enumerate(sessions, start=1):
        sheet: Sheet = sheet_of(session, SheetOptions()) if internal else public_sheet_of(session)
        stem = f"00-daftar-hadir-{session.day}" + (f"-sesi-{number}" if len(sessions) > 1 else "")
        title = f"Daftar Hadir {session.day_text}"
        yield bundle.put(f"{stem}.pdf", title, as_pdf(sheet, at=at), at)
        yield bundle.put(f"{stem}.xlsx", f"{title} (lembar kerja)", as_xlsx(sheet, at=at), at)


def _minutes(bundle: _Folder, minutes: Minutes | None) -> Iterator[Written]:
    """Published minutes and the report of the activity, as the portal prints them."""
    if minutes and minutes.published_at:
        yield bundle.put("00-notulen.pdf", "Notulen", minutes_paper.as_pdf(minutes), minutes.saved_at)
        content = report.as_pdf(minutes)
        yield bundle.put("00-laporan.pdf", "Laporan Penyelenggaraan", content, minutes.saved_at)


def _paid(bundle: _Folder, activity: Activity) -> Iterator[Written]:
    """Who was paid how much, by each list that is settled: for the archive of the village alone."""
    for pay_list in activity.pay_lists.filter(settled_at__isnull=False).order_by("made_at", "pk"):
        pay_list.activity = activity
        at = pay_list.settled_at or clock.now()
        paper = Paper.A4_LANDSCAPE if pay_list.by_days else Paper.A4
        sheet = pay_sheet_of(pay_list, PayOptions(paper=paper))
        stem = f"00-{pay_list.paper}-{pay_list.pk}"
        title = f"{pay_list.paper.label}: {pay_list.purpose}"
        yield bundle.put(f"{stem}.pdf", title, as_pdf(sheet, at=at), at)
        yield bundle.put(f"{stem}.xlsx", f"{title} (lembar kerja)", as_xlsx(sheet, at=at), at)


def _photos(bundle: _Folder, activity: Activity, documents: list[Evidence]) -> Iterator[Written]:
    """The page of photos that everybody may see."""
    photos = [each for each in documents if each.is_public_photo]
    if photos and activity.starts_at:
        at = max(each.added_at for each in photos)
        yield bundle.put("00-dokumentasi.pdf", "Dokumentasi", photo_page.as_pdf(activity, photos, at=at), at)


def _agreement(bundle: _Folder, minutes: Minutes | None) -> Iterator[Written]:
    """The berita acara of published minutes, as the portal prints it."""
    if minutes and minutes.published_at and has_agreement(minutes.activity):
        at = minutes.published_at
        yield bundle.put("00-berita-acara.pdf", "Berita Acara", agreement.as_pdf(minutes), at)
        content = agreement.as_docx(minutes)
        yield bundle.put("00-berita-acara.docx", "Berita Acara (naskah Word)", content, at)


def _documents(bundle: _Folder, documents: list[Evidence]) -> Iterator[Written]:
    """What was uploaded, in the order of the bundle. What somebody called a file never becomes a path."""
    order = list(PaperKind.values)
    for number, document in enumerate(sorted(documents, key=lambda each: order.index(each.kind)), start=1):
        name = f"{number:02}-{document.kind}-{slugify(document.title)[:60]}".rstrip("-")
        sort = document.get_kind_display() if document.is_public else document.internal_note
        with document.file.content.open("rb") as content:
            yield bundle.pour(
                name + document.file.extension,
                f"{sort}: {document.title}",
                content.chunks(),
                document.added_at,
            )


def _last_change(activity: Activity, documents: list[Evidence]) -> datetime:
    moments = [activity.created_at, activity.announced_at, activity.closed_at, activity.cancelled_at]
    return max([moment for moment in moments if moment] + [each.added_at for each in documents])
