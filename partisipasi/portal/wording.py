"""What the record of the portal's own room is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

_FACTS = {"decision": "Keputusan"}

register("privacy.decided", "Permintaan data pribadi diputuskan", group="Data pribadi", facts=_FACTS)
register("privacy.late", "Permintaan data pribadi terlambat dijawab", group="Data pribadi", facts=_FACTS)
