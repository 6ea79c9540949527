"""The kinds of activity that a village begins with, and who signs their sheets (domain: 1.4)."""

from dataclasses import dataclass
from typing import Any

from attendance.models.kind import SheetColumn, usual_columns
from attendance.models.papers import Indicator, PaperKind, usual_papers
from partisipasi.residents.models import Body, Role

KNOWN_BY = "Mengetahui,"

# What assessors ask for (domain: 0); whole where minutes and an agreement are made.
_MINUTED = [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.MINUTES, PaperKind.DOCUMENTATION]
_HELD = [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.DOCUMENTATION]
_DONE = [PaperKind.ATTENDANCE, PaperKind.DOCUMENTATION]
# A Musdes is reported on within seven working days (domain: 1.8).
_REPORTED = [*usual_papers(), PaperKind.REPORT]


_OPENING = ["Pembukaan", "Menyanyikan lagu Indonesia Raya", "Sambutan"]
_CLOSING = ["Pembacaan dan pengesahan kesepakatan", "Doa dan penutup"]


def _programme(*matters: str) -> str:
    return "\n".join([*_OPENING, *matters, *_CLOSING])


# The usual rules of a Musdes; each village sets its own by Perdes (domain: 1.6).
ASSEMBLY_RULES = "\n".join(
    [
        "Peserta menandatangani daftar hadir sebelum musyawarah dibuka.",
        "Musyawarah dibuka bila kursi undangan yang terisi sudah mencapai kuorum. Wakil dihitung.",
        "Bila kuorum belum tercapai, musyawarah ditunda paling lama tiga jam, lalu paling lama tiga hari; sesudah itu "
        "dilanjutkan dengan peserta yang hadir.",
        "Peserta berbicara sesudah diberi kesempatan oleh pimpinan musyawarah.",
        "Warga yang hadir tanpa undangan dan tidak mendaftar sebelumnya tidak mempunyai hak suara.",
        "Peninjau dan wartawan mendaftar kepada panitia, tanpa hak suara dan hak bicara.",
        "Peserta yang meninggalkan musyawarah meminta izin pimpinan.",
        "Keputusan diambil dengan musyawarah mufakat; bila tidak tercapai, dengan suara terbanyak.",
    ]
)
MEETING_RULES = "\n".join(
    [
        "Peserta menandatangani daftar hadir sebelum rapat dibuka.",
        "Peserta berbicara sesudah diberi kesempatan oleh pimpinan.",
        "Keputusan diambil dengan musyawarah mufakat; bila tidak tercapai, dengan suara terbanyak.",
    ]
)


@dataclass(frozen=True)
class StandardKind:
    """A kind as it is first given to a village."""

    code: str
    fields: dict[str, Any]
    signatories: tuple[dict[str, str], ...]


def _chair(text: str) -> dict[str, str]:
    return {"text": text, "role": Role.BPD_CHAIR}


def _bpd_secretary(text: str) -> dict[str, str]:
    return {"text": text, "body_kind": Body.Kind.BPD, "position": "Sekretaris"}


def _known_by(role: Role, text: str) -> dict[str, str]:
    return {"heading": KNOWN_BY, "text": text, "role": role}


HEAD = _known_by(Role.VILLAGE_HEAD, "Kepala Desa")

USUAL_SIGNATORIES: dict[str, tuple[dict[str, str], ...]] = {
    PaperKind.RECEIPTS: (
        {"text": "Pelaksana Kegiatan Anggaran", "role": Role.PROJECT_TEAM},
        {"text": "Kaur Keuangan", "role": Role.TREASURER},
        HEAD,
    ),
    PaperKind.WORKERS: ({"text": "Ketua TPK", "role": Role.PROJECT_TEAM}, HEAD),
}
"""Who signs for money where a kind of activity does not say otherwise (domain: 1.4, 1.9)."""

