"""The *berita acara* on paper (domain: 1.7): what was agreed, by whom, and where the record proves it."""

from collections.abc import Iterable, Iterator

from attendance import document
from attendance.document import (
    Block,
    Document,
    Facts,
    Heading,
    NextPage,
    Numbered,
    Run,
    Signatures,
    Table,
    TableColumn,
    Text,
    text,
)
from attendance.document.blocks import DOTS, narrow
from attendance.models import Activity, Minutes, Session
from attendance.public_roster import NOTICE, public_sheet_of
from attendance.recorded import ledger_head
from attendance.roster import letterhead_of
from attendance.sheet import Cell, Field, SignatureGroup
from attendance.sheet.signatures import laid_out
from attendance.signing import signatures_of
from attendance.tally import Tally
from partisipasi.db import current_village
from partisipasi.printed import plain
from partisipasi.village.models import Village
from partisipasi.village.words import date_in_words, figures, long_date

REPRESENTATIVES = 10
_RESOLVED = (
    "Setelah dilakukan pembahasan, seluruh peserta musyawarah menyetujui serta memutuskan beberapa hal yang "
    "berketetapan menjadi putusan akhir, yaitu:"
)
_CLOSING = (
    "Demikian berita acara ini dibuat dan disahkan dengan penuh tanggung jawab agar dapat digunakan sebagaimana "
    "mestinya."
)


def paper_of(minutes: Minutes, title: str, *, blocks: Iterable[Block], number: str = "") -> Document:
    """A paper that comes from these minutes, under the village's letterhead and with its place in the record."""
    village = current_village()
    return Document(
        letterhead=letterhead_of(village),
        full_name=plain(village.full_name),
        title=title,
        subtitle=plain(minutes.activity.title).upper(),
        number=plain(number),
        is_draft=not minutes.published_at,
        ledger=ledger_head(minutes, "minutes.published", "minutes.corrected"),
        village_code=plain(village.code),
        blocks=tuple(blocks),
    )


def agreement_of(minutes: Minutes) -> Document:
    """The agreement of an activity that resolved something, from which PDF and DOCX are written."""
    activity, village = minutes.activity, current_village()
    sessions = list(activity.sessions.in_order())
    first = sessions[0]
    return paper_of(
        minutes,
        "BERITA ACARA",
        number=minutes.number,
        blocks=(
            Text(
                (
                    Run(f"{_opening(village)} "),
                    Run(date_in_words(first.day), is_bold=True),
                    Run(f" {_held(minutes, first)}"),
                )
            ),
            facts(facts_of(sessions)),
            Heading("A. Materi dan unsur pimpinan"),
            text("I. Materi dan topik:"),
            Numbered(tuple((plain(item.topic),) for item in minutes.items.all())),
            text("II. Unsur pimpinan rapat:"),
            facts(leaders_of(minutes)),
            Heading("B. Putusan akhir"),
            text(_RESOLVED),
            resolutions_of(activity),
            text(_CLOSING),
            signed(first, village),
            Heading("Mengetahui dan menyetujui, wakil dan peserta musyawarah"),
            _representatives(),
            Heading("Lampiran"),
            *(text(line) for line in attached(activity, sessions)),
            *lists_of(sessions),
        ),
    )


def as_pdf(minutes: Minutes) -> bytes:
    """Raises NotTypesettable."""
    return document.as_pdf(agreement_of(minutes), at=minutes.saved_at)


def as_docx(minutes: Minutes) -> bytes:
    return document.as_docx(agreement_of(minutes), at=minutes.saved_at)


def resolutions_of(activity: Activity) -> Numbered:
    """What was resolved, by its numbers."""
    return Numbered(
        tuple(
            tuple(plain(line) for line in each.text.splitlines() if line.strip())
            for each in activity.resolutions.all()
        )
    )


