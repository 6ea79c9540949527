"""What the demo's people say to gatherings that are still to come: they answer invitations, and register."""

import tomllib
from datetime import time, timedelta
from functools import partial
from typing import Any

from attendance.models import Activity, Answer, AnsweredBy, Registration
from partisipasi import clock
from partisipasi.residents.models import Role

from . import content as told
from .story import Story


def plan(story: Story) -> None:
    """Put the answers and registrations of the village's `coming.toml`, if it has one, into the story."""
    texts = told.HERE / story.texts.key.replace("-", "_") / "coming.toml"
    if not texts.exists():
        return
    coming = tomllib.loads(texts.read_text())
    for answers in coming["answers"]:
        _plan_answers(story, answers)
    for registrations in coming["registrations"]:
        Registrations(story, registrations).plan()


def _activity(story: Story, key: str) -> Activity:
    address = story.addresses["kegiatan", key]
    return Activity.objects.get(pk=int(address.rstrip("/").rpartition("/")[2]))


# Answers


def _plan_answers(story: Story, texts: dict[str, Any]) -> None:
    replies = [(Answer.COMES, "")] * texts["comes"] + [(Answer.CANNOT, "")] * texts["cannot"]
    replies += [(Answer.SENDS, name) for name in texts["stand_ins"]]
    story.chance.shuffle(replies)
    for place, reply in enumerate(replies):
        day = texts["days_ago"][place % len(texts["days_ago"])]
        at = story.moment(day, time(7)) + timedelta(minutes=17 * place)
        story.happens(at, partial(_answer, story, texts["activity"], place, *reply))


def _answer(story: Story, key: str, place: int, answer: str, stand_in: str) -> None:
    """Most answer by the code on their letter, every seventh tells it at the office."""
    seat = _activity(story, key).invitations.standing().order_by("pk")[place]
    by = AnsweredBy.OFFICE if place % 7 == 0 else AnsweredBy.CODE
    seat.reply(answer, stand_in=stand_in, by=by)


# Registrations


class Registrations:
    """One activity's registration on its way through the verbs."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.by = story.account_of(Role.SECRETARY)
        self.made: dict[int, Registration] = {}

    def plan(self) -> None:
        story, texts = self.story, self.texts
        story.happens(story.moment(texts["opened_days_ago"], time(7, 45)), self.open)
        for place, one in enumerate(texts["people"]):
            at = story.moment(one["days_ago"], time(8)) + timedelta(minutes=23 * place)
            story.happens(at, partial(self.register, place, one))
        gone = story.moment(texts["withdrawn_days_ago"], time(19, 10))
        for number, place in enumerate(texts["withdrawn"]):
            story.happens(gone + timedelta(minutes=5 * number), partial(self.withdraw, place))
        story.happens(gone + timedelta(hours=1), self.remove)

    def open(self) -> None:
        closes_at = self.story.moment(-self.texts["closes_in_days"], time(16))
        self._activity().set_registration(
            opens_at=clock.now(), closes_at=closes_at, capacity=self.texts["capacity"], by=self.by
        )

    def register(self, place: int, one: dict[str, Any]) -> None:
        person = self.story.people.get(one.get("person", ""))
        how, by = Registration.How.CODE, None
        if person and person.user:
            how, by = Registration.How.ACCOUNT, person.user
        elif one.get("office"):
            how, by = Registration.How.OFFICE, self.by
        self.made[place] = Registration.objects.register(
            self._activity(),
            person=person,
            name=one.get("name", ""),
            origin=one.get("origin", ""),
            how=how,
            by=by,
            nonce=self.story.nonce("daftar", self.texts["activity"], place),
        )

    def withdraw(self, place: int) -> None:
        Registration.objects.get(pk=self.made[place].pk).withdraw()

    def remove(self) -> None:
        twice = Registration.objects.get(pk=self.made[self.texts["removed"]].pk)
        twice.withdraw(self.texts["removed_reason"], self.by)

    def _activity(self) -> Activity:
        return _activity(self.story, self.texts["activity"])
