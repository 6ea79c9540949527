"""What changed in the demo's offices, the letters that they printed, and what they were asked about data."""

from datetime import time, timedelta
from functools import partial
from typing import Any

from partisipasi import clock
from partisipasi.portal.models import PrivacyRequest
from partisipasi.residents.models import Appointment, Person, Role, VerificationLetter

from .story import Story

MORNING = time(8, 15)


def plan(story: Story) -> None:
    """Put handovers, deputies, letters and requests about personal data into the story."""
    acts = {"hand_over": _hand_over, "deputise": _deputise, "letters": _print_letters}
    for told in story.texts.offices:
        if told["act"] == "data":
            _Asked(story, told)
            continue
        story.happens(story.moment(told["days_ago"], MORNING), partial(acts[told["act"]], story, told))


def first_holders(story: Story) -> dict[str, Person]:
    """Who held an office when the village joined the portal, where the texts name a later holder."""
    changed = [told for told in story.texts.offices if told["act"] == "hand_over"]
    return {told["office"]: story.people[told["before"]] for told in changed}


def _office_of(person: Person) -> Appointment:
    return Appointment.objects.current(clock.today()).of(person).order_by("pk")[0]


def _hand_over(story: Story, told: dict[str, Any]) -> None:
    _office_of(story.people[told["before"]]).hand_over(
        story.people[told["office"]],
        on=clock.today(),
        by=story.account_of(Role.ADMIN),
        decree_number=told["decree"],
    )


def _deputise(story: Story, told: dict[str, Any]) -> None:
    _office_of(story.people[told["office"]]).deputise(
        story.people[told["by"]],
        clock.today(),
        clock.today() + timedelta(days=told["days"]),
        by=story.account_of(Role.ADMIN),
        decree_number=told["decree"],
    )


def _print_letters(story: Story, told: dict[str, Any]) -> None:
    region = story.regions[tuple(told["region"].split("/"))]
    VerificationLetter.objects.issue(
        Person.objects.filter(region=region, user__isnull=True), by=story.account_of(Role.SECRETARY)
    )


class _Asked:
    """Somebody asks about his data, and is answered some hours later, or not yet."""

    def __init__(self, story: Story, told: dict[str, Any]) -> None:
        self.story, self.told = story, told
        story.happens(story.moment(told["days_ago"], MORNING), self.ask)
        if "answer" in told:
            answered_at = story.moment(told["days_ago"], MORNING) + timedelta(hours=told["answered_after"])
            story.happens(answered_at, self.answer)

    def ask(self) -> None:
        words = {name: self.told[name] for name in ("text", "right") if name in self.told}
        user = self.story.accounts[self.told["who"]]
        self.request = PrivacyRequest.objects.file(self.told["kind"], user=user, **words)

    def answer(self) -> None:
        official = self.story.account_of(Role.SECRETARY)
        if self.told.get("refused"):
            self.request.refuse(self.told["answer"], by=official)
        else:
            self.request.carry_out(by=official, note=self.told["answer"])
