"""The demo's trainings: what they teach, their certificates, who shares what he can, and one copied next door."""

import tomllib
from datetime import time, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from attendance.models import Activity, Certificate, Competence, SkillCard, Training
from attendance.training_sheet import offered, sheet_at
from partisipasi import clock
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Role
from partisipasi.village.words import full_date

from . import content as told
from . import papers
from .story import Story


def plan(story: Story) -> None:
    """Put the village's `trainings.toml` into the story."""
    texts = tomllib.loads((told.HERE / story.texts.key.replace("-", "_") / "trainings.toml").read_text())
    for row in texts.get("trainings", []):
        Course(story, row).plan()
    for row in texts.get("copies", []):
        Copied(story, row).plan()
    for row in texts.get("skills", []):
        story.happens(story.moment(row["days_ago"], time(20)), partial(share, story, row))


class Course:
    """One training on its way through the verbs."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.gathering = next(one for one in story.texts.activities if one.key == texts["activity"])
        self.by = story.account_of(Role.SECRETARY)

    def plan(self) -> None:
        last = self.gathering.sessions[-1]
        # Material that was published later joins what was there from the beginning.
        announced = self.story.moment(self.gathering.announced_days_ago, time(10, 5))
        self.story.happens(announced, self.prepare)
        self.story.happens(self.story.moment(last.days_ago, time(8)), self.add_material)
        given = self.story.moment(last.days_ago - 2, time(9, 30))
        self.story.happens(given, self.give)
        self.story.happens(given + timedelta(days=3), self.mend)

    def prepare(self) -> None:
        texts = self.texts
        following = texts.get("next_training")
        wanted = texts.get("next_competence")
        self.training = Training.objects.create(
            activity=activity_of(self.story, self.gathering.key),
            goals=texts["goals"],
            hours=texts["hours"],
            sessions_needed=texts["sessions_needed"],
            next_training=Training.objects.get(activity=activity_of(self.story, following))
            if following
            else None,
            next_competence=Competence.objects.named(wanted) if wanted else None,
        )
        self.training.competences.set([Competence.objects.named(name) for name in texts["competences"]])
        lead(self.story, self.training, texts["leaders"])
        self.training.index_words()

    def add_material(self) -> None:
        for order, row in enumerate(self.texts["materials"], start=1):
            where = (
                {"file": self._paper(row)}
                if "lines" in row
                else {"address": self.story.link("artikel", row["article"])}
            )
            self.training.materials.create(order=order, title=row["title"], **where)
        self.training.index_words()

    def _paper(self, row: dict[str, Any]) -> StoredFile:
        texts = self.story.texts
        content = papers.pdf(
            letterhead=texts.letterhead,
            address=texts.address,
            title=row["title"].upper(),
            lines=row["lines"],
            signed=f"{self.story.village.name}, {full_date(clock.today())}",
            at=clock.now(),
        )
        return store(ContentFile(content, "bahan.pdf"), visibility=StoredFile.Visibility.PUBLIC)

    def give(self) -> None:
        Certificate.objects.issue(self.training, self.by)

    def mend(self) -> None:
        """Of many certificates one is given anew, or taken back."""
        given = Certificate.objects.filter(training=self.training).order_by("pk")
        if reason := self.texts.get("reissued"):
            certificate = given[0]
            certificate.reissue(f"{certificate.name}, S.P.", reason, self.by)
        if reason := self.texts.get("withdrawn"):
            given.reverse()[0].withdraw(reason, self.by)


class Copied:
    """A training of another village, copied, filled in, and announced here."""

    def __init__(self, story: Story, texts: dict[str, Any]) -> None:
        self.story, self.texts = story, texts
        self.by = story.account_of(Role.SECRETARY)

    def plan(self) -> None:
        self.story.happens(self.story.moment(self.texts["days_ago"], time(10)), self.copy)
        self.story.happens(self.story.moment(self.texts["announced_days_ago"], time(10)), self.announce)

    def copy(self) -> None:
        [offer] = offered(1, self.texts["title"])
        sheet = sheet_at(offer["address"])
        if sheet is None:
            raise LookupError(offer["address"])
        self.training = Training.objects.copy(
            sheet, nonce=self.story.nonce("salinan", self.texts["title"]), by=self.by
        )

    def announce(self) -> None:
        activity = self.training.activity
        activity.venue = self.texts["venue"]
        activity.save(update_fields=["venue"])
        begins = self.story.moment(self.texts["held_days_ago"], time(9))
        activity.add_session(begins, begins + timedelta(hours=3))
        lead(self.story, self.training, self.texts["leaders"])
        activity.announce(self.by)


def lead(story: Story, training: Training, leaders: list[dict[str, str]]) -> None:
    for order, row in enumerate(leaders, start=1):
        person = {"person": story.people[row["person"]]} if "person" in row else {}
        training.leaders.create(order=order, **row | person)


def activity_of(story: Story, key: str) -> Activity:
    address = story.addresses["kegiatan", key]
    return Activity.objects.get(pk=int(address.rstrip("/").rpartition("/")[2]))


def share(story: Story, row: dict[str, Any]) -> None:
    """Somebody tells what he can share."""
    SkillCard.objects.keep(
        story.people[row["who"]],
        [Competence.objects.named(name) for name in row["competences"]],
        [Competence.objects.named(name) for name in row.get("leads", [])],
        note=row["note"],
        is_public=row.get("public", False),
    )
