"""What the page of an office tells of reports: those that its holders are at work on, as everybody may read them."""

from collections.abc import Collection
from typing import Any

from partisipasi.residents.models import Person
from partisipasi.residents.offices import Hanging, hangs_on_office
from partisipasi.village import words

from .models import Report

AT_MOST = 10


@hangs_on_office("Laporan warga yang sedang dikerjakan")
def open_reports(holders: Collection[Person], user: Any) -> list[Hanging]:
    """The released ones alone, whoever looks; those due first come first."""
    reports = Report.objects.released().open_with(*holders).order_by("done_due_on", "pk")
    return [_hanging(report) for report in reports[:AT_MOST]]


def _hanging(report: Report) -> Hanging:
    due = f"dijanjikan selesai {words.long_date(report.done_due_on)}" if report.done_due_on else ""
    return Hanging(report.public_title, report.get_absolute_url(), due)
