"""The Daftar Hadir for everybody: who came, if the village so chooses, else how many; never how to reach them.

What the internal sheet shows besides (signatures, phone, address, RT/RW, institution) is not asked for here at all, so
that no choice of columns can bring it in (domain: 6).
"""

from collections.abc import Iterator
from dataclasses import replace

from attendance.models import Session
from attendance.roster import SheetOptions, sheet_of
from attendance.sheet import Column, Field, Row, Sheet
from attendance.tally import Tally
from partisipasi.village.words import figures

NOTICE = "Versi untuk umum: tanpa tanda tangan, nomor HP, NIK, dan alamat peserta."

_NAMES = (Column.of(Field.NUMBER), Column.of(Field.NAME))
_NAMES_AND_UNSUR = (*_NAMES, Column.of(Field.ROLE, "Unsur"))
_COUNTS = (
    Column.of(Field.NUMBER),
    Column.of(Field.ROLE, "Unsur yang diwakili"),
    Column.of(Field.REMARK, "Jumlah (orang)"),
)


def public_sheet_of(session: Session) -> Sheet:
    """The sheet of a session's list as everybody may have it."""
    whole = sheet_of(session, SheetOptions(columns=(Field.NUMBER, Field.NAME)))
    activity = session.activity
    columns, rows = _names(session) if activity.shows_names else (_COUNTS, tuple(_counts(session)))
    footer = replace(whole.footer, privacy_notice=NOTICE)
    said = " ".join(filter(None, (whole.recap.remark, activity.names_gone)))
    recap = replace(whole.recap, remark=said)
    return replace(whole, columns=columns, attendees=rows, recap=recap, footer=footer)


def _names(session: Session) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    present = list(session.attendances.present().in_order().select_related("unsur"))
    # Where one person's unsur is withheld, a gap beside his name alone would tell it: then all are withheld.
    withheld = any(row.unsur and row.unsur.sensitive for row in present)
    rows = [
        Row(
            row.number or place,
            {Field.NAME: row.public_name, Field.ROLE: str(row.unsur) if row.unsur and not withheld else ""},
        )
        for place, row in enumerate(present, start=1)
    ]
    shows_unsur = any(row.values[Field.ROLE] for row in rows)
    return (_NAMES_AND_UNSUR if shows_unsur else _NAMES), tuple(rows)


def _counts(session: Session) -> Iterator[Row]:
    tally = Tally.of_session(session)
    counted = [*tally.by_unsur, ("Tidak mewakili unsur", tally.unsur_unknown)]
    for place, (unsur, number) in enumerate([pair for pair in counted if pair[1]], start=1):
        yield Row(place, {Field.ROLE: unsur, Field.REMARK: figures(number)})
