"""The eight ways in which the portal lets a village take part, each with the doors that this installation has."""

from dataclasses import dataclass

from django.urls import Resolver404, resolve


@dataclass(frozen=True)
class Way:
    name: str
    sentence: str
    doors: tuple[tuple[str, str], ...] = ()


_WAYS = (
    Way(
        "Edukasi dan informasi",
        "Kabar, pengumuman, dan bahan belajar dari desa.",
        (("Informasi", "/informasi/"),),
    ),
    Way(
        "Forum partisipasi",
        "Bertanya, berembuk, dan mengusulkan sebelum musyawarah memutuskan.",
        (("Forum", "/forum/"),),
    ),
    Way(
        "Pelatihan dan pemberdayaan",
        "Pelatihan dan sosialisasi: kapan, di mana, dan siapa yang hadir.",
        (("Kegiatan", "/kegiatan/"),),
    ),
    Way(
        "Keterbukaan informasi",
        "Dokumen publik dan permohonan informasi kepada PPID.",
        (("Dokumen", "/dokumen/"), ("Permohonan informasi", "/permohonan-informasi/")),
    ),
    Way(
        "Teknologi digital",
        "Ringan di HP murah, dapat dicetak, dan dapat diikuti lewat umpan.",
        (("Data terbuka", "/data/"),),
    ),
    Way(
        "Tanggung jawab di tempat",
        "Siapa yang bertanggung jawab atas apa, di dusun dan di balai desa.",
        (("Perangkat desa", "/perangkat/"),),
    ),
    Way(
        "Transparansi dan akuntabilitas",
        "Anggaran, keputusan, tindak lanjut, dan catatan yang tidak dapat diubah diam-diam.",
        (
            ("Transparansi", "/transparansi/"),
            ("Keputusan", "/keputusan/"),
            ("Tindak lanjut", "/tindak-lanjut/"),
            ("Catatan publik", "/catatan/"),
        ),
    ),
    Way(
        "Kerja sama",
        "Lembaga swadaya masyarakat, perguruan tinggi, dan usaha yang bekerja bersama desa.",
        (("Mitra", "/mitra/"),),
    ),
)


def ways() -> list[Way]:
    """All eight; of their doors those that lead somewhere."""
    return [
        Way(way.name, way.sentence, tuple(door for door in way.doors if leads_somewhere(door[1])))
        for way in _WAYS
    ]


def leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
