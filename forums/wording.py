"""What the record of forums is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

_FACTS = {
    "topic": "Nomor topik",
    "forum": "Nomor forum",
    "post": "Nomor tanggapan",
    "flags": "Banyaknya laporan",
}

register("post.published", "Tanggapan tayang", group="Forum", facts=_FACTS)
register("post.withdrawn", "Tanggapan ditarik penulisnya", group="Forum", facts=_FACTS)
register("post.resubmitted", "Tanggapan ditayangkan lagi oleh penulisnya", group="Forum", facts=_FACTS)
register("post.hidden", "Tanggapan disembunyikan moderator", group="Moderasi", facts=_FACTS)
register("post.restored", "Tanggapan dipulihkan moderator", group="Moderasi", facts=_FACTS)
register("post.held", "Tanggapan ditahan karena laporan warga", group="Moderasi", facts=_FACTS)
register("post.flags_dismissed", "Laporan atas tanggapan ditolak moderator", group="Moderasi", facts=_FACTS)
register("topic.published", "Topik tayang", group="Forum", facts=_FACTS)
register("topic.locked", "Topik dikunci moderator", group="Moderasi", facts=_FACTS)
register("topic.unlocked", "Topik dibuka kembali oleh moderator", group="Moderasi", facts=_FACTS)
register("topic.hidden", "Topik disembunyikan moderator", group="Moderasi", facts=_FACTS)
register("topic.restored", "Topik dipulihkan moderator", group="Moderasi", facts=_FACTS)
register("topic.pinned", "Topik disematkan", group="Moderasi", facts=_FACTS)
register("topic.unpinned", "Sematan topik dilepas", group="Moderasi", facts=_FACTS)
register("topic.moved", "Topik dipindahkan ke forum lain", group="Moderasi", facts=_FACTS)
register("forum.archived", "Forum diarsipkan", group="Forum", facts=_FACTS)
register("forum.reopened", "Forum dibuka lagi", group="Forum", facts=_FACTS)