def _representatives() -> Table:
    """Where those who were there sign for all."""
    columns = (
        narrow("No.", 10, is_centred=True),
        TableColumn("Nama"),
        TableColumn("Alamat"),
        narrow("Tanda tangan", 38),
    )
    rows = ((f"{place}.", "", "", f"{place} {DOTS[:18]}") for place in range(1, REPRESENTATIVES + 1))
    return Table(columns, tuple(rows), row_height=9)


def attached(activity: Activity, sessions: list[Session]) -> Iterator[str]:
    """What was done for the quorum, and what the attached lists count."""
    yield from (plain(step.sentence) for step in activity.postponements.for_quorum())
    yield from _attached(sessions, is_closed=bool(activity.closed_at))


def lists_of(sessions: list[Session]) -> Iterator[Block]:
    """The Daftar Hadir of each session in the version for everybody, once it no longer changes."""
    for session in sessions:
        if not session.activity.closed_at:
            continue
        sheet = public_sheet_of(session)
        yield NextPage()
        yield Heading(" ".join(filter(None, (sheet.title, session.name))))
        yield facts((fact.label, fact.shown) for fact in sheet.facts)
        yield Table(
            tuple(
                narrow(column.heading, 12, is_centred=True)
                if column.field is Field.NUMBER
                else TableColumn(column.heading)
                for column in sheet.columns
            ),
            tuple(
                tuple(str(row.number) if cell.field is Field.NUMBER else _cell(cell) for cell in row.cells)
                for row in sheet.rows
            ),
        )
        yield text(sheet.recap.line)
        gone = session.activity.names_gone
        yield text(f"{NOTICE} {gone or 'Daftar bertanda tangan disimpan desa.'}")


def _cell(cell: Cell) -> str:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text


def _opening(village: Village) -> str:
    return plain(
        "Dalam rangka melaksanakan prinsip partisipasi dalam pembangunan desa di "
        f"{village.full_name}, {village.district_word} {village.district}, "
        f"{village.regency_word} {village.regency}, maka pada hari ini"
    )


def _held(minutes: Minutes, session: Session) -> str:
    return plain(
        f"bertempat di {session.venue_text}, telah diselenggarakan {minutes.activity.title} yang dihadiri "
        "wakil-wakil masyarakat, tokoh masyarakat, serta unsur lain yang terkait di desa sebagaimana tercantum "
        "dalam daftar hadir terlampir."
    )


def facts_of(sessions: list[Session]) -> Iterator[tuple[str, str]]:
    for session in sessions:
        if len(sessions) > 1:
            yield "Sesi", str(session)
        yield "Hari dan tanggal", session.day_text
        yield "Jam", session.time_text
        yield "Tempat", session.venue_text


def leaders_of(minutes: Minutes) -> list[tuple[str, str]]:
    return [("Pimpinan rapat", minutes.chaired_by or DOTS), ("Notulis", minutes.noted_by or DOTS)]


def _attached(sessions: list[Session], *, is_closed: bool) -> Iterator[str]:
    """What the attached list counts, as its closing counted it."""
    for session in sessions:
        tally = Tally.of_session(session)
        which = f" {session.name}" if len(sessions) > 1 and session.name else ""
        seats = f" {tally.seats_line}" if session.activity.kind.by_invitation and tally.invited else ""
        quorum = f" {tally.quorum.line}" if tally.quorum else ""
        still_open = "" if is_closed else " Daftar ini belum ditutup; jumlahnya masih dapat berubah."
        yield plain(
            f"Daftar hadir{which}: {figures(tally.present)} {tally.sex_sentence}{seats}{quorum}{still_open}"
        )


def signed(session: Session, village: Village) -> Signatures:
    """Who signs for the kind of this activity, with place and date."""
    groups: list[SignatureGroup] = list(signatures_of(session, village))
    dated = plain(f"{village.name}, {long_date(session.day)}")
    return Signatures(laid_out(groups, abreast=2, dated=dated))


def facts(pairs: Iterable[tuple[str, str]]) -> Facts:
    """Labels and values as typed, made fit for a line."""
    return Facts(tuple((label, plain(value)) for label, value in pairs))
