"""The *notulen* on paper (domain: 1.8): the agenda, what was said on each item, and what was resolved."""

from collections.abc import Iterator

from attendance import document
from attendance.agreement import attached, facts, facts_of, leaders_of, paper_of, resolutions_of
from attendance.document import Block, Document, Heading, Signatures, text
from attendance.models import Minutes, Session
from attendance.sheet import Signatory, SignatureGroup
from attendance.sheet.signatures import laid_out
from partisipasi.db import current_village
from partisipasi.printed import plain
from partisipasi.village.models import Village
from partisipasi.village.words import long_date


def minutes_paper(minutes: Minutes) -> Document:
    """The minutes as their page shows them, with room for the two who answer for the text."""
    activity, village = minutes.activity, current_village()
    sessions = list(activity.sessions.in_order())
    return paper_of(
        minutes,
        "NOTULEN",
        blocks=(
            facts((*facts_of(sessions), *leaders_of(minutes))),
            Heading("Kehadiran"),
            *(text(line) for line in attached(activity, sessions)),
            *_items(minutes),
            *_resolved(minutes),
            *_corrections(minutes),
            _signed(minutes, sessions[-1], village),
        ),
    )


def as_pdf(minutes: Minutes) -> bytes:
    """Raises NotTypesettable."""
    return document.as_pdf(minutes_paper(minutes), at=minutes.saved_at)


def _items(minutes: Minutes) -> Iterator[Block]:
    for item in minutes.items.all():
        yield Heading(f"{item.order}. {plain(item.topic)}")
        for line in item.said.splitlines():
            if line.strip():
                yield text(plain(line))


def _resolved(minutes: Minutes) -> Iterator[Block]:
    resolutions = resolutions_of(minutes.activity)
    if resolutions.entries:
        yield Heading("Putusan")
        yield resolutions


def _corrections(minutes: Minutes) -> Iterator[Block]:
    """How a published text was changed since, and why."""
    corrections = list(minutes.corrections.all())
    if corrections:
        yield Heading("Perbaikan sesudah terbit")
        for each in corrections:
            yield text(
                plain(f"{long_date(each.at.astimezone(current_village().zone).date())}: {each.reason}")
            )


def _signed(minutes: Minutes, session: Session, village: Village) -> Signatures:
    signing = SignatureGroup(
        (Signatory("Pimpinan rapat", minutes.chaired_by), Signatory("Notulis", minutes.noted_by))
    )
    dated = plain(f"{village.name}, {long_date(session.day)}")
    return Signatures(laid_out([signing], abreast=2, dated=dated))
