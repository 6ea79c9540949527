"""The books that BPD keeps of its own sessions (domain: 1.9): Buku Daftar Hadir and Buku Notulen Rapat BPD, by year.

They are made from the gatherings whose kind says that they stand in these books, once their list is closed.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Prefetch

from attendance.agreement import facts, facts_of, leaders_of, resolutions_of
from attendance.bpd_shelf import BOOKS, Book
from attendance.document import (
    Block,
    Heading,
    NextPage,
    Numbered,
    Signatures,
    Table,
    TableColumn,
    text,
)
from attendance.document.blocks import narrow
from attendance.models import Activity, ActivityQuerySet, Attendance, Invitation, Session
from attendance.sheet import Paper
from attendance.sheet.signatures import laid_out
from attendance.signing import signatures_of
from attendance.tally import Tally
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.printed import plain
from partisipasi.residents.models import Body, Membership
from partisipasi.village.words import figures, long_date

NOT_YET = "Notulen belum terbit."
NO_NAME = "(nama dihapus menurut masa simpan)"


def meetings_of(year: int) -> list[Session]:
    """The sittings of BPD in a year of the village's calendar whose lists are closed, in their order."""
    within = Session.objects.filter(
        activity__kind__in_bpd_books=True,
        activity__closed_at__isnull=False,
        activity__cancelled_at__isnull=True,
        starts_at__year=year,
    )
    standing = Invitation.objects.standing().by_name().select_related("person", "body")
    in_bpd = Membership.objects.filter(body__kind=Body.Kind.BPD)
    present = (
        Attendance.objects.present()
        .in_order()
        .select_related("unsur", "person", "invitation__person", "invitation__body")
        .prefetch_related(Prefetch("person__memberships", in_bpd, to_attr="places_in_bpd"))
    )
    return list(
        within.select_related("activity__kind", "activity__minutes")
        .prefetch_related(
            Prefetch("attendances", present),
            Prefetch("activity__invitations", standing),
            "activity__minutes__items",
            "activity__resolutions",
        )
        .order_by("starts_at", "pk")
    )


def years() -> list[int]:
    """The years in which BPD met, newest first."""
    met: ActivityQuerySet = Activity.objects.filter(kind__in_bpd_books=True, closed_at__isnull=False)  # type: ignore[assignment]
    return met.years()


def _of_meetings(
    name: str,
    paper: Paper,
    blocks: Callable[[Session], Iterator[Block]],
    lines: Callable[[Session], Iterator[tuple[str, ...]]],
    columns: dict[str, int],
) -> Book:
    """A book that tells of one meeting after the other: what its paper says of each, and the same as lines.

    `columns` are the headings of those lines with their widths.
    """

    def printed(year: int) -> Iterator[Block]:
        meetings = meetings_of(year)
        yield Heading("Daftar rapat")
        yield _register(meetings)
        for number, meeting in enumerate(meetings, start=1):
            yield NextPage()
            yield Heading(plain(f"{number}. {meeting.activity.title}"))
            yield from blocks(meeting)
        if meetings:
            yield _signatures(meetings[-1])

    def listed(year: int) -> Iterator[tuple[str, ...]]:
        for number, meeting in enumerate(meetings_of(year), start=1):
            for line in lines(meeting):
                yield str(number), *when_and_what(meeting), *line

    headings, widths = ("Rapat", "Hari/Tanggal", "Waktu", "Tempat", "Acara"), (7, 26, 20, 24, 36)
    return Book(name, paper, years, printed, (*headings, *columns), (*widths, *columns.values()), listed)


def _signatures(meeting: Session) -> Signatures:
    village = current_village()
    dated = plain(f"{village.name}, {long_date(clock.today())}")
    return Signatures(laid_out(list(signatures_of(meeting, village)), abreast=2, dated=dated))


def when_and_what(meeting: Session) -> tuple[str, str, str, str]:
    activity = meeting.activity
    return meeting.day_text, meeting.time_text, meeting.venue_text, activity.title


def _register(meetings: list[Session]) -> Table:
    """All meetings of the year on one page, before the first of them."""
    columns = (
        narrow("No.", 10, is_centred=True),
        TableColumn("Hari/Tanggal", 2),
        TableColumn("Waktu", 2),
        TableColumn("Acara", 4),
        narrow("Hadir", 18, is_centred=True),
        TableColumn("Kuorum", 2),
    )
    return Table(columns, tuple(_registered(place, each) for place, each in enumerate(meetings, start=1)))


