"""What the record of the portal's own room is called (`partisipasi.ledger.wording`)."""

from partisipasi.ledger.wording import register

from .models import PrivacyRequest

_FACTS = {"decision": "Keputusan"}
_VALUES = {"decision": dict(PrivacyRequest.Decision.choices), "kind": dict(PrivacyRequest.Kind.choices)}

register(
    "privacy.decided",
    "Permintaan data pribadi diputuskan",
    group="Data pribadi",
    facts=_FACTS,
    values=_VALUES,
)
register(
    "privacy.late",
    "Permintaan data pribadi terlambat dijawab",
    group="Data pribadi",
    facts=_FACTS,
    values=_VALUES,
)
