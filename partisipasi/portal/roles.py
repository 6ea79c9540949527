"""Who answers for what people ask about their data."""

from partisipasi.residents.models import Role
from partisipasi.residents.permissions import grant

_REQUEST = "portal.{}_privacyrequest"

grant([Role.ADMIN, Role.SECRETARY], *(_REQUEST.format(act) for act in ("view", "add", "decide")))
grant([Role.VILLAGE_HEAD], _REQUEST.format("view"))
