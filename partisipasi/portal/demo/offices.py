"""What changed in the offices of the demo's villages, and the letters with codes that its secretaries printed."""

from datetime import time, timedelta
from functools import partial
from typing import Any

from partisipasi import clock
from partisipasi.residents.models import Appointment, Person, Role, VerificationLetter

from .story import Story

MORNING = time(8, 15)


def plan(story: Story) -> None:
    """Put handovers, deputies and letters into the story."""
    acts = {"hand_over": _hand_over, "deputise": _deputise, "letters": _print_letters}
    for told in story.texts.offices:
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
