"""What appointments let one do in the forums."""

from partisipasi.residents.models import Role
from partisipasi.residents.permissions import grant

grant(
    [Role.MODERATOR, Role.ADMIN, Role.VILLAGE_HEAD],
    "forums.view_topic",
    "forums.view_post",
    "forums.moderate_post",
)
grant([Role.OPERATOR, Role.BPD_CHAIR, Role.SUPERVISOR], "forums.view_topic", "forums.view_post")
