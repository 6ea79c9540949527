"""Letters with codes, two to a page, in the order in which an RT hands them out, with a list for their signatures."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from django.urls import reverse

from partisipasi import clock
from partisipasi.printed import fitted, plain, qr_code
from partisipasi.typeset import typeset
from partisipasi.village.models import Region, Village
from partisipasi.village.templatetags.portal_format import tanggal

from . import codes
from .models import IssuedLetter, Person

_TEMPLATE = Path(__file__).with_name("code_letters.typ")
_NAME_ROOM, _ADDRESS_ROOM = 22, 30
"""Widths on the letter and on the list, in units of the type size."""


def as_pdf(letters: Sequence[IssuedLetter], village: Village) -> bytes:
    """The letters region by region, each region's followed by its list of receipt. Raises NotTypesettable."""
    in_order = sorted(letters, key=lambda each: _order(each.person))
    paper = {
        "kop": _kop(village),
        "regions": [
            {"name": name, "letters": [_letter(each, village) for each in group]}
            for name, group in groupby(in_order, key=lambda each: _region_name(each.person.region))
        ],
        "address": village.url(reverse("account_verification")).removeprefix("https://"),
        "office": _office(village),
        "printed_on": tanggal(clock.today()),
    }
    return typeset(_TEMPLATE, paper, at=clock.now())


def _order(person: Person) -> tuple[list[str], str, str]:
    return _chain(person.region), person.address.casefold(), person.name.casefold()


def _chain(region: Region | None) -> list[str]:
    """The names from the dusun down to the RT; people without a place come last."""
    names: list[str] = []
    while region is not None:
        names.insert(0, region.name)
        region = region.parent
    return names or ["\uffff"]


def _region_name(region: Region | None) -> str:
    return plain(region.full_name) if region else "Wilayah belum dicatat"


def _letter(issued: IssuedLetter, village: Village) -> dict[str, object]:
    person, code = issued.person, codes.written(issued.code)
    region = person.region.full_name if person.region else ""
    place = person.address if region in person.address else ", ".join(filter(None, (person.address, region)))
    return {
        "name": fitted(plain(person.name), _NAME_ROOM, 2),
        "place": fitted(plain(place), _ADDRESS_ROOM, 2),
        "short_place": fitted(plain(person.address), _NAME_ROOM, 2),
        "code": code,
        "qr": qr_code(village.url(reverse("account_verification", query={"kode": code}))),
        "until": tanggal(issued.letter.expires_at),
    }


def _kop(village: Village) -> dict[str, object]:
    return {
        "authorities": [
            plain(line).upper()
            for line in (
                f"Pemerintah {village.regency_word} {village.regency}",
                f"{village.district_word} {village.district}",
            )
        ],
        "village": plain(village.full_name).upper(),
        "full_name": plain(village.full_name),
        "address": plain(" · ".join(filter(None, (village.address, village.phone)))),
        "logo": list(_logo(village)),
    }


def _logo(village: Village) -> bytes:
    if not village.logo:
        return b""
    with village.logo.open() as picture:
        return picture.read()


def _office(village: Village) -> str:
    """Whom to ask, and when."""
    facts: Iterable[str] = (
        (village.address and f"Kantor {village.full_name}, {village.address}")
        or f"Kantor {village.full_name}",
        village.phone and f"telepon {village.phone}",
        village.office_hours,
    )
    return plain("; ".join(filter(None, facts)))
