"""The texts of the demo: two fictional villages, their people, and a year of what they did and said.

Everything stands in plain files beside this module and is read by `load()`. Nothing here knows of models;
`load_demo` walks the result in the order of time and calls the models' verbs.

A village's folder holds

- `village.toml`: identity, letterhead, words, dusun with their RW and RT, bodies;
- `people.csv`: its address book, one person a line (`bodies` is `key` or `key:position`, separated by `;`);
- `walk_ins.csv`: people who come to gatherings and stand in no address book;
- `activities.toml`: gatherings, past and to come;
- `articles/NN-*.toml`: one article each, with its attachments and the whole thread of its comments.

**Time** is told backwards from the day on which the demo is loaded: `days_ago = 0` is that day, a negative
number is still to come. Hours are local to the village, written `09.00`. A comment's `at = "2 19.30"` is half
past seven in the evening of the second day after its article appeared.

**Placeholders** in texts, filled by `fill()`:

- `{tahun}`, `{tahun+1}`, `{tahun-1}`: the year in which the text was written, and those beside it;
- `{tanggal:KEY}`: the day of that activity's first session, in full;
- `href="artikel:KEY"` and `href="kegiatan:KEY"`: the address of an article or activity of the same village.
"""

import csv
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VILLAGES = ("sendanglaras", "telaga_sandat")


@dataclass(frozen=True)
class Dusun:
    """A hamlet; `rw` maps each RW (or what stands in its place) to its RTs."""

    key: str
    name: str
    rw: dict[str, list[str]]


@dataclass(frozen=True)
class Body:
    """A body of the village; `kind` as in residents. Each RT is one too, with the key `rt-<rw>-<rt>`."""

    key: str
    name: str
    kind: str
    dusun: str = ""


@dataclass(frozen=True)
class Person:
    """Someone of the address book. `region` is dusun, RW, RT; `bodies` maps a body's key to the position."""

    key: str
    name: str
    sex: str
    age: str
    region: tuple[str, str, str]
    unsur: str
    position: str = ""
    bodies: dict[str, str] = field(default_factory=dict)
    username: str = ""


@dataclass(frozen=True)
class WalkIn:
    """Someone who came without an invitation and without a row in the address book."""

    name: str
    sex: str
    age: str
    unsur: str
    address: str


@dataclass(frozen=True)
class Session:
    """One sitting, with the numbers of its Daftar Hadir (zero if yet to come)."""

    days_ago: int
    starts: time
    ends: time
    present: int = 0
    stand_ins: int = 0
    walk_ins: int = 0

    @property
    def attendances(self) -> int:
        return self.present + self.stand_ins + self.walk_ins


@dataclass(frozen=True)
class Postponement:
    """A date that was announced first and given up; the sessions carry the new one."""

    days_ago: int
    reason: str


@dataclass(frozen=True)
class Evidence:
    """One of the five papers: undangan, daftar hadir, notulen, berita acara, dokumentasi."""

    kind: str
    public: bool


@dataclass(frozen=True)
class Activity:
    """A gathering with `invited` seats (see Village.invitees); `kind` is a word of domain 1.4."""

    key: str
    kind: str
    title: str
    agenda: str
    place: str
    organiser: str
    chair: str
    minute_taker: str
    announced_days_ago: int
    invited: int
    sessions: list[Session]
    dusun: str = ""
    invite_bodies: list[str] = field(default_factory=list)
    invite_dusun: list[str] = field(default_factory=list)
    postponed: Postponement | None = None
    summary: str = ""
    minutes: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def attendances(self) -> int:
        return sum(session.attendances for session in self.sessions)


@dataclass(frozen=True)
class Attachment:
    """A small document to be made: `pdf` from `lines` (and a table), `xlsx` from `columns` and `rows`."""

    title: str
    format: str = "pdf"
    lines: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Cover:
    """A picture to be drawn from a motif, such as `sawah` or `balai`."""

    motif: str
    alt: str


@dataclass(frozen=True)
class Comment:
    """A comment: `to` is the position (from 1) of the one it answers; 0 answers the article.

    `held` still waits for a moderator; `hidden` is the reason for which a moderator hid it.
    """

    by: str
    day: int
    at: time
    text: str
    to: int = 0
    held: bool = False
    hidden: str = ""


