"""The *berita acara* on paper (domain: 1.7): what was agreed, by whom, and where the record proves it."""

from collections.abc import Iterator
from pathlib import Path

from attendance.models import Minutes, Session
from attendance.roster import letterhead_of, signatures_of
from attendance.sheet import SignatureGroup
from attendance.sheet.signatures import laid_out
from attendance.tally import Tally
from partisipasi.db import current_village
from partisipasi.ledger.chain import subject_of
from partisipasi.ledger.models import Entry
from partisipasi.printed import fitted, plain
from partisipasi.typeset import typeset
from partisipasi.village.models import Village
from partisipasi.village.words import date_in_words, figures, long_date

_TEMPLATE = Path(__file__).with_name("agreement.typ")
_ROOM = 30
"""Width of a value beside its label, in units of the type size."""
REPRESENTATIVES = 10


def as_pdf(minutes: Minutes) -> bytes:
    """The agreement of an activity that resolved something. Raises NotTypesettable."""
    activity, village = minutes.activity, current_village()
    sessions = list(activity.sessions.in_order())
    letterhead = letterhead_of(village)
    first = sessions[0]
    paper = {
        "authorities": list(letterhead.authorities),
        "village": letterhead.village,
        "full_name": plain(village.full_name),
        "address": list(letterhead.address_lines),
        "logo": list(letterhead.logo or b""),
        "title": fitted(plain(activity.title).upper(), 32, 4),
        "number": plain(minutes.number),
        "is_draft": not minutes.published_at,
        "opening": _opening(village),
        "day": date_in_words(first.day),
        "held": _held(minutes, first),
        "facts": [_pair(label, value) for label, value in _facts(sessions)],
        "topics": [plain(item.topic) for item in minutes.items.all()],
        "leaders": [_pair(label, value) for label, value in _leaders(minutes)],
        "resolutions": [
            [plain(line) for line in each.text.splitlines() if line.strip()]
            for each in activity.resolutions.all()
        ],
        "attached": [
            *(plain(step.sentence) for step in activity.postponements.for_quorum()),
            *_attached(sessions, is_closed=bool(activity.closed_at)),
        ],
        "signature_lines": _signature_lines(first, village),
        "representatives": REPRESENTATIVES,
        "ledger": _ledger_head(minutes),
        "village_code": plain(village.code),
    }
    return typeset(_TEMPLATE, paper, at=minutes.saved_at)


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


def _facts(sessions: list[Session]) -> Iterator[tuple[str, str]]:
    for session in sessions:
        if len(sessions) > 1:
            yield "Sesi", str(session)
        yield "Hari dan tanggal", session.day_text
        yield "Jam", session.time_text
        yield "Tempat", session.venue_text


def _leaders(minutes: Minutes) -> list[tuple[str, str]]:
    dots = "." * 40
    return [("Pimpinan rapat", minutes.chaired_by or dots), ("Notulis", minutes.noted_by or dots)]


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


def _signature_lines(session: Session, village: Village) -> list[dict[str, object]]:
    groups: list[SignatureGroup] = list(signatures_of(session, village))
    dated = f"{village.name}, {long_date(session.day)}"
    return [
        {
            "heading": line.heading,
            "blocks": [
                {
                    "over": block.over,
                    "role": fitted(block.role, 14, 3),
                    "name": fitted(block.name, 13, 2),
                    "number_line": block.number_line,
                }
                for block in line.blocks
            ],
        }
        for line in laid_out(groups, abreast=2, dated=plain(dated))
    ]


def _ledger_head(minutes: Minutes) -> str:
    """Where these minutes stand in the village's record: a later change can be proved by it."""
    entries = Entry.objects.filter(
        kind__in=["minutes.published", "minutes.corrected"], subject=subject_of(minutes)
    )
    entry = entries.order_by("-number").first()
    return f"nomor {entry.number}, {entry.hash}" if entry else ""


def _pair(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": fitted(plain(value), _ROOM, 3)}
