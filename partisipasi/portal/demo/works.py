"""The demo's regular meetings, its works of several days, and who was paid for what."""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from attendance.models import Activity, ActivityKind, ActivitySeries, Guest, PaperKind, PayLine, PayList
from attendance.recurrence import Every
from partisipasi.residents.models import Role

from . import content as told
from .story import Story
from .trainings import activity_of


def plan(story: Story) -> None:
    """Put the village's `works.toml`, if it has one, into the story; after its activities."""
    path = told.HERE / story.texts.key.replace("-", "_") / "works.toml"
    if not path.exists():
        return
    texts = tomllib.loads(path.read_text())
    for row in texts["series"]:
        Regular(story, row).plan()
    works = {row["key"]: Work(story, row) for row in texts["works"]}
    for work in works.values():
        work.plan()
    for row in texts["pay"]:
        Paid(story, row, works.get(row["activity"])).plan()


def _time(text: str) -> time:
    return time.fromisoformat(text.replace(".", ":"))


class Regular:
    """A regular meeting that began a while ago and goes on."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.by = story.account_of(Role.SECRETARY)

    def plan(self) -> None:
        story, texts = self.story, self.texts
        story.happens(story.moment(texts["begun_days_ago"], time(9, 20)), self.begin)
        first, last = (told.day(story.today, texts[f"{which}_days_ago"]) for which in ("first", "last"))
        for day in self._series().recurrence.dates(first, last):
            held = datetime.combine(day, _time(texts["begins"]), story.zone)
            if day < story.today:
                story.happens(held, partial(self.hold, day))
                story.happens(held + timedelta(hours=2), partial(self.close, day))

    def _series(self) -> ActivitySeries:
        texts = self.texts
        return ActivitySeries(
            title=texts["title"],
            agenda=texts["agenda"],
            venue=texts["venue"],
            begins=_time(texts["begins"]),
            ends=_time(texts["ends"]),
            every=Every.WEEKDAY,
            weekday=texts["weekday"],
            nth=texts["nth"],
        )

    def begin(self) -> None:
        """The village's own kind of activity, the series, and its seats."""
        story, texts = self.story, self.texts
        series = self._series()
        series.kind = ActivityKind.objects.create(
            code=texts["code"],
            name=texts["kind"],
            order=90,
            quorum="",
            papers=[PaperKind.ATTENDANCE],
            organiser="Tim Penggerak PKK",
        )
        first, last = (told.day(story.today, texts[f"{which}_days_ago"]) for which in ("first", "last"))
        days = series.recurrence.dates(first, last)
        nonce = story.nonce("rangkaian", texts["key"])
        self.begun = ActivitySeries.objects.begin(series, days, by=self.by, nonce=nonce)
        for activity in self.begun.activities.order_by("series_on"):
            activity.invite_all([story.people[key] for key in texts["people"]], by=self.by)
        self.begun.announce_all(self.by)

    def _activity(self, day: date) -> Activity:
        return self.begun.activities.get(series_on=day)

    def hold(self, day: date) -> None:
        """One of them is at a birth or in the fields each time."""
        session = self._activity(day).sessions.get()
        seats = session.activity.invitations.standing().order_by("pk")
        for place, seat in enumerate(seats):
            if place != day.month % len(self.texts["people"]):
                nonce = self.story.nonce("rangkaian", self.texts["key"], day, place)
                session.check_in(invitation=seat, by=self.by, nonce=nonce)

    def close(self, day: date) -> None:
        self._activity(day).close(self.by)


class Work:
    """Paid work of several days: each day with a list of its own."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.by = story.account_of(Role.SECRETARY)
        self.activity: Activity

    def plan(self) -> None:
        story, texts = self.story, self.texts
        story.happens(story.moment(texts["announced_days_ago"], time(10, 40)), self.announce)
        for days_ago in texts["days_ago"]:
            begins = story.moment(days_ago, _time(texts["starts"]))
            story.happens(begins, partial(self.check_in, days_ago))
        ended = story.moment(texts["days_ago"][-1], _time(texts["ends"]))
        story.happens(ended + timedelta(minutes=30), self.close)

    def announce(self) -> None:
        story, texts = self.story, self.texts
        self.activity = Activity(
            kind=ActivityKind.objects.get(code="padat-karya"),
            title=texts["title"],
            agenda=texts["agenda"],
            venue=texts["place"],
            region=story.regions[(texts["dusun"],)],
            created_by=self.by,
        )
        self.activity.take_from_kind()
        self.activity.save()
        for days_ago in texts["days_ago"]:
            begins, ends = (story.moment(days_ago, _time(texts[which])) for which in ("starts", "ends"))
            self.activity.add_session(begins, ends)
        self.activity.announce(self.by)
        story.addresses["kegiatan", texts["key"]] = self.activity.get_absolute_url()

    def check_in(self, days_ago: int) -> None:
        session = self.activity.sessions.in_order()[self.texts["days_ago"].index(days_ago)]
        for place, worker in enumerate(self.texts["workers"]):
            if days_ago not in worker.get("away", []):
                guest = Guest(name=worker["name"], sex=worker.get("sex", "L"), address=worker["address"])
                nonce = self.story.nonce("padat-karya", self.texts["key"], days_ago, place)
                session.check_in(guest, by=self.by, nonce=nonce)

    def close(self) -> None:
        self.activity.refresh_from_db()
        self.activity.description = self.texts["summary"]
        self.activity.save(update_fields=["description"])
        self.activity.close(self.by)

    def wanted(self, line: PayLine, rate: int) -> tuple[int, list[date]]:
        """What this worker gets for a day, and the days of which he worked half."""
        worker = next(one for one in self.texts["workers"] if one["name"] == line.name)
        half = [told.day(self.story.today, days_ago) for days_ago in worker.get("half", [])]
        return worker.get("rate", rate), half


class Paid:
    """One list of money: prepared by the secretary, settled by the treasurer unless it still waits for her."""

    def __init__(self, story: Story, texts: dict[str, Any], work: Work | None) -> None:
        self.story, self.texts, self.work = story, texts, work
        self.pay_list: PayList

    def plan(self) -> None:
        story, texts = self.story, self.texts
        story.happens(story.moment(texts["made_days_ago"], time(16, 10)), self.make)
        if "settled_days_ago" in texts:
            story.happens(story.moment(texts["settled_days_ago"], time(16, 45)), self.settle)

    def make(self) -> None:
        story, texts = self.story, self.texts
        first, last = texts.get("days_ago"), texts.get("until_days_ago", texts.get("days_ago"))
        pay_list = PayList(
            activity=activity_of(story, texts["activity"]),
            basis=texts["basis"],
            purpose=texts["purpose"],
            rate=texts["rate"],
            charged_to=texts["charged_to"],
            first_on=None if first is None else told.day(story.today, first),
            last_on=None if last is None else told.day(story.today, last),
        )
        nonce = story.nonce("bayar", texts["activity"], texts["purpose"])
        by = story.account_of(Role.SECRETARY)
        self.pay_list = PayList.objects.begin(pay_list, by=by, nonce=nonce)
        lines = self.pay_list.lines()
        if self.work:
            self.pay_list.set_rows({line.key: self.work.wanted(line, texts["rate"]) for line in lines})
        elif "paid" in texts:
            # The others help for nothing.
            self.pay_list.set_rows({line.key: (0, []) for line in lines[texts["paid"] :]})

    def settle(self) -> None:
        self.pay_list.settle(self.story.account_of(Role.TREASURER))
