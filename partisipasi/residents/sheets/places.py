"""Which part of the village a row means by its dusun, RW and RT."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from partisipasi.village.models import Region

from .table import Line

UPPERMOST = ["dusun", "dukuh", "padukuhan", "pedukuhan", "banjar", "jorong", "lingkungan", "kampung"]
SPELLINGS = {
    "dusun": UPPERMOST,
    "RW": ["rw", "no rw", "nomor rw"],
    "RT": ["rt", "no rt", "nomor rt"],
    "RT/RW": ["rt rw"],
}
LEVELS = ("dusun", "RW", "RT")

Columns = dict[str, str]


def spellings() -> dict[str, list[str]]:
    """With the word by which this village calls its uppermost parts."""
    own = Region.objects.top().exclude(level_word__in=["RT", "RW"]).values_list("level_word", flat=True)
    return {**SPELLINGS, "dusun": [*UPPERMOST, *own.distinct().order_by("level_word")]}


def columns_of(region: Region | None) -> Columns:
    """Where `region` lies, column by column; nothing for a part that the columns cannot say."""
    columns: Columns = {}
    while region is not None:
        level = region.level_word if region.level_word in {"RT", "RW"} else "dusun"
        if level in columns or (level == "dusun" and region.parent is not None):
            return {}
        columns[level] = region.name
        region = region.parent
    return columns


class Places:
    """The parts of the village, found by what people write in the columns."""

    def __init__(self) -> None:
        regions: Iterable[Region] = Region.objects.select_related("parent__parent")
        self.known = [(region, _plain_columns(columns_of(region))) for region in regions]

    def meant_by(self, line: Line) -> Region | None:
        """The Region of this row, None where it says nothing. Raises ValidationError where there is none or several."""
        written = _written(line)
        if not written:
            return None
        wanted = _plain_columns(written)
        deepest = max(LEVELS.index(level) for level in wanted)
        found = [
            region
            for region, columns in self.known
            if wanted.items() <= columns.items() and max(map(LEVELS.index, columns)) == deepest
        ]
        if len(found) == 1:
            return found[0]
        said = ", ".join(f"{level} {written[level]}" for level in reversed(LEVELS) if level in written)
        if found:
            raise ValidationError(f"Ada lebih dari satu {said}. Isi juga kolom dusun dan RW.")
        raise ValidationError(f"{said} tidak ada dalam daftar wilayah desa.")


def _written(line: Line) -> Columns:
    written = {level: line.text(level) for level in LEVELS if line.text(level)}
    both = re.fullmatch(r"(\w+)\s*/\s*(\w+)", line.text("RT/RW"))
    if both:
        written = {"RT": both[1], "RW": both[2]} | written
    return written


def _plain_columns(columns: Mapping[str, str]) -> Columns:
    return {level: _plain(name) for level, name in columns.items()}


def _plain(name: str) -> str:
    """ "Dusun Krajan" and "krajan", "RT 001" and "1" are one."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in {*UPPERMOST, "rt", "rw"}]
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)
