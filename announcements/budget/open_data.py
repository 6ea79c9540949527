"""A budget as open data: one row for each detail, groups left to whoever adds them up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from announcements.models import Budget

COLUMNS = {
    "bagian": "4 pendapatan, 5 belanja, 6 pembiayaan (6.1 penerimaan, 6.2 pengeluaran)",
    "rekening": "kode rekening",
    "kegiatan": "kode bidang, sub bidang, dan kegiatan; hanya pada belanja",
    "uraian": "untuk apa atau dari mana",
    "sumber_dana": "singkatan sumber dana seperti tertulis dalam anggaran",
    "volume": "banyaknya",
    "satuan": "satuan dari banyaknya",
    "anggaran": "rupiah, titik sebelum sen",
    "realisasi": "rupiah, titik sebelum sen; kosong bila belum dilaporkan",
}


def rows_of(budget: "Budget") -> list[list[str]]:
    """The details in the order of the budget; cells in the order of COLUMNS."""
    return [
        [
            line.section,
            line.account,
            line.activity,
            line.name,
            line.fund,
            line.volume,
            line.unit,
            f"{line.amount:.2f}",
            "" if line.realised is None else f"{line.realised:.2f}",
        ]
        for line in budget.lines.filter(is_group=False)
    ]
