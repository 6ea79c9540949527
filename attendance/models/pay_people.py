"""On which days a list of money pays whom, by the Daftar Hadir of each sitting."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from partisipasi.village.words import date_span, full_date

from .attendance import Attendance
from .pay_line import PayLine, gathered
from .pay_row import PayRow
from .refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime

MOST_DAYS = 31
"""More days do not fit on a sheet: a longer work has several lists."""


class PayPeople(models.Model):
    """Days and people of a PayList. A day with two sittings is one day of work."""

    if TYPE_CHECKING:
        activity: Any
        rows: Any
        basis: str
        rate: int
        first_on: date | None
        last_on: date | None
        settled_at: datetime | None

    class Meta:
        abstract = True

    @property
    def by_days(self) -> bool:
        """Whether days of work are paid (HOK)."""
        return self.basis == "hok"

    @property
    def sessions(self) -> list[Any]:
        """The sittings whose lists it follows, in order."""
        found = list(self.activity.sessions.in_order())
        for session in found:
            session.activity = self.activity
        return [each for each in found if self._includes(each.day)]

    def _includes(self, day: date) -> bool:
        return not (self.first_on and day < self.first_on) and not (self.last_on and day > self.last_on)

    @property
    def days(self) -> list[date]:
        """The days of its sittings; a day with two of them is one day of work."""
        return sorted({session.day for session in self.sessions})

    @property
    def days_text(self) -> str:
        days = self.days
        return date_span(days[0], days[-1]) if days else ""

    def check_days(self) -> None:
        """Raises Refusal where it has no day, more than a sheet holds, or pays for work that another list pays."""
        days = self.days
        if not days:
            raise Refusal("Kegiatan ini tidak mempunyai sesi pada tanggal itu.")
        if not self.by_days:
            return
        if len(days) > MOST_DAYS:
            raise Refusal(f"Satu lembar memuat paling banyak {MOST_DAYS} hari. Batasi tanggalnya.")
        for other in self.activity.pay_lists.filter(basis=self.basis).exclude(pk=self.pk):
            if twice := sorted(set(days) & set(other.days)):
                raise Refusal(f"{full_date(twice[0])} sudah masuk daftar upah lain: {other}.")

    def lines(self) -> list[PayLine]:
        """Who stands on it: once settled, those who were paid; before, who was there, with what was set for them."""
        if self.settled_at:
            paid = self.rows.filter(number__isnull=False).order_by("number")
            return [row.as_line(by_days=self.by_days) for row in paid]
        sessions = {session.pk: session.day for session in self.sessions}
        present = Attendance.objects.present().filter(session__in=sessions)
        rows = present.select_related("unsur").order_by("session__starts_at", "checked_in_at", "pk")
        known = {row.attendance_id: row for row in self.rows.filter(attendance__isnull=False)}
        lines = (self._line(group, sessions, known) for group in gathered(rows))
        return list(lines)

    def _line(
        self, group: list[Attendance], sessions: Mapping[int, date], known: Mapping[int, PayRow]
    ) -> PayLine:
        first, days = group[0], tuple(sorted({sessions[row.session_id] for row in group}))
        kept = next((known[row.pk] for row in group if row.pk in known), None)
        return PayLine(
            key=kept.attendance_id if kept and kept.attendance_id else first.pk,
            attendances=frozenset(row.pk for row in group),
            name=first.name,
            role=str(first.unsur) if first.unsur else first.institution,
            person_id=first.person_id,
            days=days,
            rate=kept.rate if kept else self.rate,
            half_days=frozenset(kept.half_days).intersection(days) if kept and self.by_days else frozenset(),
            by_days=self.by_days,
        )
