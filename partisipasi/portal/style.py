"""Believable content for the living page of the look: a fictional village's week."""

import re
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.utils import timezone


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2023, 12, day, hour, minute))  # noqa: DTZ001


def examples() -> dict[str, Any]:
    """The context of every example on the page, by the name of its part."""
    return {
        "day": date(2023, 12, 22),
        "moment": _at(22, 9),
        "entries": ENTRIES,
        "states": STATES,
        "events": _events(),
        "fact_pairs": FACTS,
        "budget": BUDGET,
        "banner_examples": [
            {
                "title": "Air sumur di Gunungsari tercemar, rebus dahulu",
                "url": "#banners",
                "until": _at(24, 18),
            }
        ],
        "steps": STEPS,
        "files": FILES,
        "attendees": ATTENDEES,
        "reactions": [("hand-thumb-up", "4 mendukung"), ("heart", "1 berterima kasih")],
        "blocks": BLOCKS,
        "swatches": SWATCHES,
        "notes": notes(),
        "page_of_list": Paginator(range(56), 20).page(2),
    }


def notes() -> dict[str, str]:
    """What each part says of itself and its context: the comment on top of its file, by its name."""
    partials = (settings.BASE_DIR / "templates" / "_partials").glob("_*.html")
    return {partial.stem.lstrip("_"): _comment(partial.read_text()) for partial in partials}


def _comment(source: str) -> str:
    found = re.search(r"{% comment %}(.*?){% endcomment %}", source, re.DOTALL)
    return found[1].strip() if found else ""


SWATCHES = ["accent", "ink", "muted", "link", "sogan", "danger", "warning", "done", "notice", "focus"]

STATES = [
    ("done", "Selesai"),
    ("notice", "Diproses"),
    ("warning", "Terlambat 3 hari kerja"),
    ("danger", "Ditolak"),
    ("neutral", "Diarsipkan"),
    ("decision", "Diputuskan musyawarah"),
]

ENTRIES = [
    {
        "title": "Musyawarah Desa Pembahasan RKP Desa Tahun 2024",
        "day": date(2023, 12, 22),
        "facts": "09.00–12.00 WIB · Balai Desa · 61 hadir dari 74 undangan",
        "summary": "",
        "state": ("decision", "Diputuskan musyawarah"),
    },
    {
        "title": "Jalan tani Dusun Wetan mulai dikerjakan Senin depan",
        "day": date(2023, 12, 19),
        "facts": "Pembangunan · Sri Lestari · 12 tanggapan",
        "summary": "Panjang 340 meter, dikerjakan padat karya oleh warga Wetan sampai akhir Januari.",
        "state": ("notice", "Diproses"),
    },
    {
        "title": "Posyandu balita pindah ke rumah Ibu Kader Aminah selama perbaikan atap",
        "day": date(2023, 12, 4),
        "facts": "Kesehatan · Dibaca 208 kali",
        "summary": "",
        "state": None,
    },
]

FACTS = [
    ("Hari dan tanggal", "Jumat, 22 Desember 2023"),
    ("Waktu", "09.00–12.00 WIB"),
    ("Tempat", "Balai Desa"),
    ("Penyelenggara", "Badan Permusyawaratan Desa"),
    ("Hadir", "61 dari 74 undangan (L 33, P 28)"),
]

BUDGET = [
    {"label": "Penyelenggaraan pemerintahan", "planned": 486_250_000, "spent": 471_900_000},
    {"label": "Pelaksanaan pembangunan", "planned": 612_400_000, "spent": 389_120_500},
    {"label": "Pembinaan kemasyarakatan", "planned": 58_000_000, "spent": 21_750_000},
    {"label": "Pemberdayaan masyarakat", "planned": 94_600_000, "spent": 0},
    {"label": "Keadaan darurat dan mendesak", "planned": 72_000_000, "spent": 75_600_000},
]

STEPS = [
    {"title": "Tulis laporan Anda", "text": "Satu laporan untuk satu perkara.", "state": "done"},
    {
        "title": "Periksa dan kirim",
        "text": "Anda mendapat kode untuk melacaknya.",
        "state": "current",
    },
    {"title": "Terima jawaban", "text": "Paling lambat lima hari kerja.", "state": "coming"},
]

FILES = [
    ("Daftar Hadir Musyawarah Desa", "application/pdf", 412_300, "diunduh 37 kali"),
    (
        "Rancangan RKP Desa 2024",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        88_120,
        "",
    ),
    ("Foto suasana musyawarah", "image/jpeg", 1_240_000, ""),
]

ATTENDEES = [
    ("Suparman", "Ketua RT 002", "Dusun Krajan"),
    ("Siti Rohmah", "PKK", "Dusun Wetan"),
    ("Agus Priyono", "Tokoh masyarakat", "Dusun Krajan"),
    ("Dewi Anggraini", "Karang Taruna", "Dusun Kulon"),
    ("", "", ""),
    ("", "", ""),
]

BLOCKS = [
    {"above": "", "role": "Notulis", "name": "Rina Wulandari", "number": ""},
    {"above": "Mengetahui,", "role": "Kepala Desa", "name": "Bambang Sutejo", "number": ""},
]


def _events() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            at=_at(2, 19, 30),
            title="Diusulkan di Musyawarah Dusun Wetan",
            by="Kepala Dusun Wetan",
            text="Jalan tani becek setiap musim hujan; gabah diangkut memutar dua kilometer.",
        ),
        SimpleNamespace(
            at=_at(22, 9),
            title="Diputuskan dalam Musyawarah Desa",
            by="BPD",
            text="Masuk RKP Desa 2024 dengan pagu Rp84.500.000.",
        ),
        SimpleNamespace(at=None, title="Dikerjakan", by="Tim Pelaksana Kegiatan", text="", coming=True),
    ]
