"""The demo's lists that came as spreadsheets, and what time takes out of lists while the year goes by."""

import tomllib
from datetime import time
from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile

from attendance.due import forget_names, forget_particulars, tell_of_names_going
from attendance.models import Activity, ActivityKind, Evidence, ListImport
from partisipasi.residents.models import Role

from . import content as told
from . import pictures
from .founding import FOUNDED_DAYS_AGO
from .story import Story

EVERY = 15
"""Days between two evenings on which the demo does what `due` does every minute."""


def plan(story: Story) -> None:
    """Put the village's `spreadsheets.toml`, if it has one, and the ends of terms into the story."""
    for days_ago in range(FOUNDED_DAYS_AGO - EVERY, 0, -EVERY):
        story.happens(story.moment(days_ago, time(1)), _time_passes)
    texts = told.HERE / story.texts.key.replace("-", "_") / "spreadsheets.toml"
    if not texts.exists():
        return
    for one in tomllib.loads(texts.read_text())["lists"]:
        story.happens(story.moment(one["taken_in_days_ago"], time(9, 20)), partial(_take_in, story, one))


def _time_passes() -> None:
    forget_particulars()
    tell_of_names_going()
    forget_names()


def _take_in(story: Story, texts: dict[str, Any]) -> None:
    """The secretary enters an activity that was held, sends the list of it, and closes it."""
    by = story.account_of(Role.SECRETARY)
    activity = Activity(
        kind=ActivityKind.objects.get(code=texts["kind"]),
        title=texts["title"],
        agenda=texts["agenda"],
        venue=texts["place"],
        description=texts["summary"],
        created_by=by,
    )
    activity.take_from_kind()
    activity.save()
    starts, ends = (time.fromisoformat(texts[end].replace(".", ":")) for end in ("starts", "ends"))
    days_ago = texts["days_ago"]
    session = activity.add_session(story.moment(days_ago, starts), story.moment(days_ago, ends))
    activity.announce(by)
    sent = ListImport.objects.read(session, ContentFile(_workbook(story, texts), "daftar-hadir.xlsx"), by=by)
    sent.confirm(by=by)
    activity.close(by)
    photo = ContentFile(pictures.draw("kerja-bakti", texts["key"]), "foto.jpg")
    kind = Evidence.Kind.DOCUMENTATION
    activity.add_evidence(photo, kind=kind, title="Foto kegiatan", by=by, is_public=True)
    story.addresses["kegiatan", texts["key"]] = activity.get_absolute_url()


def _workbook(story: Story, texts: dict[str, Any]) -> bytes:
    """The list as an office keeps it: titles above, a line for each, totals at the foot."""
    import xlsxwriter

    people = [story.people[key] for key in texts.get("people", [])]
    lines = [[one.name, one.sex, one.address] for one in people] + texts["rows"]
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Daftar Hadir")
        last = len(texts["headings"]) - 1
        page.merge_range(0, 0, 0, last, f"PEMERINTAH DESA {story.texts.name.upper()}")
        page.merge_range(1, 0, 1, last, f"DAFTAR HADIR {texts['title'].upper()}")
        page.write_row(3, 0, texts["headings"])
        for number, line in enumerate(lines, start=1):
            page.write_row(3 + number, 0, [number, *line, f"{number}."])
        page.write_row(5 + len(lines), 1, ["Jumlah", len(lines)])
    return out.getvalue()
