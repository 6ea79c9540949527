"""What differs between two texts, in words that were put in and taken out, block by block."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from announcements import rich_text

_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|tr|caption|figcaption|blockquote|figure)>|<br>|<hr>")
_CELL_END = re.compile(r"(?:</p>)?</t[dh]>(?!</tr>)")
_LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>')
_PICTURE = re.compile(r'<img[^>]*?src="([^"]*)"[^>]*>')
_ALT = re.compile(r' alt="([^"]*)"')
# Words with the space behind them, so that what is put together again reads as before.
_WORD = re.compile(r"\S+\s*")
# Two paragraphs that share less than this are told as one taken out and another put in.
_ALIKE = 0.3


@dataclass(frozen=True)
class Piece:
    """Some words and what happened to them: "same", "added" or "removed"."""

    kind: str
    words: str


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or cell, whole or changed."""

    pieces: list[Piece] = field(default_factory=list)

    unchanged: int = 0  # So many blocks that are the same stand here, and are not shown.

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def blocks(text: str) -> list[str]:
    """The paragraphs and rows of a cleaned text as words; links say where they lead, pictures what they show."""
    named = _PICTURE.sub(_picture_named, _LINK.sub(_link_named, _CELL_END.sub(" | ", text)))
    plain = (rich_text.plain(part) for part in _BLOCK_END.split(named))
    return [words for words in plain if words]


def _link_named(link: re.Match[str]) -> str:
    address, words = link.groups()
    return words if html.unescape(address) == rich_text.plain(words) else f"{words} ({address})"


def _picture_named(picture: re.Match[str]) -> str:
    alt = _ALT.search(picture[0])
    return f"[Gambar: {alt[1] if alt and alt[1] else picture[1]}] "


def compare(before: Sequence[str], after: Sequence[str]) -> list[Block]:
    """The blocks of `after` with what was put in, and those of `before` that are gone, in their places."""
    found: list[Block] = []
    for change, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "equal":
            found += [Block([Piece("same", words)]) for words in after[c:d]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def folded(found: Sequence[Block]) -> list[Block]:
    """`found` without what is the same, but for the block before and behind each change."""
    near = {at + step for at, block in enumerate(found) if block.changed for step in (-1, 0, 1)}
    shown: list[Block] = []
    for at, block in enumerate(found):
        if at in near:
            shown.append(block)
        elif shown and shown[-1].unchanged:
            shown[-1] = Block(unchanged=shown[-1].unchanged + 1)
        else:
            shown.append(Block(unchanged=1))
    return shown


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    for old, new in zip(before, after, strict=False):
        yield from _reworded(old, new)
    shared = min(len(before), len(after))
    yield from (Block([Piece("removed", words)]) for words in before[shared:])
    yield from (Block([Piece("added", words)]) for words in after[shared:])


def _reworded(old: str, new: str) -> Iterator[Block]:
    was, now = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(
        None, [word.strip() for word in was], [word.strip() for word in now], autojunk=False
    )
    if matcher.ratio() < _ALIKE:
        yield Block([Piece("removed", old)])
        yield Block([Piece("added", new)])
        return
    pieces: list[Piece] = []
    for change, a, b, c, d in matcher.get_opcodes():
        if change == "equal":
            pieces += _piece("same", now[c:d])
        else:
            pieces += [*_piece("removed", was[a:b]), *_piece("added", now[c:d])]
    yield Block(pieces)


def _piece(kind: str, words: Iterable[str]) -> list[Piece]:
    joined = "".join(words)
    return [Piece(kind, joined)] if joined else []
