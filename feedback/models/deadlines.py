"""What the village promises when a report comes in, and what becomes of the promise.

The dates are worked out once, from the village's own working days, and stay as they were promised when a holiday is
added later; `calendar_digest` tells by which table they were counted (domain: hari kerja).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from partisipasi import clock
from partisipasi.db import VillageRow
from partisipasi.village.models import Holiday
from partisipasi.village.words import full_date
from partisipasi.village.working_days import Calendar

from .category import Deadline

VERIFY_DAYS, FOLLOW_UP_DAYS = 3, 5
"""Working days for verifying and for saying who follows it up (SP4N-LAPOR!)."""
REPLY_DAYS = 10
"""Working days after an answer without a reply from the reporter, after which the report closes by itself."""


@dataclass(frozen=True)
class Stage:
    """One of the three promises: what, until when, since when kept, since when known to be missed."""

    name: str
    label: str
    due_on: date
    kept_at: datetime | None
    missed_at: datetime | None

    def is_missed(self, on: date) -> bool:
        return not self.kept_at and self.due_on < on


def digest_of(calendar: Calendar) -> str:
    """By which table of working days a date was counted."""
    told = [f"{calendar.six_day_week}", *(day.isoformat() for day in sorted(calendar.holidays))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


class Deadlines(VillageRow):
    """The promises of one report and when they were kept."""

    received_at = models.DateTimeField("diterima pada", editable=False)
    deadline = models.PositiveSmallIntegerField("tenggat jawaban", choices=Deadline, editable=False)
    calendar_digest = models.CharField(max_length=16, editable=False)
    verify_due_on = models.DateField("diverifikasi paling lambat", editable=False)
    follow_up_due_on = models.DateField("ditindaklanjuti paling lambat", editable=False)
    done_due_on = models.DateField("dijawab paling lambat", editable=False)
    verified_at = models.DateTimeField("diverifikasi pada", null=True, editable=False)
    taken_up_at = models.DateTimeField("ditindaklanjuti pada", null=True, editable=False)
    answered_at = models.DateTimeField("dijawab pada", null=True, editable=False)
    verify_missed_at = models.DateTimeField(null=True, editable=False)
    follow_up_missed_at = models.DateTimeField(null=True, editable=False)
    done_missed_at = models.DateTimeField(null=True, editable=False)
    reminded_on = models.DateField("diingatkan untuk tanggal", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_settled(self) -> bool:
        raise NotImplementedError

    def promise(self) -> None:
        """Count the dates of what is not done yet from today: day 1 is the first working day after."""
        calendar, today = Holiday.objects.calendar(), clock.today()
        self.calendar_digest = digest_of(calendar)
        if not self.verified_at:
            self.verify_due_on = calendar.add_working_days(today, VERIFY_DAYS)
            self.verify_missed_at = None
        if not self.taken_up_at:
            self.follow_up_due_on = calendar.add_working_days(today, FOLLOW_UP_DAYS)
            self.follow_up_missed_at = None
        if not self.answered_at:
            self.done_due_on = calendar.add_working_days(today, self.deadline)
            self.done_missed_at = None

    @property
    def stages(self) -> list[Stage]:
        return [
            Stage("verify", "verifikasi", self.verify_due_on, self.verified_at, self.verify_missed_at),
            Stage(
                "follow_up",
                "tindak lanjut",
                self.follow_up_due_on,
                self.taken_up_at,
                self.follow_up_missed_at,
            ),
            Stage("done", "jawaban", self.done_due_on, self.answered_at, self.done_missed_at),
        ]

    @property
    def next_stage(self) -> Stage | None:
        """What is owed next; None once the report is answered or settled."""
        if self.is_settled or self.answered_at:
            return None
        return next((stage for stage in self.stages if not stage.kept_at), None)

    def late_days(self, calendar: Calendar, on: date) -> int:
        """By how many working days the village is late with what it owes next; 0 if it is not."""
        stage = self.next_stage
        if stage is None or not stage.is_missed(on):
            return 0
        return calendar.working_days_between(stage.due_on, on)

    late = 0
    """By how many working days it is late, where a list has looked it up for all its rows."""

    @property
    def late_words(self) -> str:
        return f"Terlambat {self.late} hari kerja"

    @property
    def late_sentence(self) -> str:
        stage = self.next_stage
        return (
            f"{stage.label.capitalize()} dijanjikan paling lambat {full_date(stage.due_on)}." if stage else ""
        )

    def note_missed(self) -> list[Stage]:
        """Stamp and tell each promise that is broken and not yet noted; the caller saves, and records them last."""
        if self.is_settled:
            return []
        today, missed = clock.today(), []
        for stage in self.stages:
            if stage.is_missed(today) and not stage.missed_at:
                setattr(self, f"{stage.name}_missed_at", clock.now())
                self.tell(
                    "missed", f"Tenggat {stage.label} terlampaui: seharusnya {full_date(stage.due_on)}."
                )
                missed.append(stage)
        return missed

    if TYPE_CHECKING:
        tell: Any
