"""What appointments let one do with articles, the budget, public documents and projects."""

from partisipasi.residents.models import Role
from partisipasi.residents.permissions import grant

_ARTICLE = "announcements.{}_article"
_PARTS = ("attachment", "picture", "gallerypicture")

grant(
    [Role.OPERATOR],
    *(_ARTICLE.format(act) for act in ("view", "add", "change", "delete", "publish")),
    *(f"announcements.{act}_category" for act in ("view", "add", "change", "delete")),
)
grant([Role.SECRETARY], *(_ARTICLE.format(act) for act in ("view", "add", "change")))
grant(
    [Role.OPERATOR, Role.SECRETARY],
    *(f"announcements.{act}_{part}" for part in _PARTS for act in ("view", "add", "change", "delete")),
)
grant(
    [Role.VILLAGE_HEAD, Role.SUPERVISOR, Role.ADMIN],
    "announcements.view_article",
    "announcements.view_category",
    *(f"announcements.view_{part}" for part in _PARTS),
)
grant([Role.SECRETARY], "announcements.view_category")
_PAGES = ("page", "menuitem")
grant(
    [Role.OPERATOR, Role.ADMIN],
    "announcements.publish_page",
    *(f"announcements.{act}_{kind}" for kind in _PAGES for act in ("view", "add", "change", "delete")),
)
grant(
    [Role.SECRETARY, Role.VILLAGE_HEAD, Role.SUPERVISOR],
    *(f"announcements.view_{kind}" for kind in _PAGES),
)
grant(
    [Role.TREASURER],
    *(f"announcements.{act}_budget" for act in ("view", "add", "delete", "publish")),
)
grant(
    [Role.VILLAGE_HEAD, Role.SECRETARY, Role.BPD_CHAIR, Role.SUPERVISOR, Role.ADMIN],
    "announcements.view_budget",
)
_DOCUMENTS = ("publicdocument", "documentversion", "lawchange", "exemptinformation")
grant(
    [Role.PPID],
    "announcements.publish_publicdocument",
    *(f"announcements.{act}_{kind}" for kind in _DOCUMENTS for act in ("view", "add", "change", "delete")),
)
grant(
    [Role.PPID_SUPERIOR, Role.VILLAGE_HEAD, Role.SECRETARY, Role.SUPERVISOR, Role.ADMIN],
    *(f"announcements.view_{kind}" for kind in _DOCUMENTS),
)
grant(
    [Role.PROJECT_TEAM, Role.TREASURER, Role.OPERATOR, Role.HAMLET_HEAD],
    *(f"announcements.{act}_project" for act in ("view", "add", "change", "delete")),
)
grant([Role.PROJECT_TEAM, Role.HAMLET_HEAD, Role.VILLAGE_HEAD], "announcements.report_project")
grant([Role.TREASURER, Role.OPERATOR, Role.VILLAGE_HEAD], "announcements.publish_project")
grant(
    [Role.VILLAGE_HEAD, Role.SECRETARY, Role.BPD_CHAIR, Role.SUPERVISOR, Role.ADMIN],
    "announcements.view_project",
)
