"""What the record of publications is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

GROUP = "Informasi"

register("article.published", "Artikel terbit", group=GROUP, facts={"dated": "Bertanggal"})
register("article.revised", "Artikel diubah", group=GROUP)
register("article.archived", "Artikel diarsipkan", group=GROUP)
register("article.republished", "Artikel tayang kembali", group=GROUP)
for _kind, _words in {
    "published": "Dokumen publik terbit",
    "revised": "Dokumen publik diubah atau bertambah versi",
    "withdrawn": "Versi dokumen ditarik",
    "archived": "Dokumen publik diarsipkan",
    "republished": "Dokumen publik tayang kembali",
}.items():
    register(f"document.{_kind}", _words, group=GROUP, facts={"dated": "Bertanggal", "version": "Versi"})
for _kind, _words in {
    "entered": "Informasi dikecualikan ditetapkan",
    "reviewed": "Informasi dikecualikan ditinjau",
    "opened": "Informasi dikecualikan dibuka",
}.items():
    register(
        f"exempt.{_kind}",
        _words,
        group=GROUP,
        facts={"number": "Nomor", "basis": "Dasar hukum", "set_on": "Ditetapkan"},
    )
for _kind, _words in {
    "published": "Halaman terbit",
    "revised": "Halaman diubah",
    "archived": "Halaman diarsipkan",
    "republished": "Halaman tayang kembali",
}.items():
    register(f"page.{_kind}", _words, group=GROUP, facts={"dated": "Bertanggal"})
register("article.urgent", "Artikel menjadi serta-merta", group=GROUP, facts={"until": "Sampai"})
register("article.urgent_ended", "Serta-merta diakhiri", group=GROUP, facts={"until": "Sampai"})
register(
    "budget.published",
    "Anggaran terbit",
    group=GROUP,
    facts={
        "year": "Tahun",
        "stage": "Tahap",
        "version": "Versi",
        "income": "Pendapatan",
        "spending": "Belanja",
        "financing_in": "Penerimaan pembiayaan",
        "financing_out": "Pengeluaran pembiayaan",
    },
)

_PLAN = {
    "year": "Tahun anggaran",
    "starts_on": "Rencana mulai",
    "ends_on": "Rencana selesai",
    "cost": "Nilai rencana",
}
_CARRIED = {"on": "Tanggal", "percent": "Persen selesai"}

register("project.published", "Pembangunan diumumkan", group=GROUP, facts=_PLAN)
register(
    "project.changed",
    "Rencana pembangunan diubah",
    group=GROUP,
    facts=_PLAN | {f"{name}_before": f"{words} semula" for name, words in _PLAN.items()},
)
register(
    "project.reported",
    "Kemajuan pembangunan dilaporkan",
    group=GROUP,
    facts=_CARRIED | {"spent": "Uang terpakai", "late_days": "Hari terlambat"},
)
register("project.deadline_missed", "Pembangunan terlambat", group=GROUP, facts=_CARRIED)
register("project.stopped", "Pembangunan dihentikan", group=GROUP, facts=_CARRIED)
register("project.resumed", "Pembangunan dilanjutkan", group=GROUP)
register("project.handed_over", "Pembangunan diserahterimakan", group=GROUP, facts=_CARRIED)
register("project.taken_back", "Serah terima pembangunan dibatalkan", group=GROUP, facts=_CARRIED)
