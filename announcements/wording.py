"""What the record of publications is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

GROUP = "Informasi"

register("article.published", "Artikel terbit", group=GROUP, facts={"dated": "Bertanggal"})
register("article.revised", "Artikel diubah", group=GROUP)
register("article.archived", "Artikel diarsipkan", group=GROUP)
register("article.republished", "Artikel tayang kembali", group=GROUP)
