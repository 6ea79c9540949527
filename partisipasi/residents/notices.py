"""Telling people what concerns them: in the portal, and by mail as each has chosen.

A room declares its kinds and the pages that may be followed at start-up (in a module imported by `ready()`):

    register_kind("reply", "Tanggapan baru pada yang Anda ikuti")
    followable("forums:topic_detail", lambda user, pk: Topic.objects.visible_to(user).filter(pk=pk).first())

and tells in its verbs, before `ledger.record`:

    tell([report.author], "report", "Laporan Anda dijawab.", path=report.get_absolute_url(), but=by)
    tell_followers(topic.get_absolute_url(), "reply", "Siti menanggapi …", path=post.get_absolute_url(), but=author)
    tell_officials("feedback.answer_report", "report", "Laporan baru.", path=…, region=report.region)

A text is one sentence for its reader, without what only some may know: it also stands in mails and on lock screens.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from partisipasi import clock
from partisipasi.db import current_village_pk

from .models import Appointment, Follow, Notice, NoticePreference, Role, User
from .permissions import permissions_of

TEXT_LENGTH = 300
TITLE_LENGTH = 200
COUNTED_TO = 100
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")

Lookup = Callable[..., Any]

_kinds: dict[str, str] = {}
_followable: dict[str, Lookup] = {}
_targets: dict[str, Lookup] = {}


@dataclass(frozen=True)
class Page:
    """A page that may be followed, as this visitor sees it; a lookup may return one for a page without a row."""

    path: str
    title: str

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.path


def register_kind(kind: str, label: str) -> None:
    """Declare a kind of notice; `label` stands where people switch kinds off: "Tanggapan baru …"."""
    _kinds[kind] = label


def kinds() -> dict[str, str]:
    """All kinds with their labels, in the order of their labels."""
    return dict(sorted(_kinds.items(), key=lambda pair: pair[1]))


def followable(view_name: str, lookup: Lookup) -> None:
    """Let the pages of this view be followed.

    `lookup(user, **kwargs)` gets the visitor (who may be anonymous) and the address's arguments, and returns what the
    page shows, if this visitor may see it, else None; `str()` of it is the page's title, `get_absolute_url()` its path.
    """
    _followable[view_name] = _targets[view_name] = lookup


def leads_to(view_name: str, lookup: Lookup) -> None:
    """Say who may see the pages of this view, which notices lead to though nobody follows them. `lookup` as above."""
    _targets[view_name] = lookup


def page_at(path: str, user: Any) -> Page | None:
    """The followable page at `path`, if there is one and `user` may see it."""
    found = _looked_up(_followable, path, user)
    # The page's own address, so that one page is not followed under two.
    return Page(_plain(found.get_absolute_url()), str(found)[:TITLE_LENGTH]) if found else None


def is_open_to(user: Any, path: str) -> bool:
    """May `user` see the page at `path`, as far as its room has said?"""
    view_name, _ = _resolved(path)
    return view_name not in _targets or bool(_looked_up(_targets, path, user))


def tell(
    recipients: Iterable[User],
    kind: str,
    text: str,
    *,
    path: str,
    but: User | None = None,
    key: str = "",
    followed: str = "",
) -> int:
    """Tell each of `recipients` once, in the portal and by mail as each has chosen; returns how many were told.

    `path` is the page that tells more, within the portal. `but`, who did it, is not told, and the notices go when he
    is forgotten. What is told with a `key` is told to each recipient once and never again, however often and by how
    many at once it is called. Who switched `kind` off is not told.

    Raises KeyError for an unregistered kind, ValueError for a path outside the portal.
    """
    if kind not in _kinds:
        raise KeyError(f"No kind of notice is called {kind}.")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("A notice leads to a page of the portal.")
    # In one order for all, so that two who tell the same people wait for each other and not in a ring.
    users = sorted(
        {user for user in recipients if user and user.is_active and user != but}, key=lambda u: u.pk
    )
    if not users:
        return 0
    moment = clock.now()
    chosen = NoticePreference.objects.by_user(users)
    reachable = _with_confirmed_address(users)
    fresh = []
    for user in users:
        preference = chosen.get(user.pk) or NoticePreference(user=user)
        if kind in preference.off:
            continue
        mail_at = preference.mail_at(moment) if user.pk in reachable else None
        fresh.append(
            Notice(
                recipient=user,
                actor=but,
                kind=kind,
                text=tidy(text, TEXT_LENGTH),
                path=path,
                followed=followed,
                key=key,
                at=moment,
                mail_at=mail_at,
            )
        )
    if key:
        fresh = _not_yet_told(fresh, key)
    Notice.objects.bulk_create(fresh, ignore_conflicts=bool(key))
    if any(notice.mail_at == moment for notice in fresh):
        _mail_soon()
    return len(fresh)


def tell_followers(
    page: str, kind: str, text: str, *, path: str = "", but: User | None = None, key: str = ""
) -> int:
    """Tell everybody who follows the page at address `page`; `path` leads to what is new, else to the page itself."""
    page = _plain(page)
    return tell(followers(page), kind, text, path=path or page, but=but, key=key, followed=page)


def tell_officials(
    perm: str,
    kind: str,
    text: str,
    *,
    path: str,
    region: Any = None,
    but: User | None = None,
    key: str = "",
) -> int:
    """Tell those whose appointment today has `perm` where it happened: `region`, or None for the whole village."""
    return tell(officials(perm, region), kind, text, path=path, but=but, key=key)


def followers(page: str) -> list[User]:
    """The accounts that follow the page at address `page`."""
    follows = Follow.objects.standing().filter(path=_plain(page), user__is_active=True)
    return [follow.user for follow in follows.select_related("user")]


def officials(perm: str, region: Any = None) -> list[User]:
    """The accounts whose appointment today has `perm` in `region`, or in the whole village where that is None."""
    held = Appointment.objects.current(clock.today()).filter(
        role__in=[role for role in Role if perm in permissions_of(role)],
        person__user__is_active=True,
        person__retired_at__isnull=True,
    )
    return [
        each.person.user
        for each in held.select_related("person__user", "region")
        if each.region is None or (region is not None and region.path.startswith(each.region.path))
    ]


def follow(user: User, path: str, title: str) -> None:
    """Let `user` hear from now on what happens on the page at `path`."""
    values = {"title": tidy(title, TITLE_LENGTH), "ended_at": None}
    Follow.objects.update_or_create(user=user, path=_plain(path), defaults=values)


def follow_by_taking_part(user: User, path: str, title: str) -> None:
    """As `follow`, unless he had given the page up: who unfollowed and writes again stays unfollowed."""
    title = tidy(title, TITLE_LENGTH)
    Follow.objects.bulk_create([Follow(user=user, path=_plain(path), title=title)], ignore_conflicts=True)


def unfollow(user: User, path: str) -> None:
    """`user` hears no more of the page at `path`, even if he writes there again."""
    Follow.objects.standing().of(user).filter(path=_plain(path)).update(ended_at=clock.now())


def is_following(user: Any, path: str) -> bool:
    if not user.is_authenticated:
        return False
    return Follow.objects.standing().of(user).filter(path=_plain(path)).exists()


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """For the head of every page: how many notices this account has not read, asked for only where it is shown."""
    return {"unread_notices": lambda: Notice.objects.of(request.user).unread()[:COUNTED_TO].count()}


def tidy(text: str, length: int) -> str:
    """One printable line of at most `length` characters."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def _not_yet_told(notices: list[Notice], key: str) -> list[Notice]:
    told = Notice.objects.filter(key=key, recipient__in=[notice.recipient_id for notice in notices])
    already = set(told.values_list("recipient_id", flat=True))
    return [notice for notice in notices if notice.recipient_id not in already]


def _with_confirmed_address(users: list[User]) -> set[int]:
    return set(EmailAddress.objects.filter(user__in=users, verified=True).values_list("user_id", flat=True))


def _mail_soon() -> None:
    """Ask the task worker to mail it as soon as it is committed; what is lost on the way, `due` finds."""
    from .tasks import mail_due

    village = current_village_pk()
    transaction.on_commit(lambda: mail_due.enqueue(village))


def _plain(path: str) -> str:
    return path.partition("#")[0].partition("?")[0]


def _resolved(path: str) -> tuple[str, dict[str, Any]]:
    try:
        match = resolve(_plain(path))
    except Resolver404:
        return "", {}
    return match.view_name, match.kwargs


def _looked_up(registry: dict[str, Lookup], path: str, user: Any) -> Any:
    view_name, kwargs = _resolved(path)
    lookup = registry.get(view_name)
    return lookup(user, **kwargs) if lookup else None
