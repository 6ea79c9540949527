"""What appointments let one do in the forums."""

from partisipasi.residents.models import Role
from partisipasi.residents.permissions import grant

_READ = ("forums.view_forum", "forums.view_topic", "forums.view_post")

# A Kepala Dusun moderates the forum of his dusun; comments under pages have no place and are beyond him.
grant([Role.MODERATOR, Role.ADMIN, Role.VILLAGE_HEAD, Role.HAMLET_HEAD], *_READ, "forums.moderate_post")
grant([Role.OPERATOR, Role.BPD_CHAIR, Role.SUPERVISOR], *_READ)
grant(
    [Role.OPERATOR, Role.MODERATOR, Role.ADMIN, Role.VILLAGE_HEAD],
    "forums.add_forum",
    "forums.change_forum",
    "forums.archive_forum",
)
