"""The village's public pages for search engines: what the search page finds for anybody, and the standing pages."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree

from django.contrib.auth.models import AnonymousUser
from django.db import models

from partisipasi import search

from .ways import leads_somewhere

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LONGEST = 20_000
"""The protocol allows 50,000 addresses in one file."""

STANDING = "halaman"
_STANDING_PAGES = (
    "/",
    "/informasi/",
    "/informasi/galeri/",
    "/halaman/",
    "/kegiatan/",
    "/kegiatan/kalender/",
    "/kegiatan/bukti/",
    "/pelatihan/",
    "/pelatihan/fasilitator/",
    "/sertifikat/",
    "/forum/",
    "/aspirasi/",
    "/transparansi/",
    "/anggaran/",
    "/pembangunan/",
    "/dokumen/",
    "/dokumen/produk-hukum/",
    "/dokumen/dikecualikan/",
    "/mitra/",
    "/keputusan/",
    "/tindak-lanjut/",
    "/perangkat/",
    "/perangkat/bagan/",
    "/angka/",
    "/data/",
    "/catatan/",
    "/catatan/kepala/",
    "/catatan/periksa/",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
)
# Found under addresses that only lead to their place on another page.
_ON_OTHER_PAGES = {"putusan", "tanggapan"}

Page = tuple[str, datetime | None]


def parts() -> list[str]:
    """The names of the sitemaps."""
    return [STANDING, *(kind.name for kind in search.kinds() if kind.name not in _ON_OTHER_PAGES)]


def pages(name: str) -> list[Page]:
    """The paths of one sitemap, with the day of each where it has one; newest first."""
    if name == STANDING:
        return [(path, None) for path in _STANDING_PAGES if leads_somewhere(path)]
    [kind] = [kind for kind in search.kinds() if kind.name == name]
    on = kind.on if kind.on is not None else models.Value(None, models.DateTimeField())
    rows = (
        kind.rows(AnonymousUser())
        .order_by("-pk")
        .annotate(page_address=_expression(kind.address), page_on=_expression(on))
    )
    found = rows.values_list("page_address", "page_on")[:LONGEST]
    return [(kind.url(address), moment) for address, moment in found]


def _expression(written: search.finding.Expression) -> models.expressions.Combinable:
    return models.F(written) if isinstance(written, str) else written


def index(addresses: Iterable[str]) -> bytes:
    root = ElementTree.Element("sitemapindex", xmlns=NAMESPACE)
    for address in addresses:
        ElementTree.SubElement(ElementTree.SubElement(root, "sitemap"), "loc").text = address
    return _written(root)


def part(addresses: Iterable[Page]) -> bytes:
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for address, on in addresses:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = address
        if on:
            ElementTree.SubElement(url, "lastmod").text = on.date().isoformat()
    return _written(root)


def _written(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
