"""The demo's development projects: planned, reported with drawn photos, late, stopped, handed over."""

import tomllib
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from announcements.due import note_late_projects
from announcements.models import Project
from attendance.models import Resolution
from partisipasi import clock
from partisipasi.residents.models import Body, Role
from partisipasi.village.words import long_date

from . import content as told
from . import papers, pictures
from .story import Story
from .trainings import activity_of


def plan(story: Story) -> None:
    """Put the projects of the village's `projects.toml` into the story; after its activities."""
    path = told.HERE / story.texts.key.replace("-", "_") / "projects.toml"
    for texts in tomllib.loads(path.read_text())["projects"]:
        Building(story, texts).plan()


class Building:
    """One project on its way through the verbs."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.team = story.account_of(Role.PROJECT_TEAM, Role.TREASURER)
        self.official = story.account_of(Role.TREASURER, Role.VILLAGE_HEAD)
        self.project: Project

    def plan(self) -> None:
        texts = self.texts
        self._on(texts["told_days_ago"], time(9, 15), self.publish)
        for number, step in enumerate(texts.get("steps", [])):
            self._on(step["days_ago"], time(15, 40), partial(self.report, number, step))
        acts: dict[str, Callable[[dict[str, Any]], None]] = {"stopped": self.stop, "handed": self.hand_over}
        for act, do in acts.items():
            if act in texts:
                self._on(texts[act]["days_ago"], time(10, 30), partial(do, texts[act]))
        # What is late is told as it is in life, on the day after.
        self._on(texts["until_days_ago"] - 1, time(6, 5), note_late_projects)

    def _on(self, days_ago: int, at: time, act: Callable[[], object]) -> None:
        self.story.happens(self.story.moment(days_ago, at), act)

    def publish(self) -> None:
        story, texts = self.story, self.texts
        first, last = (told.day(story.today, texts[f"{which}_days_ago"]) for which in ("from", "until"))
        latitude, longitude = texts.get("point", (None, None))
        self.project = Project(
            year=first.year,
            name=texts["name"],
            description=texts["about"],
            field=texts["field"],
            region=story.regions[(texts["dusun"],)] if "dusun" in texts else None,
            location=texts["place"],
            latitude=latitude and Decimal(latitude),
            longitude=longitude and Decimal(longitude),
            volume=Decimal(texts["volume"]),
            unit=texts["unit"],
            pattern=texts.get("pattern", Project.Pattern.SELF),
            body=Body.objects.get(name=story.body_name(texts["by"])),
            partner=texts.get("partner", ""),
            starts_on=first,
            ends_on=last,
            cost=Decimal(texts["cost"]),
            budget_codes=texts.get("codes", []),
            resolution=self._resolution(),
        ).write(by=self.official)
        self.project.publish(by=self.official)

    def _resolution(self) -> Resolution | None:
        named = self.texts.get("resolution")
        if not named:
            return None
        return Resolution.objects.get(activity=activity_of(self.story, named[0]), number=named[1])

    def report(self, number: int, step: dict[str, Any]) -> None:
        if worked_at := step.get("activity"):
            self.project.activities.add(activity_of(self.story, worked_at))
        name = f"{self.texts['name']}/{step['percent']}"
        photos = [
            (ContentFile(pictures.draw(photo["motif"], f"{name}/{order}"), f"foto-{order}.jpg"), photo["alt"])
            for order, photo in enumerate(step.get("photos", []), start=1)
        ]
        self.project.report(
            step["percent"],
            Decimal(step["spent"]),
            step["text"],
            on=clock.today(),
            by=self.team,
            nonce=self.story.nonce("pembangunan", self.texts["name"], number),
            photos=photos,
            delay_reason=step.get("late", ""),
            correction=step.get("correction", ""),
        )

    def stop(self, texts: dict[str, Any]) -> None:
        nonce = self.story.nonce("pembangunan", self.texts["name"], "berhenti")
        self.project.stop(texts["reason"], by=self.official, nonce=nonce)

    def hand_over(self, texts: dict[str, Any]) -> None:
        nonce = self.story.nonce("pembangunan", self.texts["name"], "serah")
        self.project.hand_over(
            texts["to"], on=clock.today(), by=self.official, nonce=nonce, document=self._paper(texts)
        )

    def _paper(self, texts: dict[str, Any]) -> ContentFile:
        village, at = self.story.texts, clock.now()
        pdf = papers.pdf(
            letterhead=village.letterhead,
            address=village.address,
            title="BERITA ACARA SERAH TERIMA HASIL PEKERJAAN",
            lines=[
                f"{self.texts['name']}, {self.project.volume_words}, {self.texts['place']}.",
                f"Diserahkan oleh {self.project.responsible} kepada {texts['to']}.",
                texts["checked"],
            ],
            signed=f"{village.name}, {long_date(clock.today())}",
            at=at,
        )
        return ContentFile(pdf, "berita-acara.pdf")
