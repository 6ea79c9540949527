"""What the record of activities is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

GROUP = "Kegiatan"
_COUNTS = {
    "activity": "Nomor kegiatan",
    "by_unsur": "menurut unsur",
    "invited": "diundang",
    "list": "Isi daftar",
    "men": "laki-laki",
    "present": "hadir",
    "seats_filled": "kursi terisi",
    "session": "nomor",
    "sessions": "Sesi",
    "stand_ins": "mewakili",
    "walk_ins": "hadir tanpa undangan",
    "women": "perempuan",
}

register("activity.announced", "Kegiatan diumumkan", group=GROUP, facts={"starts_at": "Mulai"})
register("activity.cancelled", "Kegiatan dibatalkan", group=GROUP)
register("activity.closed", "Daftar hadir ditutup", group=GROUP, facts=_COUNTS)
register(
    "activity.reopened", "Daftar hadir dibuka kembali", group=GROUP, facts={"closed_at": "Tadinya ditutup"}
)
register("attendance.undone", "Kehadiran dibatalkan dari daftar", group=GROUP, facts=_COUNTS)
register("evidence.published", "Bukti kegiatan diterbitkan", group=GROUP, facts=_COUNTS)
register("evidence.withdrawn", "Bukti kegiatan ditarik", group=GROUP, facts=_COUNTS)
