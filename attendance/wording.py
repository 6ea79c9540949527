"""What the record of activities is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

from .models import PaperKind

GROUP = "Kegiatan"
_COUNTS = {
    "activity": "Nomor kegiatan",
    "by_unsur": "menurut unsur",
    "invited": "diundang",
    "list": "Isi daftar",
    "men": "laki-laki",
    "present": "hadir",
    "quorum": "Kuorum",
    "quorum_met": "kuorum tercapai",
    "quorum_seats": "kursi untuk kuorum",
    "registered": "hadir dengan pendaftaran",
    "seats_filled": "kursi terisi",
    "session": "nomor",
    "sessions": "Sesi",
    "stand_ins": "mewakili",
    "walk_ins": "hadir tanpa undangan",
    "women": "perempuan",
}

register("activity.announced", "Kegiatan diumumkan", group=GROUP, facts={"starts_at": "Mulai"})
register(
    "activity.postponed",
    "Kegiatan ditunda",
    group=GROUP,
    facts={
        "step": "Langkah",
        "starts_before": "Mulai semula",
        "starts_at": "Mulai menjadi",
        "seats_needed": "Kursi untuk kuorum",
        "seats_filled": "Kursi terisi",
    },
)
register(
    "series.ended",
    "Rangkaian kegiatan diakhiri",
    group=GROUP,
    facts={"cancelled": "Kegiatan yang dibatalkan"},
)
_PAID = {
    "activity": "Nomor kegiatan",
    "basis": "Cara",
    "count": "Penerima",
    "half_days_worked": "Setengah HOK",
    "list": "Isi daftar",
    "total": "Jumlah (Rp)",
}
register(
    "pay.settled",
    "Pembayaran kegiatan selesai",
    group=GROUP,
    facts=_PAID,
    values={"basis": {"orang": "tanda terima", "hok": "upah menurut HOK"}},
)
register(
    "pay.reopened",
    "Daftar pembayaran kegiatan dibuka kembali",
    group=GROUP,
    facts={"settled_at": "Tadinya dibayarkan"},
)
register("activity.cancelled", "Kegiatan dibatalkan", group=GROUP)
register("activity.closed", "Daftar hadir ditutup", group=GROUP, facts=_COUNTS)
register(
    "activity.reopened",
    "Daftar hadir dibuka kembali",
    group=GROUP,
    facts={"closed_at": "Tadinya ditutup", "late": "Susulan yang diterima"},
)
_REGISTRATION = {"opens_at": "Dibuka", "closes_at": "Ditutup", "capacity": "Jumlah tempat"}
register("registration.opened", "Pendaftaran kegiatan ditetapkan", group=GROUP, facts=_REGISTRATION)
register("registration.changed", "Ketentuan pendaftaran kegiatan diubah", group=GROUP, facts=_REGISTRATION)
register("registration.withdrawn", "Pendaftaran seseorang dicabut", group=GROUP, facts=_COUNTS)
_RETENTION = {
    "kind": "Jenis kegiatan",
    "lines": "Baris daftar hadir",
    "invitations": "Undangan",
    "signatures": "Tanda tangan di layar",
    "scans": "Pindaian",
    "public_scans": "Sidik pindaian untuk umum",
    "phones": "Nomor HP",
    "registrations": "Nama pendaftar",
    "stand_ins": "Nama wakil pada jawaban undangan",
    "declined": "Susulan yang ditolak",
}
for kind, sentence in (
    ("list.particulars_forgotten", "Data penyelenggaraan kegiatan dihapus menurut masa simpan"),
    ("list.forgotten", "Nama pada daftar hadir dihapus menurut masa simpan"),
    ("retention.held", "Penghapusan data kegiatan ditangguhkan"),
    ("retention.released", "Penangguhan penghapusan data kegiatan dilepas"),
):
    register(kind, sentence, group=GROUP, facts=_RETENTION)
register(
    "registration.forgotten", "Nama pendaftar dihapus menurut jadwal", group=GROUP, facts={"count": "Jumlah"}
)
register("arrival.declined", "Susulan tidak diterima", group=GROUP, facts=_COUNTS)
register(
    "attendance.imported",
    "Daftar hadir dari berkas dicatat",
    group=GROUP,
    facts={"activity": "Nomor kegiatan", "count": "Jumlah"},
)
register("attendance.undone", "Kehadiran dibatalkan dari daftar", group=GROUP, facts=_COUNTS)
register("evidence.published", "Bukti kegiatan diterbitkan", group=GROUP, facts=_COUNTS)
register("evidence.withdrawn", "Bukti kegiatan ditarik", group=GROUP, facts=_COUNTS)
register(
    "scan.filed",
    "Pindaian daftar hadir bertanda tangan diterima",
    group=GROUP,
    facts=_COUNTS | {"pages": "Halaman", "pages_printed": "Halaman yang dicetak", "files": "Sidik berkas"},
)
register(
    "paper.filed",
    "Dokumen bertanda tangan disimpan",
    group=GROUP,
    facts={
        "activity": "Nomor kegiatan",
        "count": "Jumlah berkas",
        "files": "Sidik berkas",
        "kind": "Dokumen",
    },
    values={"kind": dict(PaperKind.choices)},
)
register(
    "report.deadline_missed",
    "Tenggat laporan penyelenggaraan terlewat",
    group=GROUP,
    facts={"due_on": "Tenggat"},
)
_SAID = {
    "activity": "Nomor kegiatan",
    "body": "Nomor lembaga yang bertanggung jawab",
    "due_before": "Tenggat semula",
    "due_on": "Tenggat",
    "items": "Butir acara",
    "minutes": "Isi notulen",
    "on_time": "Tepat waktu",
    "person": "Nomor orang yang bertanggung jawab",
    "resolution": "Nomor putusan",
    "resolutions": "Putusan",
    "text": "Isi",
    "version": "Versi",
}
for kind, sentence in (
    ("minutes.published", "Notulen diterbitkan"),
    ("minutes.corrected", "Notulen diperbaiki"),
    ("follow_up.set", "Tindak lanjut putusan diberikan"),
    ("follow_up.reassigned", "Tindak lanjut dialihkan kepada yang lain"),
    ("follow_up.reopened", "Tindak lanjut dibuka kembali"),
    ("follow_up.delayed", "Tenggat tindak lanjut diundur"),
    ("follow_up.done", "Tindak lanjut selesai"),
    ("follow_up.deadline_missed", "Tenggat tindak lanjut terlewat"),
):
    register(kind, sentence, group=GROUP, facts=_SAID)
register(
    "certificates.issued",
    "Sertifikat pelatihan diterbitkan",
    group=GROUP,
    facts={"activity": "Nomor kegiatan", "count": "Jumlah", "list": "Daftar sertifikat"},
)
register("certificate.withdrawn", "Sertifikat ditarik", group=GROUP, facts={"training": "Nomor pelatihan"})
register(
    "certificate.reissued",
    "Sertifikat diterbitkan ulang",
    group=GROUP,
    facts={"replaces": "Pengganti sertifikat nomor"},
)
register("training.copied", "Pelatihan disalin dari desa lain", group=GROUP, facts={"from": "Alamat asal"})
