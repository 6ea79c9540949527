"""The texts of the demo: two fictional villages, their people, and a year of what they did and said.

Everything stands in plain files beside this module and is read by `load()`. Nothing here knows of models;
`load_demo` walks the result in the order of time and calls the models' verbs.

A village's folder holds

- `village.toml`: identity, letterhead, words, dusun with their RW and RT, bodies, and what changed in its offices;
- `people.csv`: its address book, one person a line (`bodies` is `key` or `key:position`, separated by `;`);
- `households.csv`: people of the address book without an account, who take part in nothing yet;
- `walk_ins.csv`: people who come to gatherings and stand in no address book;
- `activities.toml`: gatherings, past and to come;
- `minutes.toml`: what was said and resolved at some gatherings, and what came of it (`resolutions.py`);
- `trainings.toml`: what gatherings taught, who shares what he can, what was copied next door (`trainings.py`);
- `budgets.csv`: the budgets of two years with what became of them, in the codes of villages (`budgets.py`);
- `documents.toml`: public documents with their versions, laws, and what is exempt (`documents.py`);
- `projects.toml`: what is built, with its reports, stops and handovers (`projects.py`);
- `pages.toml`: pages that stand still, and the menu (`standing.py`);
- `works.toml`: regular meetings, works of several days, and who was paid for what (`works.py`);
- `articles/NN-*.toml`: one article each, with its attachments and its comments in the order of time; a comment's
  `to` is the position, from 1, of the one that it answers; its gallery, what was corrected in it and how many hours
  it was urgent;
- `forums/NN-*.toml`: one forum each, with its topics and their replies, told like articles and comments;
- `reports/NN-*.toml`: aspirasi and pengaduan with the steps that each went through.

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
from datetime import date, time
from pathlib import Path
from typing import Any

from .shapes import (
    Activity,
    Article,
    Attachment,
    Body,
    Comment,
    Correction,
    Cover,
    DemoContent,
    Dusun,
    Evidence,
    Forum,
    GalleryPicture,
    Late,
    Neighbour,
    Person,
    Photo,
    Postponement,
    Report,
    Session,
    Step,
    Topic,
    Village,
    WalkIn,
)

__all__ = [
    "Activity",
    "Article",
    "Attachment",
    "Body",
    "Comment",
    "Correction",
    "Cover",
    "DemoContent",
    "Dusun",
    "Evidence",
    "Forum",
    "GalleryPicture",
    "Late",
    "Neighbour",
    "Person",
    "Photo",
    "Postponement",
    "Report",
    "Session",
    "Step",
    "Topic",
    "Village",
    "WalkIn",
    "day",
    "fill",
    "load",
]

HERE = Path(__file__).parent
VILLAGES = ("sendanglaras", "telaga_sandat")


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
        households=[
            Neighbour(**row | {"region": tuple(row["region"].split("/"))})
            for row in _rows(folder / "households.csv")
        ],
        walk_ins=[WalkIn(**row) for row in _rows(folder / "walk_ins.csv")],
        activities=[
            _activity(row) for row in tomllib.loads((folder / "activities.toml").read_text())["activities"]
        ],
        articles=[_article(path) for path in sorted((folder / "articles").glob("*.toml"))],
        forums=[_forum(path) for path in sorted((folder / "forums").glob("*.toml"))],
        reports=[
            _report(row)
            for path in sorted((folder / "reports").glob("*.toml"))
            for row in tomllib.loads(path.read_text())["reports"]
        ],
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
    return Person(**row, region=(dusun, rw, rt), bodies=bodies)


def _activity(row: dict[str, Any]) -> Activity:
    postponed = row.pop("postponed", None)
    public = row.pop("public_evidence", [])
    evidence = row.pop("evidence", [])
    return Activity(
        sessions=[
            Session(
                starts=_time(sitting.pop("starts")),
                ends=_time(sitting.pop("ends")),
                late=tuple(Late(at=_time(late.pop("at")), **late) for late in sitting.pop("late", [])),
                **sitting,
            )
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
        gallery=[GalleryPicture(**row) for row in told.pop("gallery", [])],
        corrections=[_dated(Correction, row) for row in told.pop("corrections", [])],
        attachments=[Attachment(**row) for row in told.pop("attachments", [])],
        comments=[_comment(row) for row in told.pop("comments", [])],
        **told,
    )


def _forum(path: Path) -> Forum:
    told = tomllib.loads(path.read_text())
    topics = [
        Topic(at=_time(row.pop("at")), replies=[_comment(said) for said in row.pop("replies")], **row)
        for row in told.pop("topics")
    ]
    return Forum(topics=topics, **told)


def _report(row: dict[str, Any]) -> Report:
    return Report(
        at=_time(row.pop("at")),
        photos=[Photo(**photo) for photo in row.pop("photos", [])],
        steps=[_step(step) for step in row.pop("steps", [])],
        **row,
    )


def _step(row: dict[str, Any]) -> Step:
    day_after, at = row.pop("at").split()
    photos = [Photo(**photo) for photo in row.pop("photos", [])]
    return Step(day=int(day_after), at=_time(at), photos=photos, **row)


def _comment(row: dict[str, Any]) -> Comment:
    return _dated(Comment, row)


def _dated(shape: Callable[..., Any], row: dict[str, Any]) -> Any:
    day_after, at = row.pop("at").split()
    return shape(day=int(day_after), at=_time(at), **row)


def _time(written: str) -> time:
    hours, minutes = written.split(".")
    return time(int(hours), int(minutes))