STANDARD_KINDS = (
    StandardKind(
        "musdes",
        {
            "name": "Musyawarah Desa (Musdes)",
            "programme": _programme(
                "Penyampaian materi", "Tanggapan dan usulan peserta", "Musyawarah dan penetapan"
            ),
            "rules": ASSEMBLY_RULES,
            "organiser": "Badan Permusyawaratan Desa",
            "papers": _REPORTED,
            "indicator": Indicator.PLANNING,
            "list_years": None,
        },
        (
            _chair("Pimpinan Musyawarah"),
            _bpd_secretary("Notulis"),
            HEAD,
            _known_by(Role.BPD_CHAIR, "Ketua BPD"),
            {"text": "Wakil Masyarakat"},
        ),
    ),
    StandardKind(
        "musrenbangdes",
        {
            "name": "Musrenbang Desa",
            "programme": _programme(
                "Pemaparan rancangan RKP Desa", "Tanggapan peserta", "Penyusunan peringkat usulan"
            ),
            "rules": ASSEMBLY_RULES,
            "indicator": Indicator.PLANNING,
            "list_years": None,
        },
        (
            {"text": "Pimpinan Rapat", "role": Role.VILLAGE_HEAD},
            {"text": "Notulis", "role": Role.SECRETARY},
            HEAD,
            _known_by(Role.BPD_CHAIR, "Ketua BPD"),
            {"text": "Wakil Peserta"},
        ),
    ),
    StandardKind(
        "musdus",
        {
            "name": "Musyawarah Dusun/Kelompok",
            "programme": "\n".join(
                ["Pembukaan", "Penyampaian usulan", "Pembahasan dan kesepakatan usulan", "Penutup"]
            ),
            "rules": MEETING_RULES,
            "organiser": "Kepala Dusun",
            "papers": _MINUTED,
            "indicator": Indicator.PLANNING,
        },
        (
            {"text": "Notulis"},
            {"text": "Kepala Dusun", "role": Role.HAMLET_HEAD},
            {"text": "Wakil Peserta"},
        ),
    ),
    StandardKind(
        "rapat-bpd",
        {
            "name": "Rapat BPD",
            "programme": "\n".join(
                ["Pembukaan", "Pembahasan acara rapat", "Pengambilan keputusan", "Penutup"]
            ),
            "rules": MEETING_RULES,
            "organiser": "Badan Permusyawaratan Desa",
            "papers": [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.MINUTES],
            "list_years": 10,
            "in_bpd_books": True,
        },
        (_bpd_secretary("Sekretaris BPD"), _chair("Ketua BPD")),
    ),
    StandardKind(
        "pelatihan",
        {
            "name": "Pelatihan/Bimtek",
            "programme": "\n".join(["Pembukaan", "Penyampaian materi", "Praktik", "Tanya jawab", "Penutup"]),
            "quorum": "",
            "organiser": "Pelaksana kegiatan",
            "papers": _HELD,
            "columns": [
                SheetColumn.NUMBER,
                SheetColumn.NAME,
                SheetColumn.SEX,
                SheetColumn.INSTITUTION,
                SheetColumn.ADDRESS,
                SheetColumn.SIGNATURE,
            ],
        },
        ({"text": "Pelaksana Kegiatan", "role": Role.PROJECT_TEAM}, HEAD),
    ),
    StandardKind(
        "sosialisasi",
        {
            "name": "Sosialisasi/Penyuluhan",
            "programme": "\n".join(["Pembukaan", "Penyampaian materi", "Tanya jawab", "Penutup"]),
            "quorum": "",
            "columns": usual_columns(),
            "by_invitation": True,
            "papers": _MINUTED,
        },
        ({"text": "Narasumber"}, HEAD),
    ),
    StandardKind(
        "kerja-bakti",
        {
            "name": "Kerja Bakti/Gotong Royong",
            "quorum": "",
            "organiser": "Tim Pelaksana Kegiatan",
            "papers": _DONE,
            "indicator": Indicator.BUILDING,
            "by_invitation": False,
            "list_years": 2,
            "columns": [
                SheetColumn.NUMBER,
                SheetColumn.NAME,
                SheetColumn.SEX,
                SheetColumn.ADDRESS,
                SheetColumn.SIGNATURE,
            ],
        },
        ({"text": "Ketua TPK", "role": Role.PROJECT_TEAM}, HEAD),
    ),
    StandardKind(
        "padat-karya",
        {
            "name": "Padat Karya Tunai (HOK)",
            "quorum": "",
            "organiser": "Tim Pelaksana Kegiatan",
            "papers": [PaperKind.ATTENDANCE, PaperKind.WORKERS, PaperKind.DOCUMENTATION],
            "indicator": Indicator.BUILDING,
            "by_invitation": False,
            "columns": [
                SheetColumn.NUMBER,
                SheetColumn.NAME,
                SheetColumn.SEX,
                SheetColumn.ADDRESS,
                SheetColumn.SIGNATURE,
            ],
        },
        ({"text": "Ketua TPK", "role": Role.PROJECT_TEAM}, HEAD),
    ),
)
