"""What Aspirasi shows on the pages of rooms below."""

from typing import Any

from announcements.models import Project
from announcements.project_slots import hangs_on_project
from attendance.slots import Hanging

from .models import Report

SHOWN_ON_PROJECT = 20


@hangs_on_project("Laporan warga tentang pembangunan ini")
def reports_about(project: Project, user: Any) -> list[Hanging]:
    """The newest that everybody may read."""
    reports = Report.objects.released().filter(project=project).newest_first()
    return [
        Hanging(str(report), report.get_absolute_url(), report.received_at, report.state[1])
        for report in reports[:SHOWN_ON_PROJECT]
    ]
