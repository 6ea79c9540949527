"""What the record of reports is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

from .models import Channel, Report

_FACTS = {
    "calendar": "Sidik jari kalender hari kerja",
    "channel": "Masuk lewat",
    "deadline": "Tenggat jawaban (hari kerja)",
    "done_due": "Dijawab paling lambat",
    "follow_up_due": "Ditindaklanjuti paling lambat",
    "how": "Cara ditutup",
    "note": "Catatan disposisi",
    "on_time": "Tepat waktu",
    "stage": "Tahap",
    "text": "Isi",
    "times": "Kali dibuka kembali",
    "to": "Penanggung jawab",
    "verify_due": "Diverifikasi paling lambat",
}
_HOW = {
    "diterima": "pelapor menerima jawaban",
    "petugas": "oleh petugas",
    "waktu": "pelapor tidak menanggapi",
}
_STAGES = {"verify": "verifikasi", "follow_up": "tindak lanjut", "done": "jawaban"}
_VALUES = {
    "channel": dict(Channel.choices),
    "how": _HOW,
    "kind": dict(Report.Kind.choices),
    "stage": _STAGES,
}
for kind, sentence in (
    ("report.received", "Laporan warga diterima"),
    ("report.verified", "Laporan warga diverifikasi"),
    ("report.assigned", "Laporan warga didisposisikan"),
    ("report.answered", "Laporan warga dijawab"),
    ("report.closed", "Laporan warga ditutup"),
    ("report.rejected", "Laporan warga ditolak"),
    ("report.forwarded", "Laporan warga diteruskan ke pihak lain"),
    ("report.reopened", "Laporan warga dibuka kembali"),
    ("report.released", "Laporan warga ditampilkan untuk umum"),
    ("report.unreleased", "Laporan warga tidak lagi ditampilkan"),
    ("report.deadline_missed", "Tenggat laporan warga terlewat"),
):
    register(kind, sentence, group="Aspirasi", facts=_FACTS, values=_VALUES)
