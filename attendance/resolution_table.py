"""The village's resolutions as a table for everybody: a line for each task, or for a resolution without one."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from attendance.models import Resolution
from partisipasi import spreadsheet
from partisipasi.village.models import Village

HEADINGS = (
    "Tanggal",
    "Kegiatan",
    "Jenis kegiatan",
    "Nomor berita acara",
    "Nomor putusan",
    "Putusan",
    "Tugas",
    "Penanggung jawab",
    "Tenggat",
    "Keadaan",
    "Alamat",
)


def lines_of(resolutions: Iterable[Resolution], village: Village) -> Iterator[tuple[str, ...]]:
    """Days as 2026-12-31, for programs that read on. Give resolutions `with_all`."""
    origin = village.url("/").rstrip("/")
    for resolution in resolutions:
        activity = resolution.activity
        on = (
            timezone.localtime(activity.starts_at, village.zone).date().isoformat()
            if activity.starts_at
            else ""
        )
        said = (on, activity.title, activity.kind.name, activity.minutes.number, str(resolution.number))
        for task in resolution.follow_ups.all() or [None]:
            given = (
                (task.task, str(task.responsible), task.due_on.isoformat(), task.state_pill[1])
                if task
                else ("", "", "", resolution.state_pill[1])
            )
            yield (*said, resolution.text, *given, origin + resolution.get_absolute_url())


def as_csv(resolutions: Iterable[Resolution], village: Village) -> bytes:
    return spreadsheet.as_csv([HEADINGS, *lines_of(resolutions, village)])
