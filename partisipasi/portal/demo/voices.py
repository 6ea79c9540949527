"""The demo's reports: what residents brought before the village, and what became of it, by the verbs of `feedback`."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from django.core.files.base import ContentFile

from feedback.due import close_silent, note_missed_deadlines
from feedback.models import FOLLOW_UP_DAYS, REPLY_DAYS, VERIFY_DAYS, Category, Report
from partisipasi import clock
from partisipasi.residents.models import Role, User
from partisipasi.village.models import Holiday
from partisipasi.village.working_days import Calendar

from . import content as told
from . import pictures
from .story import Story

CHANNELS = {"loket", "rt", "telepon", "wa"}
# What was asked not to be shown, whatever it says, because two neighbours would know whose it is.
KEPT_BACK = {"perangkat-curang", "ayam-hilang"}
ANSWER_DAYS = 14
MORNING = time(0, 20)
LATEST = timedelta(minutes=20)


def plan(story: Story, texts: told.Report) -> None:
    """Put everything that happens with one report into the story."""
    Voice(story, texts).plan()


class Voice:
    """One report of the texts on its way through the verbs."""

    def __init__(self, story: Story, texts: told.Report) -> None:
        self.story, self.texts = story, texts
        self.report: Report

    def plan(self) -> None:
        story, texts = self.story, self.texts
        calendar = Holiday.objects.calendar()
        received = min(story.moment(texts.days_ago, texts.at), clock.now() - LATEST)
        story.happens(received, self.receive)
        self._round_after(calendar, received, VERIFY_DAYS, FOLLOW_UP_DAYS, ANSWER_DAYS)
        before = received
        for step in texts.steps:
            at = self._moment(calendar, step, before)
            story.happens(at, partial(self.take, step))
            if step.act == "answer":
                self._round_after(calendar, at, REPLY_DAYS)
            if step.act == "reopen":
                self._round_after(calendar, at, VERIFY_DAYS, FOLLOW_UP_DAYS, ANSWER_DAYS)
            before = at

    def _moment(self, calendar: Calendar, step: told.Step, before: datetime) -> datetime:
        """When a step took place: an official's on the next day on which the office works."""
        at = self.story.moment(self.texts.days_ago - step.day, step.at)
        while step.by != "reporter" and not calendar.is_working_day(at.date()):
            at += timedelta(days=1)
        return max(at, before + timedelta(minutes=5))

    def _round_after(self, calendar: Calendar, start: datetime, *days: int) -> None:
        """On the morning after each of these many working days, what time alone makes due is done."""
        for number in days:
            day = calendar.add_working_days(start.date(), number) + timedelta(days=1)
            self.story.happens(datetime.combine(day, MORNING, self.story.zone), _make_due)

    def receive(self) -> None:
        story, texts = self.story, self.texts
        typed = texts.channel in CHANNELS
        reporter = story.accounts.get(texts.by)
        self.report = Report.objects.receive(
            kind=texts.kind,
            category=Category.objects.get(name=texts.category),
            title=texts.title,
            body=texts.text,
            region=story.regions.get(texts.region),
            disclosure=texts.privacy,
            reporter=None if typed else reporter,
            person=story.people[texts.by] if typed and texts.by else None,
            channel=texts.channel,
            typed_by=story.accounts[texts.typed_by] if typed else None,
            photos=self._drawn(texts.photos),
            captions=[photo.caption for photo in texts.photos],
            nonce=story.nonce("laporan", texts.key),
        ).report

    def _drawn(self, photos: list[told.Photo]) -> list[ContentFile]:
        return [
            ContentFile(pictures.draw(photo.motif, f"{self.texts.key}/{order}"), f"foto-{order}.jpg")
            for order, photo in enumerate(photos, start=1)
        ]

    def take(self, step: told.Step) -> None:
        """One step by its verb; what is verified and not told in confidence is shown to everybody."""
        self.report.refresh_from_db()
        verbs: dict[str, Callable[[told.Step], None]] = {
            "verify": self.verify,
            "assign": lambda step: self.report.assign(
                to=self.story.people[step.to], by=self._official(step), note=step.text
            ),
            "progress": lambda step: self.report.note_progress(
                step.text, by=self._official(step), **self._shown(step)
            ),
            "answer": lambda step: self.report.answer(
                step.text, by=self._official(step), **self._shown(step)
            ),
            "message": self.message,
            "accept": lambda step: self.report.accept(step.text),
            "close": lambda step: self.report.close(by=self._official(step), text=step.text),
            "reject": lambda step: self.report.reject(step.text, by=self._official(step)),
            "forward": lambda step: self.report.forward(step.to_outside, step.text, by=self._official(step)),
            "reopen": lambda step: self.report.reopen(step.text),
        }
        verbs[step.act](step)

    def verify(self, step: told.Step) -> None:
        self.report.verify(by=self._official(step))
        if self.texts.privacy == "rahasia" or self.texts.key in KEPT_BACK:
            return
        title = self.texts.public_title or self.texts.title
        photos = list(self.report.photos.values_list("pk", flat=True))
        self.report.release(title, self.texts.text, by=self._official(step), photos=photos)

    def message(self, step: told.Step) -> None:
        if step.by == "reporter":
            self.report.reply(step.text)
        else:
            self.report.write_to_reporter(step.text, by=self._official(step))

    def _official(self, step: told.Step) -> User:
        return self.story.accounts.get(step.by) or self.story.account_of(Role.COMPLAINTS)

    def _shown(self, step: told.Step) -> dict[str, list]:
        return {"photos": self._drawn(step.photos), "captions": [photo.caption for photo in step.photos]}


def _make_due() -> None:
    note_missed_deadlines()
    close_silent()
