import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from attendance.models import (
    Activity,
    ActivityKind,
    Competence,
    Refusal,
    Training,
    TrainingLeader,
    TrainingMaterial,
)
from attendance.training_sheet import offered, sheet_at, sheet_of
from partisipasi import clock, search
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Person
from partisipasi.residents.privacy import erase
from tests import factories
from tests.attendance.factories import make_competence, make_kind, make_training
from tests.threads import at_once


@pytest.fixture
def taught(village, neighbour):
    """A training of the neighbouring village, with people, material and a next step; ours has a kind for its copy."""
    make_kind(code="pelatihan")
    with village_scope(neighbour):
        training = make_training(
            title="Pelatihan Pupuk Cair",
            competences=[make_competence("Pertanian organik")],
            next_competence=make_competence("Memasarkan hasil"),
        )
        training.leaders.create(person=factories.make_person(name="Wayan Rahasia"), organisation="PPL")
        training.materials.create(title="Cara membuat", address="/informasi/")
        training.materials.create(title="Buku", address="https://contoh.example/buku")
        training.address = neighbour.url(training.get_absolute_url())
        return training


def test_a_village_begins_with_competences_and_makes_the_list_its_own(village):
    Competence.objects.seed()
    Competence.objects.get(name="Literasi digital").delete()
    before = Competence.objects.count()

    Competence.objects.seed()

    assert before > 5
    assert Competence.objects.count() == before


def test_a_competence_is_found_however_it_is_written(village):
    competence = make_competence("Literasi Digital")

    assert Competence.objects.named("  literasi   digital ") == competence
    assert Competence.objects.named("Mengelas") != competence


def test_hours_count_for_the_sessions_that_somebody_came_to(village):
    training = make_training(hours=5)

    assert [training.hours_for(attended, 2) for attended in (0, 1, 2)] == [0, 2, 5]
    assert make_training(hours=None).hours_for(1, 1) == 0


def test_the_search_finds_a_training_by_what_it_teaches(village):
    training = make_training(competences=[make_competence("Budi daya lele")])
    Activity.objects.filter(pk=training.activity_id).update(title="Pelatihan Kolam Terpal")
    training.activity.refresh_from_db()

    training.activity.index_words()

    for words in ("lele", "kolam terpal"):
        hits = search.find(words, AnonymousUser()).hits("pelatihan")
        assert [hit.url for hit in hits] == [training.get_absolute_url()]


def test_a_draft_is_not_found(village):
    make_training(title="Pelatihan Rahasia", announced=False)

    assert not search.find("rahasia", AnonymousUser()).hits("pelatihan")


def test_a_leader_is_somebody_and_named_once(village):
    training, person = make_training(), factories.make_person()

    for wrong in ({}, {"person": person, "name": "Sari"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TrainingLeader.objects.create(training=training, **wrong)


def test_a_leader_who_is_forgotten_has_no_name_left(village):
    training, person = make_training(), factories.make_person(name="Sukarni Widodo")
    leader = training.leaders.create(person=person)

    erase(person)

    assert "Sukarni" not in str(TrainingLeader.objects.select_related("person").get(pk=leader.pk))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//jahat.example/", "ftp://contoh.example/"])
def test_nobody_is_sent_to_a_harmful_address(village, address):
    with pytest.raises(ValidationError):
        TrainingMaterial(training=make_training(), title="Bahan", address=address).clean()


def test_material_is_a_file_or_an_address(village):
    training = make_training()

    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingMaterial.objects.create(training=training, title="Kosong")


# Copying from another village


def test_a_sheet_names_no_people(village, taught, neighbour):
    with village_scope(neighbour):
        sheet = sheet_of(Training.objects.get())

    assert "Wayan" not in json.dumps(sheet)
    assert sheet["organisations"] == ["PPL"]
    assert sheet["materials"][0]["address"] == neighbour.url("/informasi/")


def test_a_training_is_copied_as_a_draft_that_says_where_it_came_from(village, taught):
    by = factories.make_user()

    copied = Training.objects.copy(sheet_at(taught.address), nonce=uuid4(), by=by)

    assert copied.village == village
    assert not copied.activity.announced_at
    assert str(copied) == "Pelatihan Pupuk Cair"
    assert [each.name for each in copied.competences.all()] == ["Pertanian organik"]
    assert copied.next_competence.name == "Memasarkan hasil"
    assert not copied.leaders.exists()
    assert copied.copied_from == taught.address
    assert copied.copied_village == "Desa Tetangga"
    materials = list(copied.materials.values_list("title", "address"))
    assert materials[1] == ("Buku", "https://contoh.example/buku")
    assert materials[0][1].startswith("http")
    assert not Person.objects.filter(name__startswith="Wayan").exists()
    entry = Entry.objects.get(kind="training.copied")
    assert entry.facts["from"] == taught.address


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_copied_once(village, taught):
    by, nonce, sheet = factories.make_user(), uuid4(), sheet_at(taught.address)

    outcomes = at_once(village, *[lambda: Training.objects.copy(sheet, nonce=nonce, by=by)] * 2)

    assert {type(each) for each in outcomes} == {Training}
    assert Training.objects.count() == Activity.objects.count() == 1


def test_without_a_kind_nothing_is_copied_and_it_is_said(village, neighbour, taught):
    ActivityKind.objects.update(retired_at=clock.now())

    with pytest.raises(Refusal):
        Training.objects.copy(sheet_at(taught.address), nonce=uuid4(), by=factories.make_user())

    assert not Activity.objects.exists()


def test_only_what_another_village_shares_is_found(village, neighbour, taught):
    own = make_training()
    unknown = taught.address.replace("tetangga", "entah")

    assert sheet_at(village.url(own.get_absolute_url())) is None
    for wrong in (
        unknown,
        "http://[",
        "tetangga.testserver",
        taught.address.replace("pelatihan", "kegiatan"),
    ):
        assert sheet_at(wrong) is None
    with village_scope(neighbour):
        Training.objects.update(is_shared=False)
    assert sheet_at(taught.address) is None
    assert offered(10) == []


def test_what_others_share_is_offered(village, neighbour, taught):
    make_training()
    with village_scope(neighbour):
        make_training(title="Pelatihan Draf", announced=False)

    assert [each["title"] for each in offered(10)] == ["Pelatihan Pupuk Cair"]
    assert offered(10, "kompos") == []


def test_a_training_ends_with_the_draft_of_its_activity(village):
    training = make_training(announced=False)

    Activity.objects.get(pk=training.activity_id).delete()

    assert not Training.objects.exists()
