"""Every public page with one row of everything that it lists, and with a hundred."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches

from announcements.models import LawChange
from attendance.models import Minutes, Writing
from partisipasi import clock
from partisipasi.residents.models import Role
from tests import factories
from tests.announcements import factories as announcements
from tests.attendance import factories as attendance
from tests.feedback import factories as feedback
from tests.forums import factories as forums

from .crawler import walk

MOST_STATEMENTS = 8
MANY = 100

pytestmark = pytest.mark.django_db


class LivedVillage:
    """One article, activity, topic and report to hang rows on, beside as many of their kind as are asked for."""

    def __init__(self) -> None:
        self.clerk = factories.make_official(Role.ADMIN)
        self.petugas = feedback.make_petugas()
        self.hamlet = factories.make_region()
        self.unsur = factories.make_unsur()
        self.kind = attendance.make_kind(by_invitation=True, indicator="4.1")
        self.category = announcements.make_category()
        self.matter = feedback.make_category()
        self.forum = forums.make_forum()
        self.activity = attendance.make_activity(kind=self.kind, region=self.hamlet, names_public=True)
        self.article = announcements.make_article(
            by=self.clerk, category=self.category, activity=self.activity
        )
        self.comments = forums.make_topic(page_path=self.article.get_absolute_url())
        self.topic = forums.start_topic(self.forum)
        self.project = announcements.make_project(by=self.clerk, region=self.hamlet)
        self.project.activities.add(self.activity)
        self.minutes: Minutes | None = None
        self.document = announcements.make_document(by=self.clerk)
        self.law = announcements.make_law(by=self.clerk)

    def grow(self, number: int) -> None:
        """So many rows more of everything."""
        for each in range(number):
            announcements.make_article(by=self.clerk, category=self.category)
            announcements.make_attachment(self.article)
            forums.make_post(self.comments)
            forums.make_post(self.topic)
            forums.start_topic(self.forum)
            announcements.make_project(by=self.clerk)
            announcements.make_progress(self.project, 10, by=self.clerk)
            forums.make_post(self.project.topic)
            feedback.make_released(
                by=self.petugas, category=self.matter, region=self.hamlet, project=self.project
            )
            factories.make_official(Role.OPERATOR)
            factories.make_body()
            announcements.make_exempt(by=self.clerk)
            announcements.make_document(by=self.clerk)
            self.document.revise(announcements.make_words(f"{uuid4()}"), change="Diperbaiki.", by=self.clerk)
            law = announcements.make_law(f"{uuid4()}", by=self.clerk)
            LawChange.objects.create(law=law, act="mengubah", target=self.law)
            LawChange.objects.create(law=self.law, act="mengubah", target=law)
            attendance.make_activity(kind=self.kind, starts_at=clock.now() + timedelta(days=each, hours=1))
            attendance.make_activity(kind=self.kind, starts_at=clock.now() - timedelta(days=1 + each))
            self._meet(each)
        self._resolve(number)

    def _meet(self, each: int) -> None:
        """One more on the list and in the bundle of the activity."""
        if self.activity.closed_at:
            self.activity.reopen("Ada yang belum tercatat.", self.clerk)
        invitation = attendance.make_invitation(self.activity, by=self.clerk, unsur=self.unsur)
        self.activity.sessions.get().check_in(invitation=invitation, by=self.clerk)
        self.activity.add_evidence(
            announcements.make_pdf(text=f"{uuid4()}"),
            kind="undangan",
            title=f"Undangan {each}",
            by=self.clerk,
            is_public=True,
        )

    def _resolve(self, number: int) -> None:
        """So many resolutions more, each with a task; published, and corrected with a reason."""
        self.activity.close(self.clerk)
        said = self.minutes.writing if self.minutes else Writing()
        more = range(len(said.items) + 1, len(said.items) + number + 1)
        writing = Writing(
            items=said.items + tuple((f"Acara {each}", "Dibahas.") for each in more),
            resolutions=said.resolutions + tuple(f"Putusan {each}." for each in more),
        )
        self._write(writing)
        self._write(replace(writing, chaired_by=f"Pimpinan {number}"))
        for resolution in self.activity.resolutions.filter(number__in=more):
            resolution.set_follow_up(
                f"Tugas {resolution.number}",
                responsible=factories.make_person(),
                due_on=clock.today() + timedelta(days=30),
                by=self.clerk,
                nonce=uuid4(),
            )

    def _write(self, writing: Writing) -> None:
        version = self.minutes.version if self.minutes else 0
        self.minutes = Minutes.objects.write(
            self.activity, writing, version=version, nonce=uuid4(), by=self.clerk, reason="Lebih lengkap."
        )
        self.minutes.publish(self.minutes.version, self.clerk)


def statements_by_kind(client, lived: LivedVillage) -> dict[str, int]:
    """The public pages, each as the kind of address that it is, with the statements it takes uncached."""
    named = [
        row.get_absolute_url()
        for row in (
            lived.article,
            lived.activity,
            lived.minutes,
            lived.topic,
            lived.forum,
            lived.document,
            lived.law,
            lived.project,
        )
    ]
    starts = ["/", *named, "/cari/?q=musyawarah"]
    taken: dict[str, int] = {}
    for visit in walk(client, starts, of_a_kind=4, before=caches["pages"].clear):
        if visit.is_page:
            taken[visit.kind] = max(visit.statements, taken.get(visit.kind, 0))
    return taken


def test_a_hundred_rows_take_as_many_statements_as_one(client, village):
    lived = LivedVillage()
    lived.grow(1)
    of_one = statements_by_kind(client, lived)

    lived.grow(MANY - 1)
    of_many = statements_by_kind(client, lived)

    assert len(of_one) > 25
    assert {kind: number for kind, number in of_one.items() if number > MOST_STATEMENTS} == {}
    assert {kind: number for kind, number in of_many.items() if number > MOST_STATEMENTS} == {}
    grown = {kind: (of_one[kind], number) for kind, number in of_many.items() if kind in of_one}
    assert {kind: pair for kind, pair in grown.items() if pair[1] > pair[0]} == {}