@dataclass(frozen=True)
class Article:
    """An article. `state` is published, draft, scheduled or archived; the two in the middle have no comments."""

    key: str
    title: str
    summary: str
    category: str
    author: str
    state: str
    days_ago: int
    at: time
    body: str
    cover: Cover
    reads: int = 0
    archived_days_ago: int | None = None
    activity: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Village:
    """A fictional village with its year."""

    key: str
    name: str
    hosts: list[str]
    kecamatan: str
    kabupaten: str
    provinsi: str
    area_code: str
    time_zone: str
    accent: str
    band: str
    names_public: bool
    address: str
    postal_code: str
    office_hours: str
    phone: str
    email: str
    complaints: str
    letterhead: list[str]
    letter_code: str
    motto: str
    intro: str
    words: dict[str, Any]
    dusun: list[Dusun]
    bodies: list[Body]
    people: dict[str, Person]
    walk_ins: list[WalkIn]
    activities: list[Activity]
    articles: list[Article]

    def members(self, body: str) -> list[Person]:
        return [person for person in self.people.values() if body in person.bodies]

    def invitees(self, activity: Activity) -> list[Person]:
        """As many people as the activity has seats: of its bodies first, then of its dusun, then others."""

        def closeness(person: Person) -> int:
            if person.bodies.keys() & set(activity.invite_bodies):
                return 0
            return 1 if person.region[0] in activity.invite_dusun else 2

        return sorted(self.people.values(), key=closeness)[: activity.invited]


@dataclass(frozen=True)
class DemoContent:
    """All there is to load."""

    villages: list[Village]


def load() -> DemoContent:
    """Read every file. Raises TypeError, KeyError or ValueError for an unknown, missing or odd field."""
    return DemoContent([_village(HERE / name) for name in VILLAGES])


def fill(text: str, *, year: int, date_of: Callable[[str], str], link: Callable[[str, str], str]) -> str:
    """`text` with its placeholders filled: `date_of(activity)` words a day, `link("artikel", key)` is an address."""
    text = re.sub(r"\{tahun([+-]\d)?\}", lambda found: str(year + int(found[1] or 0)), text)
    text = re.sub(r"\{tanggal:([\w-]+)\}", lambda found: date_of(found[1]), text)
    return re.sub(
        r'href="(artikel|kegiatan):([\w-]+)"', lambda found: f'href="{link(found[1], found[2])}"', text
    )


def day(today: date, days_ago: int) -> date:
    """The day that lies `days_ago` before `today`."""
    return date.fromordinal(today.toordinal() - days_ago)


def _village(folder: Path) -> Village:
    told = tomllib.loads((folder / "village.toml").read_text())
    dusun = [Dusun(**row) for row in told.pop("dusun")]
    bodies = [Body(**row) for row in told.pop("bodies")] + _rt_bodies(dusun)
    return Village(
        **told,
        dusun=dusun,
        bodies=bodies,
        people={person.key: person for person in map(_person, _rows(folder / "people.csv"))},
        walk_ins=[WalkIn(**row) for row in _rows(folder / "walk_ins.csv")],
        activities=[
            _activity(row) for row in tomllib.loads((folder / "activities.toml").read_text())["activities"]
        ],
        articles=[_article(path) for path in sorted((folder / "articles").glob("*.toml"))],
    )


def _rt_bodies(dusun: list[Dusun]) -> list[Body]:
    return [
        Body(
            f"rt-{rw.lower()}-{rt}",
            f"RT {rt}/{'RW' if rw.isdigit() else 'Tempekan'} {rw}",
            "rt-rw",
            hamlet.key,
        )
        for hamlet in dusun
        for rw, rts in hamlet.rw.items()
        for rt in rts
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def _person(row: dict[str, str]) -> Person:
    dusun, rw, rt = row.pop("region").split("/")
    bodies = dict((entry + ":").split(":")[:2] for entry in row.pop("bodies").split(";") if entry)
    return Person(**row, region=(dusun, rw, rt), bodies=bodies)  # type: ignore[arg-type]


def _activity(row: dict[str, Any]) -> Activity:
    postponed = row.pop("postponed", None)
    public = row.pop("public_evidence", [])
    evidence = row.pop("evidence", [])
    return Activity(
        sessions=[
            Session(starts=_time(sitting.pop("starts")), ends=_time(sitting.pop("ends")), **sitting)
            for sitting in row.pop("sessions")
        ],
        postponed=Postponement(**postponed) if postponed else None,
        evidence=[Evidence(kind, kind in public) for kind in evidence],
        **row,
    )


def _article(path: Path) -> Article:
    told = tomllib.loads(path.read_text())
    return Article(
        at=_time(told.pop("at")),
        cover=Cover(**told.pop("cover")),
        attachments=[Attachment(**row) for row in told.pop("attachments", [])],
        comments=[_comment(row) for row in told.pop("comments", [])],
        **told,
    )


def _comment(row: dict[str, Any]) -> Comment:
    day_after, at = row.pop("at").split()
    return Comment(day=int(day_after), at=_time(at), **row)


def _time(written: str) -> time:
    hours, minutes = written.split(".")
    return time(int(hours), int(minutes))
