"""What an activity's evidence bundle is made of, and what it is evidence for (domain: 0)."""

from django.db import models


class PaperKind(models.TextChoices):
    """The sorts of document in an evidence bundle."""

    INVITATION = "undangan", "Undangan"
    ATTENDANCE = "daftar-hadir", "Daftar Hadir"
    MINUTES = "notulen", "Notulen"
    AGREEMENT = "berita-acara", "Berita Acara"
    DOCUMENTATION = "dokumentasi", "Dokumentasi (foto)"
    VERBATIM = "risalah", "Risalah"
    REPORT = "laporan", "Laporan penyelenggaraan"
    RECEIPTS = "tanda-terima", "Tanda terima"
    WORKERS = "hok", "Daftar hadir pekerja (HOK)"


class Indicator(models.TextChoices):
    """The indicators of component 4 of KPK's *Desa Antikorupsi*, which asks for activities as evidence."""

    PLANNING = "4.1", "4.1 Partisipasi dan keterlibatan masyarakat dalam penyusunan RKP Desa/RPJM Desa"
    INTEGRITY = (
        "4.2",
        "4.2 Kesadaran masyarakat dalam mencegah gratifikasi, suap, dan konflik kepentingan",
    )
    BUILDING = (
        "4.3",
        "4.3 Keterlibatan lembaga kemasyarakatan desa dan masyarakat dalam pelaksanaan pembangunan desa",
    )


MONEY = (PaperKind.RECEIPTS, PaperKind.WORKERS)
"""Papers that say who was paid how much: never for everybody."""

NO_INDICATOR = "tidak"


def usual_papers() -> list[str]:
    """What assessors ask for: *undangan – daftar hadir – notulen – berita acara – dokumentasi*."""
    rarely = {PaperKind.VERBATIM, PaperKind.REPORT, *MONEY}
    return [kind.value for kind in PaperKind if kind not in rarely]
