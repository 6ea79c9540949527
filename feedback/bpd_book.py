"""Buku Data Aspirasi Masyarakat, which BPD keeps of what residents want and what became of it (domain: 1.9).

It tells what everybody may read, so that whoever prints it sees no more than others. An aspiration that is not shown to
everybody keeps its line with the day and where it stands, so that the numbers have no gaps and none is passed over.
"""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils import timezone

from attendance.bpd_shelf import BOOKS, Book
from attendance.document import Block, Signatures, Table, TableColumn, text
from attendance.document.blocks import narrow
from attendance.models import ActivityKind
from attendance.sheet import Paper
from attendance.sheet.signatures import laid_out
from attendance.signing import signatures_on
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.printed import plain
from partisipasi.village.models import Region
from partisipasi.village.words import figures, long_date

from .models import Act, Report, ReportEvent
from .models.report_queries import ReportQuerySet
from .places import hamlet_of

NOT_SHOWN = "(tidak ditampilkan untuk umum)"
_OUTCOMES = (Act.ANSWERED, Act.REJECTED, Act.FORWARDED)


def aspirations_of(year: int) -> list[Report]:
    """All aspirations received in a year of the village's calendar but those held as possible spam, as they came."""
    outcomes = ReportEvent.objects.for_everybody().filter(act__in=_OUTCOMES).in_order()
    return list(
        _aspirations()
        .filter(received_at__year=year)
        .order_by("received_at", "pk")
        .select_related("region")
        .prefetch_related(Prefetch("events", outcomes, to_attr="outcomes"))
    )


def years() -> list[int]:
    """The years in which aspirations came in, newest first."""
    received = _aspirations().order_by().datetimes("received_at", "year", order="DESC")
    return [moment.year for moment in received]


def _aspirations() -> ReportQuerySet:
    return Report.objects.counted().filter(kind=Report.Kind.ASPIRATION)


def _rows(year: int) -> Iterator[tuple[str, ...]]:
    hamlets = list(Region.objects.top())
    for number, report in enumerate(aspirations_of(year), start=1):
        shown = report.released_at is not None
        yield (
            str(number),
            long_date(report.received_on),
            hamlet_of(report.region, hamlets) if shown else "",
            f"{report.public_title}\n{report.public_text}" if shown else NOT_SHOWN,
            report.state[1],
            "\n".join(map(_outcome, report.outcomes)) if shown else "",  # type: ignore[attr-defined]
            report.code if shown else "",
        )


def _outcome(event: ReportEvent) -> str:
    said = f"{long_date(timezone.localtime(event.at).date())}, {event.office or 'petugas'}: {event.text}"
    return said if event.act == Act.ANSWERED else f"{event.get_act_display()}, {said}"


def _blocks(year: int) -> Iterator[Block]:
    rows = list(_rows(year))
    columns = (
        narrow("No.", 10, is_centred=True),
        narrow("Diterima", 24),
        narrow("Asal", 28),
        TableColumn("Aspirasi masyarakat", 5),
        narrow("Keadaan", 28),
        TableColumn("Tindak lanjut dan jawaban", 5),
        narrow("Kode", 28),
    )
    yield Table(columns, tuple(tuple(map(plain, (f"{number}.", *rest))) for number, *rest in rows))
    yield text(f"Jumlah: {figures(len(rows))} aspirasi.")
    village = current_village()
    kind = ActivityKind.objects.filter(in_bpd_books=True).prefetch_related("signatories").first()
    signing = list(signatures_on(clock.today(), kind, village)) if kind else []
    dated = plain(f"{village.name}, {long_date(clock.today())}")
    yield Signatures(laid_out(signing, abreast=2, dated=dated))


BOOKS["aspirasi"] = Book(
    "Buku Data Aspirasi Masyarakat",
    Paper.F4_LANDSCAPE,
    years,
    _blocks,
    ("No.", "Diterima", "Asal", "Aspirasi masyarakat", "Keadaan", "Tindak lanjut dan jawaban", "Kode"),
    (6, 14, 20, 60, 22, 60, 16),
    _rows,
)
