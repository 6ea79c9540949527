"""The demo's public documents with their versions, its laws, and what is exempt: `documents.toml`."""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from announcements.models import ExemptInformation, LawChange, PublicDocument
from attendance import document
from attendance.document import Document, Heading, text
from attendance.roster import letterhead_of
from partisipasi.db import current_village
from partisipasi.residents.models import Person, Role
from partisipasi.village.words import full_date

from . import content as told
from . import papers
from .story import Story

AT = time(11, 15)
SUPERIOR_DAYS_AGO = 344


def plan(story: Story) -> None:
    """Put the village's `documents.toml` into the story."""
    path = told.HERE / story.texts.key.replace("-", "_") / "documents.toml"
    texts = tomllib.loads(path.read_text())
    story.happens(story.moment(SUPERIOR_DAYS_AGO, AT), partial(appoint_superior, story))
    known: dict[str, PublicDocument] = {}
    for row in texts["documents"]:
        Paper(story, row, known).plan()
    for row in texts["exempt"]:
        story.happens(story.moment(row["days_ago"], AT), partial(enter, story, row))


def appoint_superior(story: Story) -> None:
    """The village's head is Atasan PPID, as in most villages."""
    head = story.account_of(Role.VILLAGE_HEAD)
    person = Person.objects.of(head)
    if person:
        person.appoint(role=Role.PPID_SUPERIOR, title="Atasan PPID", by=story.account_of(Role.ADMIN))


def enter(story: Story, row: dict[str, Any]) -> None:
    until = row.get("until_days_ago")
    ExemptInformation(
        content=row["content"],
        held_by=row["held_by"],
        ground=row["ground"],
        legal_basis=row["legal_basis"],
        set_by=row["set_by"],
        set_on=told.day(story.today, row["days_ago"]),
        until_on=None if until is None else told.day(story.today, until),
        term=row["term"],
    ).enter(by=story.account_of(Role.PPID, Role.SECRETARY))


class Paper:
    """One document of the texts on its way through the verbs."""

    def __init__(self, story: Story, texts: dict[str, Any], known: dict[str, PublicDocument]) -> None:
        self.story, self.texts, self.known = story, texts, known
        self.document: PublicDocument
        self.at = story.moment(texts["days_ago"], AT)
        self.by = story.account_of(Role.PPID, Role.SECRETARY)

    def plan(self) -> None:
        story, texts = self.story, self.texts
        story.happens(self.at, self.write)
        if texts.get("state") != "draft":
            story.happens(self.at + timedelta(minutes=20), lambda: self.document.publish(by=self.by))
        for version in texts.get("versions", ()):
            story.happens(story.moment(version["days_ago"], AT), partial(self.replace, version))
        if gone := texts.get("withdrawn"):
            story.happens(story.moment(gone["days_ago"], AT), partial(self.withdraw, gone))

    def write(self) -> None:
        texts = self.texts
        law = texts.get("law", {})
        made_on = self._day(law.get("enacted") or texts["made"])
        promulgated_on = self._day(law["promulgated"]) if "promulgated" in law else None
        kept = texts.get("kept")
        self.document = PublicDocument(
            classification=texts["classification"],
            category=texts["category"],
            title=self._filled(texts.get("title", "")),
            summary=self._filled(texts["summary"]),
            year=self.story.today.year + texts["year"],
            held_by=texts["held_by"],
            made_by=texts["made_by"],
            made_on=made_on,
            made_at=self.story.texts.name,
            kept_until=date(made_on.year + kept, 12, 31) if kept else None,
            law_kind=law.get("kind", ""),
            law_number=law.get("number", ""),
            about=self._filled(law.get("about", "")),
            subject=law.get("subject", ""),
            enacted_on=made_on if law else None,
            promulgated_on=promulgated_on,
            gazette_number=f"Nomor {law['gazette']} Tahun {promulgated_on.year}" if promulgated_on else "",
            law_from_on=self._exact_day(law["from"]) if "from" in law else None,
        )
        self.document.write(self._file(), by=self.by)
        self.known[texts["key"]] = self.document
        for change in texts.get("changes", ()):
            LawChange.objects.create(
                law=self.document,
                act=change["act"],
                target=self.known[change["target"]] if "target" in change else None,
                target_name=change.get("name", ""),
                note=change.get("note", ""),
            )

    def replace(self, version: dict[str, Any]) -> None:
        self.document.refresh_from_db()
        self.document.revise(self._file(version["line"] or " "), change=version["change"], by=self.by)

    def withdraw(self, gone: dict[str, Any]) -> None:
        self.document.versions.get(number=gone["number"]).withdraw(gone["reason"], by=self.by)

    def _exact_day(self, offsets: list[int]) -> date:
        years, month, day = offsets
        return date(self.story.today.year + years, month, day)

    def _day(self, offsets: list[int]) -> date:
        """That day, but none after the document came into the portal."""
        return min(self._exact_day(offsets), self.at.date())

    def _filled(self, words: str) -> str:
        return self.story.fill(words, datetime.combine(self.story.today, AT, self.story.zone))

    def _file(self, line: str = "") -> ContentFile:
        kind = self.texts["format"]
        return ContentFile(getattr(self, f"_{kind}")(line), f"dokumen.{kind}")

    def _lines(self, line: str) -> list[str]:
        return [self._filled(each) for each in (*self.texts.get("lines", ()), line) if each.strip()]

    def _rows(self, line: str) -> list[list[str]]:
        rows = [[self._filled(cell) for cell in row] for row in self.texts.get("rows", ())]
        # A later version of a table tells in a line of its own that it is one.
        return [*rows, ["Keadaan pada akhir bulan lalu"]] if line else rows

    def _heading(self) -> str:
        """The title, which a law gets from what it is when it is written."""
        law = self.texts.get("law")
        if not law:
            return self._filled(self.texts["title"])
        named = PublicDocument(
            law_kind=law["kind"], law_number=law["number"], enacted_on=self._day(law["enacted"])
        )
        return f"{named.law_name} tentang {self._filled(law['about'])}"

    def _pdf(self, line: str) -> bytes:
        texts = self.story.texts
        return papers.pdf(
            letterhead=texts.letterhead,
            address=texts.address,
            title=self._heading().upper(),
            lines=self._lines(line),
            columns=self.texts.get("columns", ()),
            rows=self._rows("") if self.texts.get("columns") else (),
            signed=f"{texts.name}, {full_date(self.at.date())}",
            at=self.at,
        )

    def _docx(self, line: str) -> bytes:
        village = current_village()
        blocks = [Heading("Isi"), *(text(each) for each in self._lines(line))]
        paper = Document(
            letterhead=letterhead_of(village),
            full_name=village.full_name,
            title=self._heading().upper(),
            subtitle="",
            blocks=tuple(blocks),
        )
        return document.as_docx(paper, at=self.at)

    def _xlsx(self, line: str) -> bytes:
        return papers.xlsx(title=self._heading(), columns=self.texts["columns"], rows=self._rows(line))
