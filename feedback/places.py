"""Where in the village something is: labels of regions for choices and lists, from one statement."""

from collections.abc import Iterable

from partisipasi.village.models import Region


def labelled(regions: Iterable[Region]) -> list[tuple[str, str]]:
    """Each region's key and its name as addresses have it, larger parts before their own."""
    regions = list(regions)
    by_pk = {str(region.pk): region for region in regions}
    labels = []
    for region in regions:
        above = [by_pk[key] for key in region.path.strip("/").split("/") if key in by_pk]
        labels.append((str(region.pk), ", ".join(str(each) for each in above)))
    return labels


def hamlet_of(region: Region | None, hamlets: Iterable[Region]) -> str:
    """The large part of the village in which a region lies: all that everybody may know."""
    if region is None:
        return ""
    return next((str(each) for each in hamlets if region.path.startswith(each.path)), "")
