"""Complaints: what is open there is promised an answer here from today on; what was settled is settled.

None is shown to everybody by this: whoever wrote there was not asked.
"""

from functools import partial

from announcements import rich_text
from feedback.models import Category, Channel, Disclosure, Report
from partisipasi.residents.phones import looks_like_one
from partisipasi.village.words import long_date

from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE = "pengaduan"
_SETTLED = 3
_REST = "Lainnya"


def take_complaints(site: Site) -> None:
    """Each with the answers that stand under it there."""
    answers: dict[str, list[str]] = {}
    rows = list(site.rows(TABLE))
    for row in rows:
        if row.get("id_pengaduan"):
            answers.setdefault(str(row["id_pengaduan"]), []).append(_words(row))
            site.report.leave(
                TABLE, row["id"], f"Jawaban atas pengaduan {row['id_pengaduan']}, diambil bersamanya."
            )
    for row in rows:
        if not row.get("id_pengaduan"):
            under_it = answers.get(str(row["id"]), [])
            site.take(TABLE, row, partial(_report, site), finish=partial(_settle, site, under_it))


def _report(site: Site, row: Row) -> Report:
    body = _words(row)
    category = Category.objects.filter(name__iexact=_REST).first() or Category.objects.last()
    if not body or not category:
        raise LeftOut("Tanpa isi." if category else "Desa ini belum mempunyai kategori laporan.")
    came = site.moment(TABLE, "created_at", row)
    told = f"\n\n(Dikirim di situs lama pada {long_date(came.date())}.)" if came else ""
    return Report.objects.receive(
        kind=Report.Kind.COMPLAINT,
        category=category,
        title=line(row.get("judul"), 150) or line(body, 150),
        body=f"{body[:4900]}{told}",
        disclosure=Disclosure.OPEN,
        told_name=line(row.get("nama"), 120) or "Tanpa nama",
        told_phone=looks_like_one(row.get("telepon") or "") or "",
        channel=Channel.WEB,
    ).report


def _settle(site: Site, answers: list[str], report: Report, row: Row) -> None:
    """What was answered there is answered here, and what was settled there closed."""
    if answers or number(row.get("status")) == _SETTLED:
        report.verify(by=site.by)
        answer = "\n\n".join(filter(None, answers)) or "Sudah selesai ditangani menurut catatan situs lama."
        report.answer(answer[:4000], by=site.by, nonce=report.nonce)
    if number(row.get("status")) == _SETTLED:
        report.close(by=site.by)


def _words(row: Row) -> str:
    return rich_text.plain(row.get("isi") or "").strip()
