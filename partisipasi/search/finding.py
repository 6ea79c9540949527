"""What the search page finds: each room registers its kinds of rows, and one statement asks them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models.functions import Cast, Coalesce

from .words import query

Expression = str | models.expressions.Combinable


def _as_expression(written: Expression) -> Any:
    return models.F(written) if isinstance(written, str) else written


@dataclass(frozen=True)
class Kind:
    """A kind of row that the search page finds, and how a hit of it looks.

    `title`, `text`, `on` and `address` are lookups or expressions of the row, so that one statement can ask all
    kinds at once; `plain` and `url` make of a row's text and address what a page shows.
    """

    name: str
    label: str
    rows: Callable[[Any], models.QuerySet]
    url: Callable[[str], str]
    title: Expression = "title"
    text: Expression = field(default_factory=lambda: models.Value(""))
    on: Expression | None = None
    address: Expression = "pk"
    plain: Callable[[str], str] = str

    def matching(self, asked: Any, user: Any, since: date | None, until: date | None) -> models.QuerySet:
        """The rows that this visitor may see and that `asked` finds, dated within the days, as a hit's columns."""
        day = models.DateTimeField(null=True)
        rows = (
            self.rows(user)
            .filter(search=asked)
            .order_by()
            .annotate(
                hit_kind=models.Value(self.name),
                hit_rank=SearchRank(models.F("search"), asked),
                hit_title=Cast(_as_expression(self.title), models.TextField()),
                hit_text=Cast(_as_expression(self.text), models.TextField()),
                hit_on=Cast(_as_expression(self.on) if self.on else models.Value(None), day),
                hit_address=Cast(_as_expression(self.address), models.TextField()),
            )
        )
        if since:
            rows = rows.filter(hit_on__date__gte=since)
        return rows.filter(hit_on__date__lte=until) if until else rows


COLUMNS = ("hit_kind", "hit_rank", "hit_title", "hit_text", "hit_on", "hit_address")


@dataclass(frozen=True)
class Hit:
    """One row that a query found."""

    kind: Kind
    rank: float
    title: str
    text: str
    on: datetime | None
    url: str


_kinds: dict[str, Kind] = {}


def register(name: str, label: str, rows: Callable[[Any], models.QuerySet], **looks: Any) -> None:
    """Let the search page find a kind of row. `rows(user)` are those that this visitor may see; `looks` as in Kind.

    Called at start-up by the room that has them, in the order in which kinds are to be named.
    """
    _kinds[name] = Kind(name, label, rows, **looks)


def kinds() -> list[Kind]:
    return list(_kinds.values())


@dataclass(frozen=True)
class Finding:
    """What a query finds for a visitor: the number of hits of each kind, and the hits themselves, best first."""

    asked: Any
    user: Any
    since: date | None = None
    until: date | None = None

    def _of(self, kinds_asked: list[Kind]) -> list[models.QuerySet]:
        return [kind.matching(self.asked, self.user, self.since, self.until) for kind in kinds_asked]

    def counts(self) -> dict[str, int]:
        """How many hits there are, by the name of the kind; kinds without a hit are not named."""
        counted = [
            rows.values("hit_kind").annotate(hits=models.Count("pk")).values_list("hit_kind", "hits")
            for rows in self._of(kinds())
        ]
        return {name: hits for name, hits in _together(counted) if hits} if counted else {}

    def hits(self, kind: str = "", start: int = 0, length: int = 20) -> list[Hit]:
        """A page of hits, of one kind or of all."""
        asked = [each for each in kinds() if kind in {"", each.name}]
        if not asked:
            return []
        found = _together([rows.values_list(*COLUMNS) for rows in self._of(asked)])
        page = found.order_by("-hit_rank", "-hit_on", "hit_kind", "-hit_address")[start : start + length]
        return [_hit(*row) for row in page]


def _together(rows: list[models.QuerySet]) -> models.QuerySet:
    # A union would else come in the order of the first model's Meta.
    return rows[0].union(*rows[1:], all=True).order_by() if len(rows) > 1 else rows[0]


def _hit(name: str, rank: float, title: str, text: str, on: datetime | None, address: str) -> Hit:
    kind = _kinds[name]
    return Hit(kind, rank, title, kind.plain(text or ""), on, kind.url(address))


def find(text: str, user: Any, *, since: date | None = None, until: date | None = None) -> Finding:
    """What this visitor finds with these words, dated within these days."""
    return Finding(query(text), user, since, until)


def public_texts() -> Iterator[str]:
    """The title and text of everything in the village in scope that anybody may find."""
    for kind in kinds():
        texts = (
            Cast(Coalesce(_as_expression(written), models.Value("")), models.TextField())
            for written in (kind.title, kind.text)
        )
        for title, text in kind.rows(AnonymousUser()).order_by().values_list(*texts).iterator():
            yield title
            yield kind.plain(text)
