"""What a kind of activity asks of those present, and for how long it keeps that, in words for everybody (domain: 6)."""

from dataclasses import dataclass

from attendance.models import ActivityKind, SheetColumn
from partisipasi.village.models import Village

# A number, the time and a remark are the desk's own, and nobody is asked for them.
_WORDS = {
    SheetColumn.NAME: "nama",
    SheetColumn.SEX: "L/P",
    SheetColumn.ROLE: "unsur atau jabatan",
    SheetColumn.AGE_GROUP: "kelompok umur, dan wali bila di bawah 18 tahun",
    SheetColumn.ADDRESS: "alamat",
    SheetColumn.NEIGHBOURHOOD: "RT/RW",
    SheetColumn.HAMLET: "dusun",
    SheetColumn.INSTITUTION: "instansi",
    SheetColumn.PHONE: "nomor HP",
    SheetColumn.SIGNATURE: "tanda tangan",
}


@dataclass(frozen=True)
class Asked:
    """One kind as the privacy page tells of it."""

    kind: str
    asked: str
    list_term: str
    particulars_term: str


def asked_by_kinds() -> list[Asked]:
    """The kinds that the village uses, in its order."""
    return [
        Asked(
            kind.name,
            ", ".join(_WORDS[column] for column in map(SheetColumn, kind.columns) if column in _WORDS),
            kind.list_term,
            kind.particulars_term,
        )
        for kind in ActivityKind.objects.filter(retired_at__isnull=True).order_by("order", "name")
    ]


def privacy_notice(village: Village, kind: ActivityKind | None = None) -> str:
    """What those who sign must be told, for how long too (domain: 6).

    `kind` is None for a paper of which no kind has the term.
    """
    contact = village.email or village.phone or f"kantor {village.full_name}"
    columns = kind.columns if kind else []
    term = kind.list_term if kind else "menurut jadwal retensi arsip desa"
    phone = f"; nomor HP {kind.particulars_term}" if kind and SheetColumn.PHONE in columns else ""
    minors = " Yang di bawah 18 tahun menulis juga nama wali." if SheetColumn.AGE_GROUP in columns else ""
    return (
        f"Data Anda digunakan untuk administrasi kegiatan ini dan disimpan {term}{phone}. "
        f"Anda berhak meminta salinan, perbaikan, atau penghapusan melalui {contact}.{minors}"
    )
