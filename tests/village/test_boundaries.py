from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partisipasi.db import village_scope
from partisipasi.files.intake import store
from partisipasi.residents.models import Membership
from partisipasi.village.boundaries import relations
from tests import factories
from tests.files.makers import pdf, upload
from tests.papers.models import Paper


def check() -> str:
    out = StringIO()
    try:
        call_command("check_villages", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


@pytest.fixture
def full(village, neighbour):
    """Two villages, each with rows that point at each other."""
    for place in (village, neighbour):
        with village_scope(place):
            first = Paper.objects.create(
                title="Undangan", main_file=store(upload(pdf()), visibility="publik")
            )
            second = Paper.objects.create(title="Jawaban", answers=first)
            second.mentions.add(first)
            Membership.objects.create(person=factories.make_person(), body=factories.make_body())


def test_villages_that_keep_to_themselves_pass(full):
    assert "hubungan diperiksa; semuanya tetap di desanya." in check()


def ours_and_theirs(neighbour) -> tuple[Paper, Paper]:
    with village_scope(neighbour):
        theirs = Paper.objects.get(title="Undangan")
    return Paper.objects.get(title="Undangan"), theirs


def test_a_planted_foreign_key_is_found(full, village, neighbour):
    ours, theirs = ours_and_theirs(neighbour)
    Paper.objects.filter(pk=ours.pk).update(answers=theirs)

    said = check()

    assert f"papers.Paper {ours.pk}: answers menghubungkan desa {village.pk} dan {neighbour.pk}" in said
    assert "1 baris menunjuk ke luar desanya." in said


def test_a_planted_many_to_many_row_is_found(full, village, neighbour):
    ours, theirs = ours_and_theirs(neighbour)
    Paper.mentions.through._base_manager.create(from_paper_id=ours.pk, to_paper_id=theirs.pk)

    assert "papers.Paper_mentions" in check()


def test_a_planted_file_of_the_neighbour_is_found(full, village, neighbour):
    ours, theirs = ours_and_theirs(neighbour)
    Paper.more_files.through._base_manager.create(paper_id=ours.pk, storedfile_id=theirs.main_file_id)

    assert "papers.Paper_more_files" in check()


def test_every_room_is_looked_into():
    rooms = {relation.model._meta.app_label for relation in relations()}

    assert {"village", "ledger", "residents", "attendance", "forums", "announcements"} <= rooms
