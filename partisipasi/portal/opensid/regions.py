"""Dusun, RW and RT out of `tweb_wil_clusterdesa`, where each row names its place with all above it."""

from partisipasi.village.models import Region

from .dump import Row
from .taking import LeftOut, Site, line

TABLE = "tweb_wil_clusterdesa"
_NOTHING = {"", "0", "-", "00", "000"}


def take_regions(site: Site) -> None:
    """Those that the village has already, by name or number, are found again and not made anew."""
    for row in site.rows(TABLE):
        site.take(TABLE, row, _region)


def _region(row: Row) -> Region:
    names = {level: line(row.get(column), 60) for level, column in _levels()}
    named = [(level, name) for level, name in names.items() if name not in _NOTHING]
    if not named or "-" in names.values():
        raise LeftOut("Baris bantu OpenSID, bukan wilayah.")
    region: Region | None = None
    for level, name in named:
        region = _found_or_made(region, level, name)
    if region is None:  # there is at least one name
        raise LeftOut("Tidak bernama.")
    return region


def _levels() -> list[tuple[str, str]]:
    """What the village calls its largest parts goes before what OpenSID does."""
    first = Region.objects.top().order_by("pk").first()
    return [(first.level_word if first else "Dusun", "dusun"), ("RW", "rw"), ("RT", "rt")]


def _found_or_made(parent: Region | None, level: str, name: str) -> Region:
    beside = Region.objects.filter(parent=parent, level_word=level)
    found = next((each for each in beside if _plain(each.name) == _plain(name)), None)
    return found or Region.objects.create(parent=parent, level_word=level, name=name)


def _plain(name: str) -> str:
    """`Dusun Krajan` as `krajan`, `001` as `1`."""
    plain = name.casefold().removeprefix("dusun ").strip()
    return plain.lstrip("0") if plain.isdecimal() else plain
