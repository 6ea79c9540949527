"""Development projects out of `pembangunan`: drafts, since OpenSID tells no timetable and no money spent.

Here a project that was made known is late by its timetable and tells what it has cost so far; both would be invented.
"""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from announcements import rich_text
from announcements.models import Project
from partisipasi.residents.models import Body
from partisipasi.village.models import Region

from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE, PHOTOS = "pembangunan", "pembangunan_ref_dokumentasi"
_FIELD = "02"
"""*Pelaksanaan pembangunan desa*, which is what OpenSID's table is for."""
_VOLUME = re.compile(r"(?P<amount>\d[\d.,]*)\s*(?P<unit>.*)")
_DAYS = {1: 1, 2: 7, 3: 30, 4: 365}
"""Days of each `satuan_waktu`."""


def take_projects(site: Site) -> None:
    """Each as a draft for whoever carries it out to complete and make known."""
    for row in site.rows(TABLE):
        site.take(TABLE, row, lambda row: _project(site, row))
    if made := site.report.of(TABLE).done["new"]:
        site.report.warn(f"{made} pembangunan menjadi draf: lengkapi jadwal dan pelaksananya, lalu umumkan.")
    for row in site.rows(PHOTOS):
        site.report.leave(
            PHOTOS, row.get("id"), "Laporan kemajuan di sini menyebut uang terpakai, di sana tidak."
        )


def _project(site: Site, row: Row) -> Project:
    name, year = line(row.get("judul"), 160), number(row.get("tahun_anggaran"))
    cost = Decimal(max(number(row.get("perubahan_anggaran")), 0) or number(row.get("anggaran")))
    if not name or not year or cost <= 0:
        raise LeftOut("Tanpa judul, tahun anggaran, atau nilai.")
    amount, unit = _volume(row)
    project = Project(
        year=year,
        name=name,
        field=_FIELD,
        description=_description(row),
        region=_region(site, row),
        location=line(row.get("lokasi"), 160) or "Belum dicatat",
        latitude=_degrees(row, "lat", -11, 6),
        longitude=_degrees(row, "lng", 95, 141),
        volume=amount,
        unit=unit,
        body=_body(row),
        starts_on=date(year, 1, 1),
        ends_on=_end(row, year),
        cost=cost,
    )
    if project.latitude is None or project.longitude is None:
        project.latitude = project.longitude = None
    project.full_clean(exclude=["made_by", "slug"])
    return project.write(by=site.by)


def _description(row: Row) -> str:
    told = {
        "": rich_text.plain(row.get("keterangan") or ""),
        "Manfaat: ": rich_text.plain(row.get("manfaat") or ""),
        "Sumber dana: ": line(row.get("sumber_dana")),
    }
    return "\n".join(f"{label}{words}" for label, words in told.items() if words)[:2000]


def _volume(row: Row) -> tuple[Decimal, str]:
    """`200 m`; one whole thing where no number is told."""
    written = line(row.get("volume"), 100)
    if found := _VOLUME.fullmatch(written):
        with suppress(InvalidOperation):
            amount = Decimal(found["amount"].replace(".", "").replace(",", "."))
            if Decimal("0.01") <= amount < Decimal(10) ** 10:
                return amount.quantize(Decimal("0.01")), found["unit"][:40] or "unit"
    return Decimal(1), "paket"


def _region(site: Site, row: Row) -> Region | None:
    """The part of the village that the row names by its key, else by words."""
    place = row.get("id_lokasi")
    cluster = next((each for each in site.dump.rows("tweb_wil_clusterdesa") if each.get("id") == place), None)
    named = line(cluster.get("dusun")) if place and cluster else line(row.get("lokasi"))
    tops = Region.objects.top()
    return next((each for each in tops if named and each.name.casefold() in named.casefold()), None)


def _body(row: Row) -> Body:
    """Who carries it out, as a body of the address book."""
    name = line(row.get("pelaksana_kegiatan"), 120) or "Tim Pelaksana Kegiatan (TPK)"
    known = Body.objects.filter(name__iexact=name).first()
    return known or Body.objects.create(name=name, kind=Body.Kind.LKD)


def _end(row: Row, year: int) -> date:
    """After as long as it takes from the first day of its year, and within it."""
    days = number(row.get("waktu")) * _DAYS.get(number(row.get("satuan_waktu")), 0)
    last = date(year, 12, 31)
    return min(date.fromordinal(date(year, 1, 1).toordinal() + days), last) if days > 0 else last


def _degrees(row: Row, column: str, lowest: int, highest: int) -> Decimal | None:
    with suppress(InvalidOperation):
        degrees = Decimal(line(row.get(column))).quantize(Decimal("0.000001"))
        return degrees if lowest <= degrees <= highest else None
    return None
