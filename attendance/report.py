"""The *laporan penyelenggaraan* (domain: 1.8): what was held, who came, what was decided, and what is attached."""

from collections.abc import Iterator

from attendance import document
from attendance.agreement import attached, facts, facts_of, leaders_of, paper_of, resolutions_of, signed
from attendance.document import Block, Document, Heading, Numbered, text
from attendance.models import Evidence, Minutes
from partisipasi.db import current_village
from partisipasi.printed import plain


def report_of(minutes: Minutes) -> Document:
    """The report of an activity with minutes, in the order in which the law's catalogue lists its parts."""
    activity, village = minutes.activity, current_village()
    sessions = list(activity.sessions.in_order())
    return paper_of(
        minutes,
        "LAPORAN PENYELENGGARAAN",
        blocks=(
            Heading("A. Waktu dan tempat"),
            facts((*facts_of(sessions), *leaders_of(minutes))),
            Heading("B. Peserta"),
            *(text(line) for line in attached(activity, sessions)),
            Heading("C. Agenda"),
            Numbered(tuple((plain(item.topic),) for item in minutes.items.all())),
            *_decided(minutes),
            Heading("E. Lampiran"),
            Numbered(tuple((plain(line),) for line in _papers(minutes))),
            signed(sessions[-1], village),
        ),
    )


def as_pdf(minutes: Minutes) -> bytes:
    """Raises NotTypesettable."""
    return document.as_pdf(report_of(minutes), at=minutes.saved_at)


def _decided(minutes: Minutes) -> Iterator[Block]:
    yield Heading("D. Keputusan")
    decided = resolutions_of(minutes.activity)
    yield decided if decided.entries else text("Tidak ada putusan yang diambil.")


def _papers(minutes: Minutes) -> Iterator[str]:
    """What is attached: the portal's own papers, then public documents by their titles."""
    activity = minutes.activity
    yield "Notulen"
    if activity.resolutions.exists():
        yield f"Berita acara{f' nomor {minutes.number}' if minutes.number else ''}"
    if activity.closed_at:
        yield "Daftar hadir"
    for each in Evidence.objects.public().filter(activity=activity):
        yield f"{each.get_kind_display()}: {each.title}"
