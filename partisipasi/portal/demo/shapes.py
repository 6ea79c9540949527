"""What the demo's texts consist of, read by `content.load()`; how time and references are told stands there."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any


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
class Neighbour:
    """Someone of the address book who has no account."""

    name: str
    sex: str
    age: str
    region: tuple[str, ...]


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
    late: tuple["Late", ...] = ()

    @property
    def attendances(self) -> int:
        return self.present + self.stand_ins + self.walk_ins


@dataclass(frozen=True)
class Late:
    """One whom a desk without a network wrote down at `at`; it was heard of `days_ago`, after closing."""

    name: str
    sex: str
    address: str
    at: time
    days_ago: int


@dataclass(frozen=True)
class Postponement:
    """A date that was announced first and given up; the one session carries the new one.

    For a `reason`, or for want of a quorum, where `seats` were filled on the first.
    """

    days_ago: int
    reason: str = ""
    seats: int = 0


@dataclass(frozen=True)
class Evidence:
    """One of the five papers: undangan, daftar hadir, notulen, berita acara, dokumentasi."""

    kind: str
    public: bool


@dataclass(frozen=True)
class Activity:
    """A gathering with `invited` seats (see Village.invitees); `kind` is a word of domain 1.4.

    `scan_lacks`: its signed list came back without the last so many lines, and waits for the page that is missing.
    """

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
    indicator: str = ""
    invite_bodies: list[str] = field(default_factory=list)
    invite_dusun: list[str] = field(default_factory=list)
    postponed: Postponement | None = None
    summary: str = ""
    minutes: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    scan_lacks: int = 0

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
class GalleryPicture:
    """One of several pictures under an article, drawn like its cover."""

    motif: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Correction:
    """What was put right `day` days after the article appeared: `was` stood there at first instead of `now`."""

    day: int
    at: time
    was: str
    now: str
    text: str


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
    urgent_hours: int = 0
    gallery: list[GalleryPicture] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Topic:
    """A topic of a forum with its replies in the order of time; `locked` is why a moderator locked it."""

    key: str
    title: str
    by: str
    days_ago: int
    at: time
    text: str
    replies: list[Comment]
    pinned: bool = False
    locked: str = ""
    locked_day: int = 0


@dataclass(frozen=True)
class Forum:
    """A forum of the village, of one hamlet or of a body."""

    slug: str
    name: str
    description: str
    topics: list[Topic]
    dusun: str = ""
    body: str = ""


@dataclass(frozen=True)
class Photo:
    """A photo to be drawn from a motif."""

    motif: str
    caption: str


@dataclass(frozen=True)
class Step:
    """What happened to a report, `day` days after it came: `by` is a key of people.csv or "reporter"."""

    act: str
    by: str
    day: int
    at: time
    text: str = ""
    to: str = ""
    to_outside: str = ""
    photos: list[Photo] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """An aspirasi or pengaduan, by somebody or by nobody (`by` is ""), and what became of it."""

    key: str
    kind: str
    category: str
    title: str
    text: str
    by: str
    privacy: str
    days_ago: int
    at: time
    steps: list[Step]
    public_title: str = ""
    channel: str = "web"
    typed_by: str = ""
    dusun: str = ""
    rw: str = ""
    rt: str = ""
    photos: list[Photo] = field(default_factory=list)

    @property
    def region(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.dusun, self.rw, self.rt)))


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
    households: list[Neighbour]
    walk_ins: list[WalkIn]
    activities: list[Activity]
    articles: list[Article]
    forums: list[Forum]
    reports: list[Report]
    offices: list[dict[str, Any]]

    def writers(self) -> set[str]:
        """The keys of everybody who needs an account for what the texts let them do."""
        topics = [topic for forum in self.forums for topic in forum.topics]
        keys = {comment.by for article in self.articles for comment in article.comments}
        keys |= {topic.by for topic in topics} | {reply.by for topic in topics for reply in topic.replies}
        for report in self.reports:
            keys |= {
                report.typed_by,
                *(step.by for step in report.steps),
                *(step.to for step in report.steps),
            }
            keys |= {report.by} if report.channel == "web" else set()
        return keys & self.people.keys()

    def members(self, body: str) -> list[Person]:
        return [person for person in self.people.values() if body in person.bodies]

    def invitees(self, activity: Activity) -> list[Person]:
        """As many people as the activity has seats: of its bodies first, then of its dusun, then others."""

        def closeness(person: Person) -> int:
            if person.bodies.keys() & set(activity.invite_bodies):
                return 0
            return 1 if person.region[0] in activity.invite_dusun else 2

        return sorted(self.people.values(), key=closeness)[: activity.invited]

    def guests(self, activity: Activity, session: Session) -> tuple[list[WalkIn], list[WalkIn]]:
        """Who comes uninvited, and who stands in for an invited neighbour. Nobody does both in one sitting."""
        start = sum(map(ord, activity.key)) % len(self.walk_ins)
        turn = self.walk_ins[start:] + self.walk_ins[:start]
        here = {hamlet.key: hamlet.name for hamlet in self.dusun}.get(activity.dusun, "")
        turn.sort(key=lambda guest: here not in guest.address)
        return turn[: session.walk_ins], turn[session.walk_ins :][: session.stand_ins]


@dataclass(frozen=True)
class DemoContent:
    """All there is to load."""

    villages: list[Village]
