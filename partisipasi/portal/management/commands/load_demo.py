import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.portal.demo import (
    budgets,
    coming,
    content,
    discussions,
    documents,
    founding,
    gatherings,
    offices,
    projects,
    resolutions,
    spreadsheets,
    standing,
    trainings,
    voices,
    works,
    writings,
)
from partisipasi.portal.demo.story import Story
from partisipasi.residents.models import Notice, User
from partisipasi.village.models import Village

UNREAD = timedelta(days=6)


class Command(BaseCommand):
    """Make the two fictional villages of the demo with a year of their life."""

    help = (
        "Mengisi basis data kosong dengan dua desa peragaan beserta kehidupannya selama setahun. "
        "Menolak basis data yang sudah berisi."
    )

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        self.quiet = verbosity == 0
        if Village.objects.exists() or User.objects.exists():
            raise CommandError(
                "Basis data ini sudah berisi; desa peragaan hanya dimuat ke basis data kosong."
            )
        with transaction.atomic():
            for texts in content.load().villages:
                self._tell(texts)
        if not self.quiet:
            self.stdout.write("Desa peragaan siap.")

    def _tell(self, texts: content.Village) -> None:
        story = Story(texts, clock.today())
        founding.found(story)
        with village_scope(story.village):
            for activity in texts.activities:
                gatherings.plan(story, activity)
            for article in texts.articles:
                writings.plan(story, article)
            offices.plan(story)
            resolutions.plan(story)
            coming.plan(story)
            trainings.plan(story)
            spreadsheets.plan(story)
            budgets.plan(story)
            documents.plan(story)
            standing.plan(story)
            works.plan(story)
            projects.plan(story)
            discussions.plan(story)
            for report in texts.reports:
                voices.plan(story, report)
            total = len(story)
            for done, _ in enumerate(story.play(), start=1):
                self._show(texts.name, done, total)
            # Whoever lived through the year has read what was told him, but for the last days.
            Notice.objects.filter(at__lt=clock.now() - UNREAD).update(read_at=F("at"))

    def _show(self, name: str, done: int, total: int) -> None:
        """One line that fills up on a terminal; a line at each tenth elsewhere."""
        if self.quiet:
            return
        if sys.stderr.isatty():
            bar = "█" * (done * 30 // total)
            self.stderr.write(
                f"\r{name} {bar:<30} {done * 100 // total:3}%", ending="\n" if done == total else ""
            )
            self.stderr.flush()
        elif done % max(total // 10, 1) == 0:
            self.stderr.write(f"{name}: {done * 100 // total}%")