def _registered(place: int, meeting: Session) -> tuple[str, ...]:
    tally = Tally.of_session(meeting)
    quorum = ("terpenuhi" if tally.quorum.is_met else "tidak terpenuhi") if tally.quorum else "–"
    day, time, _, title = when_and_what(meeting)
    return tuple(map(plain, (f"{place}.", day, time, title, figures(tally.present), quorum)))


# Buku Daftar Hadir Rapat BPD


def _came(meeting: Session) -> Iterator[tuple[str, str, str, str]]:
    """Everybody who came: name, what he is in BPD or whom he represents, sex, and for whom he stood in."""
    for row in meeting.attendances.all():
        standing = f"mewakili {row.stands_for}" if row.stands_for else "" if row.invitation_id else "tamu"
        places: list[Membership] = row.person.places_in_bpd if row.person else []  # type: ignore[attr-defined]
        role = f"{places[0].position} BPD" if places else str(row.unsur or row.institution)
        yield row.name or NO_NAME, role, row.sex, standing


def _absent(meeting: Session) -> list[str]:
    """The invited whose seats nobody filled."""
    filled = {row.invitation_id for row in meeting.attendances.all()}
    return [str(seat) for seat in meeting.activity.invitations.all() if seat.pk not in filled]


def _list_blocks(meeting: Session) -> Iterator[Block]:
    yield facts(facts_of([meeting]))
    columns = (
        narrow("No.", 10, is_centred=True),
        TableColumn("Nama", 4),
        TableColumn("Kedudukan/Unsur", 3),
        narrow("L/P", 10, is_centred=True),
        TableColumn("Keterangan", 2),
        narrow("Tanda tangan", 34),
    )
    rows = (
        (f"{place}.", *map(plain, line), f"{place}.") for place, line in enumerate(_came(meeting), start=1)
    )
    yield Table(columns, tuple(rows), row_height=9)
    tally = Tally.of_session(meeting)
    sentences = [f"{figures(tally.present)} {tally.sex_sentence}"]
    if tally.invited:
        sentences.append(tally.seats_line)
    if tally.quorum:
        sentences.append(tally.quorum.line)
    yield text(plain(" ".join(sentences)))
    if absent := _absent(meeting):
        yield text(plain(f"Diundang dan tidak hadir: {', '.join(absent)}."))


def _list_lines(meeting: Session) -> Iterator[tuple[str, ...]]:
    for place, line in enumerate(_came(meeting), start=1):
        yield str(place), *line
    for name in _absent(meeting):
        yield "", name, "", "", "tidak hadir"


# Buku Notulen Rapat BPD


def _published(meeting: Session) -> Any:
    minutes = getattr(meeting.activity, "minutes", None)
    return minutes if minutes and minutes.published_at else None


def _minutes_blocks(meeting: Session) -> Iterator[Block]:
    minutes = _published(meeting)
    yield facts((*facts_of([meeting]), *(leaders_of(minutes) if minutes else ())))
    if not minutes:
        yield text(NOT_YET)
        return
    columns = (narrow("No.", 10, is_centred=True), TableColumn("Acara", 2), TableColumn("Pembicaraan", 5))
    items = ((f"{item.order}.", plain(item.topic), plain(item.said)) for item in minutes.items.all())
    yield Table(columns, tuple(items))
    decided: Numbered = resolutions_of(meeting.activity)
    if decided.entries:
        yield Heading("Keputusan")
        yield decided


def _minutes_lines(meeting: Session) -> Iterator[tuple[str, ...]]:
    minutes = _published(meeting)
    if not minutes:
        yield "", "", NOT_YET, "", ""
        return
    for item in minutes.items.all():
        yield "Acara", item.topic, item.said, minutes.chaired_by, minutes.noted_by
    for each in meeting.activity.resolutions.all():
        yield "Keputusan", f"Putusan {each.number}", each.text, minutes.chaired_by, minutes.noted_by


BOOKS["daftar-hadir"] = _of_meetings(
    "Buku Daftar Hadir Rapat BPD",
    Paper.F4,
    _list_blocks,
    _list_lines,
    {"No.": 6, "Nama": 32, "Kedudukan/Unsur": 26, "L/P": 6, "Keterangan": 26},
)
BOOKS["notulen"] = _of_meetings(
    "Buku Notulen Rapat BPD",
    Paper.F4_LANDSCAPE,
    _minutes_blocks,
    _minutes_lines,
    {"Jenis": 12, "Butir": 30, "Isi": 80, "Pimpinan rapat": 26, "Notulis": 26},
)
