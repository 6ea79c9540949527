"""The demo's budgets: last year's with what became of it, and this year's with its first half."""

import csv
from datetime import date, datetime, time
from functools import partial

from announcements.budget.reading import read_budget
from announcements.models import Budget
from partisipasi.residents.models import Role
from partisipasi.spreadsheet import Cell

from . import content as told
from .story import Story

_HEADING: list[Cell] = ["KODE", "URAIAN", "VOLUME", "SATUAN", "SUMBER DANA", "ANGGARAN", "REALISASI"]
_LONGEST_AGO = 345


def plan(story: Story) -> None:
    """Put the village's `budgets.csv` into the story, by the calendar of budgets."""
    year = story.today.year
    known = (
        (date(year - 1, 1, 5), year - 1, Budget.Stage.ENACTED, "lalu", ""),
        (date(year - 1, 12, 20), year, Budget.Stage.ENACTED, "kini", ""),
        (date(year, 1, 25), year - 1, Budget.Stage.YEAR, "lalu", "lalu_realisasi"),
        (date(year, 7, 20), year, Budget.Stage.HALF_YEAR, "kini", "kini_semester"),
    )
    for day, of_year, stage, planned, spent in known:
        ago = min((story.today - day).days, _LONGEST_AGO)
        at = story.moment(ago, time(10, 30)) if ago >= 0 else datetime.combine(day, time(10, 30), story.zone)
        story.happens(at, partial(publish, story, of_year, stage, planned, spent))


def publish(story: Story, year: int, stage: Budget.Stage, planned: str, spent: str) -> None:
    reading = read_budget(_table(story, year, planned, spent))
    by = story.account_of(Role.TREASURER, Role.SECRETARY)
    regulation = f"Peraturan Desa Nomor 6 Tahun {year - 1}" if stage == Budget.Stage.ENACTED else ""
    Budget.objects.take_in(reading, stage=stage, regulation=regulation, by=by).publish(by=by)


def _table(story: Story, year: int, planned: str, spent: str) -> list[list[Cell]]:
    file = told.HERE / story.texts.key.replace("-", "_") / "budgets.csv"
    with file.open(newline="") as lines:
        rows: list[list[Cell]] = [
            [
                row["kode"],
                row["uraian"],
                row["volume"],
                row["satuan"],
                row["dana"],
                row[planned],
                row.get(spent, ""),
            ]
            for row in csv.DictReader(lines)
        ]
    return [[f"TAHUN ANGGARAN {year}"], _HEADING if spent else [*_HEADING[:6], ""], *rows]
