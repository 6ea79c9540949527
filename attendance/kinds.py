"""The kinds of activity that a village begins with, and who signs their sheets (domain: 1.4)."""

from dataclasses import dataclass
from typing import Any

from attendance.models.kind import SheetColumn, usual_columns
from attendance.models.papers import Indicator, PaperKind
from partisipasi.residents.models import Body, Role

KNOWN_BY = "Mengetahui,"

# What assessors ask for (domain: 0); whole where minutes and an agreement are made.
_MINUTED = [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.MINUTES, PaperKind.DOCUMENTATION]
_HELD = [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.DOCUMENTATION]
_DONE = [PaperKind.ATTENDANCE, PaperKind.DOCUMENTATION]


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

STANDARD_KINDS = (
    StandardKind(
        "musdes",
        {
            "name": "Musyawarah Desa (Musdes)",
            "organiser": "Badan Permusyawaratan Desa",
            "indicator": Indicator.PLANNING,
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
        {"name": "Musrenbang Desa", "indicator": Indicator.PLANNING},
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
            "organiser": "Badan Permusyawaratan Desa",
            "papers": [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.MINUTES],
        },
        (_bpd_secretary("Sekretaris BPD"), _chair("Ketua BPD")),
    ),
    StandardKind(
        "pelatihan",
        {
            "name": "Pelatihan/Bimtek",
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
