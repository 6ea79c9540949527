"""The demo's minutes: written the day after, published, and what those responsible did of what was resolved."""

import tomllib
from datetime import time, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from attendance.due import note_late_follow_ups
from attendance.models import Activity, FollowUp, Minutes, Resolution, Writing
from partisipasi import clock
from partisipasi.residents.models import Body, Person, Role, User

from . import content as told
from . import pictures
from .story import Story


def plan(story: Story) -> None:
    """Put the minutes of the village's `minutes.toml` and all that follows from them into the story."""
    folder = told.HERE / story.texts.key.replace("-", "_")
    for texts in tomllib.loads((folder / "minutes.toml").read_text())["minutes"]:
        Noting(story, texts).plan()


class Noting:
    """The minutes of one activity, and its tasks on their way through the verbs."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.gathering = next(one for one in story.texts.activities if one.key == texts["activity"])
        self.by = story.account_of(Role.SECRETARY)
        self.given: dict[int, FollowUp] = {}

    def plan(self) -> None:
        story, last = self.story, self.gathering.sessions[-1]
        published = story.moment(last.days_ago - 2, time(14))
        story.happens(published, self.publish)
        for number, task in enumerate(self.texts["tasks"]):
            story.happens(published + timedelta(minutes=5 + number), partial(self.set_task, number, task))
            for step in task["steps"]:
                story.happens(
                    story.moment(step["days_ago"], time(15, 10)), partial(self.report, number, step)
                )
            if delay := task.get("delay"):
                story.happens(story.moment(delay["days_ago"], time(11)), partial(self.delay, number, delay))
            for act in ("handed", "reopened"):
                if change := task.get(act):
                    at = story.moment(change["days_ago"], time(9, 40))
                    story.happens(at, partial(getattr(self, act), number, change))
            # The board tells who is late as it does in life, on the working day after.
            for missed in (task.get("first_due"), task["due"]):
                if missed is not None:
                    story.happens(story.moment(missed - 4, time(6)), note_late_follow_ups)

    def publish(self) -> None:
        activity = self._activity()
        people = self.story.people
        writing = Writing(
            items=tuple((item["topic"], item["said"]) for item in self.texts["items"]),
            resolutions=tuple(self.story.fill(each, clock.now()) for each in self.gathering.decisions),
            chaired_by=people[self.gathering.chair].name,
            noted_by=people[self.gathering.minute_taker].name,
        )
        nonce = self.story.nonce("notulen", self.gathering.key)
        minutes = Minutes.objects.write(activity, writing, version=0, nonce=nonce, by=self.by)
        minutes.publish(minutes.version, self.by)

    def set_task(self, number: int, task: dict[str, Any]) -> None:
        resolution = Resolution.objects.get(activity=self._activity(), number=task["decision"])
        self.given[number] = resolution.set_follow_up(
            task["task"],
            responsible=self._responsible(task["to"]),
            due_on=told.day(self.story.today, task.get("first_due", task["due"])),
            by=self.by,
            nonce=self.story.nonce("tugas", self.gathering.key, number),
        )

    def report(self, number: int, step: dict[str, Any]) -> None:
        follow_up = self._given(number)
        key = f"{self.gathering.key}-{number}-{step['days_ago']}"
        motif = step.get("motif")
        photos = [ContentFile(pictures.draw(motif, key), "foto.jpg")] if motif else []
        follow_up.report(
            step["text"],
            by=self._reporter(follow_up),
            nonce=self.story.nonce("perkembangan", key),
            photos=photos,
            is_done=step.get("done", False),
        )

    def delay(self, number: int, delay: dict[str, Any]) -> None:
        until = told.day(self.story.today, delay["to"])
        nonce = self.story.nonce("undur", self.gathering.key, number)
        self._given(number).delay(until, delay["reason"], by=self.by, nonce=nonce)

    def handed(self, number: int, change: dict[str, Any]) -> None:
        nonce = self.story.nonce("alih", self.gathering.key, number)
        whom = self._responsible(change["to"])
        self._given(number).reassign(whom, change["reason"], by=self.by, nonce=nonce)

    def reopened(self, number: int, change: dict[str, Any]) -> None:
        nonce = self.story.nonce("buka", self.gathering.key, number)
        until = told.day(self.story.today, change["to"])
        self._given(number).reopen(until, change["reason"], by=self.by, nonce=nonce)

    def _activity(self) -> Activity:
        address = self.story.addresses["kegiatan", self.gathering.key]
        return Activity.objects.get(pk=int(address.rstrip("/").rpartition("/")[2]))

    def _given(self, number: int) -> FollowUp:
        return FollowUp.objects.get(pk=self.given[number].pk)

    def _responsible(self, key: str) -> Person | Body:
        return self.story.people.get(key) or Body.objects.get(name=self.story.body_name(key))

    def _reporter(self, follow_up: FollowUp) -> User:
        return next(iter(follow_up.accounts()), self.by)
