"""What a village must publish at the least, and what of it is missing.

The list is PerKI 1/2018 (Standar Layanan Informasi Publik Desa), article 2: what is published regularly; and article
7, by which the village has a regulation on open information. Of article 2 the points up to the financial reports are
here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable


class Category(models.TextChoices):
    """What a document is, by the points of the minimum and what villages publish besides."""

    PROFILE = "profil", "Profil desa dan pejabatnya"
    PROGRAMME = "program", "Program dan kegiatan yang sedang berjalan"
    INCOMING = "program-masuk", "Program masuk desa dan penerima bantuan"
    MEDIUM_PLAN = "rpjm", "RPJM Desa"
    YEAR_PLAN = "rkp", "RKP Desa"
    PROPOSALS = "du-rkp", "Daftar Usulan RKP Desa"
    BUDGET = "apb", "APB Desa"
    BUDGET_LAW = "perdes-apb", "Peraturan Desa tentang APB Desa"
    PERFORMANCE = "lppd", "Laporan penyelenggaraan pemerintahan desa"
    REALISATION = "realisasi", "Laporan realisasi keuangan"
    OPENNESS = "perdes-kip", "Peraturan Desa tentang keterbukaan informasi"
    LAW = "produk-hukum", "Produk hukum lain"
    ASSEMBLY = "musyawarah", "Hasil musyawarah"
    ASSETS = "aset", "Aset dan inventaris desa"
    AGREEMENT = "perjanjian", "Perjanjian dengan pihak lain"
    SERVICE = "layanan", "Prosedur dan layanan"
    DANGER = "keadaan-darurat", "Keadaan darurat dan keselamatan"
    OTHER = "lain", "Lainnya"


@dataclass(frozen=True)
class Wanted:
    """One point of the minimum.

    `years_back`: of which year a document is wanted, counted back from the present one; None where any will do.
    `by_portal`: what else answers it, a key of what the portal itself publishes.
    """

    category: Category
    source: str
    years_back: int | None = None
    by_portal: str = ""

    def year(self, this_year: int) -> int | None:
        return None if self.years_back is None else this_year - self.years_back

    def title(self, this_year: int) -> str:
        year = self.year(this_year)
        return f"{self.category.label} {year}" if year else str(self.category.label)


PROFILE, ANY_YEAR = "profile", 0
"""What the portal publishes of no year: the page with the village's profile."""
_REGULAR = "PerKI 1/2018 Pasal 2"
MINIMUM = (
    Wanted(Category.PROFILE, f"{_REGULAR} butir 1", by_portal=PROFILE),
    Wanted(Category.PROGRAMME, f"{_REGULAR} butir 2", 0),
    Wanted(Category.INCOMING, f"{_REGULAR} butir 3", 0),
    Wanted(Category.MEDIUM_PLAN, f"{_REGULAR} butir 4"),
    Wanted(Category.YEAR_PLAN, f"{_REGULAR} butir 4", 0),
    Wanted(Category.PROPOSALS, f"{_REGULAR} butir 4", 0),
    Wanted(Category.BUDGET, f"{_REGULAR} butir 4", 0, "budget"),
    Wanted(Category.BUDGET_LAW, f"{_REGULAR} butir 5", 0),
    Wanted(Category.PERFORMANCE, f"{_REGULAR} butir 6", 1),
    Wanted(Category.REALISATION, f"{_REGULAR} butir 7", 1, "realisation"),
    Wanted(Category.OPENNESS, "PerKI 1/2018 Pasal 7"),
)


@dataclass(frozen=True)
class Point:
    """One point of the minimum as it stands: what fills it, or nothing."""

    wanted: Wanted
    title: str
    is_there: bool


def points(
    documents: "Iterable[tuple[str, int]]", portal: Collection[tuple[str, int]], *, this_year: int
) -> list[Point]:
    """Each point, given the category and year of every published document, and what the portal publishes by year."""
    known = set(documents)
    known_categories = {category for category, _ in known}

    def is_there(wanted: Wanted) -> bool:
        year = wanted.year(this_year)
        if year is None:
            return wanted.category.value in known_categories or (wanted.by_portal, ANY_YEAR) in portal
        return (wanted.category.value, year) in known or (wanted.by_portal, year) in portal

    return [Point(each, each.title(this_year), is_there(each)) for each in MINIMUM]
