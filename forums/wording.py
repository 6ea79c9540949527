"""What the record of forums is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

_FACTS = {"topic": "Topik"}

register("post.published", "Tanggapan tayang", group="Forum", facts=_FACTS)
register("post.withdrawn", "Tanggapan ditarik penulisnya", group="Forum", facts=_FACTS)
register("post.resubmitted", "Tanggapan ditayangkan lagi oleh penulisnya", group="Forum", facts=_FACTS)
register("post.hidden", "Tanggapan disembunyikan moderator", group="Moderasi", facts=_FACTS)
register("post.restored", "Tanggapan dipulihkan moderator", group="Moderasi", facts=_FACTS)
