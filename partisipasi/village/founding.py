"""What a new village finds on its first day; each room lays out its own."""

from collections.abc import Callable

_gifts: list[Callable[[], object]] = []


def at_founding(lay_out: Callable[[], object]) -> Callable[[], object]:
    """Register a function that fills a new village's lists, run in its scope. Twice is the same as once."""
    if lay_out not in _gifts:
        _gifts.append(lay_out)
    return lay_out


def lay_out_everything() -> None:
    for lay_out in _gifts:
        lay_out()
