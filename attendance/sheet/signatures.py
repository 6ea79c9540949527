"""Who signs a sheet, and where each signature stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from math import ceil

from partisipasi.printed import Tidied


@dataclass(frozen=True)
class Signatory(Tidied):
    """Who signs: `Kepala Desa Mergosari`, the name, and if there is one a line as `NIPD 3303…` under it."""

    role: str
    name: str = ""
    number_line: str = ""


@dataclass(frozen=True)
class SignatureGroup(Tidied):
    """Signatories side by side, under a heading such as `Mengetahui,`."""

    signatories: tuple[Signatory, ...]
    heading: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """A signatory's place on the paper, with the words that stand over the role.

    An `is_empty` block keeps its half of the paper free, so that a single signatory stands at the right.
    """

    over: str = ""
    role: str = ""
    name: str = ""
    number_line: str = ""
    is_empty: bool = False


@dataclass(frozen=True)
class SignatureLine:
    """Blocks side by side, with a heading over all of them."""

    blocks: tuple[SignatureBlock, ...]
    heading: str = ""


def laid_out(groups: Sequence[SignatureGroup], *, abreast: int, dated: str) -> tuple[SignatureLine, ...]:
    """The lines of signatures: one alone at the right, more of them side by side in lines of equal length.

    At most `abreast` stand side by side; those under the same heading, or under none, stand together. `dated`, the
    place and date, stands over the last block of the first line. Two groups of one each share a line, the second
    at the left: `Mengetahui, Kepala Desa` beside the one who prepared the paper.
    """
    groups = _gathered(groups)
    if _is_a_pair(groups):
        (right,), (left,) = (group.signatories for group in groups)
        lines = [SignatureLine((_block(left, groups[1].heading), _block(right)))]
    else:
        lines = [line for group in groups for line in _lines(group, abreast)]
    if not lines or lines[0].heading:
        lines.insert(0, _lone(SignatureBlock()))
    *before, last = lines[0].blocks
    lines[0] = SignatureLine((*before, replace(last, over=dated)), lines[0].heading)
    return tuple(lines)


def _gathered(groups: Sequence[SignatureGroup]) -> list[SignatureGroup]:
    """One group for each heading, in the order in which they come first."""
    under: dict[str, tuple[Signatory, ...]] = {}
    for group in groups:
        if group.signatories:
            under[group.heading] = (*under.get(group.heading, ()), *group.signatories)
    return [SignatureGroup(signatories, heading) for heading, signatories in under.items()]


def _is_a_pair(groups: Sequence[SignatureGroup]) -> bool:
    """Whether one prepared the paper and one other has seen it."""
    return [(len(group.signatories), bool(group.heading)) for group in groups] == [(1, False), (1, True)]


def _lines(group: SignatureGroup, abreast: int) -> Iterator[SignatureLine]:
    many = len(group.signatories)
    heading = group.heading
    for signatories in batched(group.signatories, ceil(many / ceil(many / abreast))):
        blocks = tuple(_block(one) for one in signatories)
        yield replace(_lone(*blocks) if len(blocks) == 1 else SignatureLine(blocks), heading=heading)
        heading = ""


def _block(one: Signatory, over: str = "") -> SignatureBlock:
    return SignatureBlock(over, one.role, one.name, one.number_line)


def _lone(block: SignatureBlock) -> SignatureLine:
    return SignatureLine((SignatureBlock(is_empty=True), block))
