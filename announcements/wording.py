"""What the record of publications is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

GROUP = "Informasi"

register("article.published", "Artikel terbit", group=GROUP, facts={"dated": "Bertanggal"})
register("article.revised", "Artikel diubah", group=GROUP)
register("article.archived", "Artikel diarsipkan", group=GROUP)
register("article.republished", "Artikel tayang kembali", group=GROUP)
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
