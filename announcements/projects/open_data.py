"""Projects as open data: one row for each that everybody may read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from announcements.models import Project

COLUMNS = {
    "tahun": "tahun anggaran",
    "nama": "nama pembangunan",
    "alamat": "alamat halamannya",
    "bidang": "kode bidang dalam APB Desa",
    "kegiatan": "kode kegiatan dalam APB Desa, dipisah titik koma",
    "wilayah": "dusun atau bagian desa; kosong bila seluruh desa",
    "letak": "letak dengan kata-kata",
    "lintang": "derajat; kosong bila tidak dicatat",
    "bujur": "derajat; kosong bila tidak dicatat",
    "volume": "banyaknya, titik sebelum pecahan",
    "satuan": "satuan dari volume",
    "pola": "swakelola, kerja-sama, atau pihak-ketiga",
    "pelaksana": "orang atau lembaga yang melaksanakan",
    "rencana_mulai": "tahun-bulan-hari",
    "rencana_selesai": "tahun-bulan-hari",
    "mulai": "tahun-bulan-hari; kosong bila belum",
    "selesai": "tahun-bulan-hari; kosong bila belum",
    "serah_terima": "tahun-bulan-hari; kosong bila belum",
    "keadaan": "direncanakan, berjalan, terlambat, selesai, diserahterimakan, atau dihentikan",
    "persen": "kemajuan menurut laporan terakhir, 0 sampai 100",
    "nilai_rencana": "rupiah, titik sebelum sen",
    "terpakai": "rupiah, titik sebelum sen, menurut laporan terakhir",
}


def rows_of(projects: "Iterable[Project]", origin: str) -> list[list[str]]:
    """One row for each project, cells in the order of COLUMNS; `origin` stands before each page's path."""
    return [
        [
            str(project.year),
            project.name,
            origin + project.get_absolute_url(),
            project.field,
            ";".join(project.budget_codes),
            str(project.region or ""),
            project.location,
            _or_empty(project.latitude),
            _or_empty(project.longitude),
            str(project.volume),
            project.unit,
            project.pattern,
            str(project.responsible),
            *(
                _or_empty(day)
                for day in (
                    project.starts_on,
                    project.ends_on,
                    project.started_on,
                    project.finished_on,
                    project.handed_over_on,
                )
            ),
            project.state,
            str(project.percent),
            f"{project.cost:.2f}",
            f"{project.spent:.2f}",
        ]
        for project in projects
    ]


def _or_empty(value: object) -> str:
    return "" if value is None else str(value)
