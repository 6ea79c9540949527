"""Checking a village's chain from its first entry to its end, with nothing taken on trust but the key."""

import hmac
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from partisipasi.db import current_village_pk
from partisipasi.village.words import long_date

from .chain import GENESIS, entry_hash, entry_mac, head_mac
from .models import DailyHead, Entry, LedgerHead, Seal


@dataclass
class Verdict:
    """What the check of one village found; without faults the chain is whole."""

    entries: int = 0
    head: str = GENESIS
    forgotten: int = 0
    """Commitments that say nothing any more: what they were made of is gone, by its term or at somebody's wish."""
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults


def verify() -> Verdict:
    """Recompute the chain of the village in scope. Each fault is a sentence that names the entry or the day."""
    verdict = Verdict()
    days: dict[int, list[DailyHead]] = {}
    for kept in DailyHead.objects.order_by("on"):
        days.setdefault(kept.number, []).append(kept)
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        verdict.faults += _faults_of(entry, verdict)
        verdict.faults += [
            f"Kepala harian {long_date(kept.on)} tidak cocok dengan catatan {entry.number}."
            for kept in days.pop(entry.number, [])
            if not _same(kept.hash, entry.hash)
        ]
        verdict.entries, verdict.head = entry.number, entry.hash
        verdict.forgotten += _commitments_in(entry)
    verdict.faults += _faults_of_head(verdict)
    verdict.faults += [
        f"Kepala harian {long_date(kept.on)} menyebut catatan {kept.number}, yang tidak ada."
        for stray in days.values()
        for kept in stray
    ]
    verdict.faults += _missing_days()
    verdict.forgotten -= Seal.objects.count()
    return verdict


def _commitments_in(entry: Entry) -> int:
    facts = entry.facts.values() if isinstance(entry.facts, dict) else ()
    return sum(isinstance(told, dict) and "commitment" in told for told in facts)


def _faults_of(entry: Entry, before: Verdict) -> Iterator[str]:
    if entry.number != before.entries + 1:
        yield f"Catatan {_span(before.entries + 1, entry.number - 1)} hilang."
    elif not _same(entry.previous, before.head):
        yield f"Catatan {entry.number} tidak menyambung pada catatan sebelumnya."
    digest = entry_hash(
        number=entry.number,
        at=entry.at,
        kind=entry.kind,
        subject=entry.subject,
        facts=entry.facts,
        previous=entry.previous,
    )
    if not _same(digest, entry.hash):
        yield f"Isi catatan {entry.number} tidak cocok dengan sidik jarinya."
    if not _same(entry_mac(current_village_pk(), entry.hash), entry.mac):
        yield f"Catatan {entry.number} tidak ditulis oleh portal ini."


def _faults_of_head(found: Verdict) -> Iterator[str]:
    head = LedgerHead.objects.first()
    number, digest = (head.number, head.hash or GENESIS) if head else (0, GENESIS)
    if number > found.entries:
        yield f"Catatan {_span(found.entries + 1, number)} hilang dari ujung rantai."
    elif (number, digest) != (found.entries, found.head):
        yield f"Kepala catatan tidak cocok dengan ujung rantai, yaitu catatan {found.entries}."
    elif head and number and not _same(head_mac(current_village_pk(), number, digest), head.mac):
        yield "Kepala catatan tidak ditulis oleh portal ini; ujung rantai mungkin dipotong."


def _missing_days() -> Iterator[str]:
    """Days between the first and the last daily head that have none."""
    days = list(DailyHead.objects.order_by("on").values_list("on", flat=True))
    for earlier, later in itertools.pairwise(days):
        if later - earlier > timedelta(days=1):
            yield f"Kepala harian antara {long_date(earlier)} dan {long_date(later)} hilang."


def _span(first: int, last: int) -> str:
    return f"{first}" if first >= last else f"{first}–{last}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
