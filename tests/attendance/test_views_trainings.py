from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Training
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Role
from tests import factories, hostile
from tests.attendance.factories import make_activity, make_competence, make_kind, make_training

LIST = "/pelatihan/"
COPY = "/pelatihan/salin/"
ADMIN = "/admin/attendance/training/"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def answers(training=None, *, leaders=(), materials=(), **fields):
    """What the form of a training sends."""
    told = {"goals": "Memilah sampah.", "sessions_needed": 1, "is_shared": "on"} | fields
    for name, rows in (("leaders", leaders), ("materials", materials)):
        told |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
        for place, row in enumerate(rows):
            told |= {f"{name}-{place}-{field}": value for field, value in ({"order": 0} | row).items()}
    return told


def test_a_visitor_reads_what_a_training_teaches(client, village):
    following = make_training(title="Pelatihan Memasarkan Kompos")
    training = make_training(competences=[make_competence("Pengomposan")], next_training=following)
    training.leaders.create(name="Sari", organisation="Bank Sampah Induk", part="mitra")
    training.materials.create(title="Buku saku", address="https://contoh.example/buku")

    page = client.get(training.get_absolute_url()).text

    for said in (
        "Membuat kompos.",
        "Pengomposan",
        "Sari (Bank Sampah Induk)",
        "Buku saku",
        "4 jam pelajaran",
    ):
        assert said in page
    assert following.get_absolute_url() in page
    assert training.get_absolute_url() in client.get(training.activity.get_absolute_url()).text


def test_a_next_training_that_is_not_announced_is_not_told(client, village):
    following = make_training(title="Pelatihan Rahasia", announced=False)
    training = make_training(next_training=following)

    assert "Pelatihan Rahasia" not in client.get(training.get_absolute_url()).text


def test_the_list_shows_what_is_coming_and_what_was_by_competence(client, village):
    organic = make_competence("Pertanian organik")
    coming = make_training(competences=[organic], starts_at=clock.now() + timedelta(days=2))
    past = make_training(starts_at=clock.now() - timedelta(days=2))
    draft = make_training(announced=False)

    page = client.get(LIST).text
    chosen = client.get(LIST, {"kompetensi": organic.pk}).text

    assert coming.activity.title in page
    assert past.activity.title in page
    assert draft.activity.title not in page
    assert coming.activity.title in chosen
    assert past.activity.title not in chosen
    assert client.get(LIST, {"kompetensi": "entah"}).status_code == 422


def test_an_empty_list_says_what_it_is(client, village):
    assert "Belum ada pelatihan" in client.get(LIST).text


def statements(client, path):
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_pages_cost_the_same_for_one_and_for_many(client, village):
    training = make_training()
    make_training(starts_at=clock.now() - timedelta(days=1))
    training.leaders.create(person=factories.make_person())
    training.materials.create(title="Bahan", address="/informasi/")
    few = statements(client, LIST), statements(client, training.get_absolute_url())
    for place in range(12):
        make_training(starts_at=clock.now() - timedelta(days=place + 2))
        training.leaders.create(person=factories.make_person())
        training.materials.create(title=f"Bahan {place}", address="/informasi/")
        training.competences.add(make_competence())

    many = statements(client, LIST), statements(client, training.get_absolute_url())

    assert few == many
    assert max(many) <= 8


def test_another_villages_training_is_nobodys_here(client, village, neighbour):
    with village_scope(neighbour):
        training = make_training()

    assert client.get(training.get_absolute_url()).status_code == 404
    assert training.activity.title not in client.get(LIST).text


@pytest.mark.parametrize("text", hostile.MARKUP)
def test_what_people_type_is_text(client, village, text):
    training = make_training(goals=text, title=text[:200])
    training.leaders.create(organisation=text)
    training.materials.create(title=text, address="/informasi/")

    page = client.get(training.get_absolute_url()).text

    assert text not in page or "<" not in text


def test_the_sheet_for_programs_holds_what_is_public(client, village):
    training = make_training()
    training.leaders.create(person=factories.make_person(name="Sukarni Widodo"))

    told = client.get(reverse("attendance:training_sheet", args=[training.activity_id]))

    assert told.json()["title"] == training.activity.title
    assert "Sukarni" not in told.text
    assert "Salin ke desa kami" in client.get(training.get_absolute_url()).text


def test_what_is_not_shared_has_no_sheet(client, village):
    training = make_training(is_shared=False)

    assert client.get(reverse("attendance:training_sheet", args=[training.activity_id])).status_code == 404
    assert "Salin ke desa kami" not in client.get(training.get_absolute_url()).text


# Copying


def test_a_clerk_sees_what_would_come_and_has_it_once(client, clerk, neighbour):
    make_kind()
    with village_scope(neighbour):
        source = make_training(title="Pelatihan Pupuk Cair")
        address = neighbour.url(source.get_absolute_url())
    assert "Pelatihan Pupuk Cair" in client.get(COPY).text
    path = reverse("attendance:training_copy", query={"dari": address})
    shown = client.get(path)
    sent = {"nonce": str(uuid4())}

    answer = client.post(path, sent)
    again = client.post(path, sent)

    assert "Salin sebagai draf" in shown.text
    assert answer.url == again.url
    copied = Training.objects.get()
    page = client.get(answer.url).text
    assert "Masih draf" in page
    assert address in page
    assert copied.copied_by == clerk


def test_a_wrong_address_is_said_beside_the_field_and_kept(client, clerk):
    answer = client.get(COPY, {"dari": "https://entah.example/pelatihan/1/"})

    assert answer.status_code == 422
    assert "tidak ada pelatihan desa lain" in answer.text
    assert "https://entah.example/pelatihan/1/" in answer.text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.HAMLET_HEAD])
def test_who_may_not_prepare_for_the_whole_village_copies_nothing(client, village, role):
    region = factories.make_region() if role == Role.HAMLET_HEAD else None
    client.force_login(factories.make_official(role, region=region))

    assert client.get(COPY).status_code == 403
    assert "Salin pelatihan desa lain" not in client.get(LIST).text


# Admin


def test_a_clerk_writes_a_training_with_leaders_and_material(client, clerk, media):
    activity, competence, person = make_activity(), make_competence(), factories.make_person()
    told = answers(
        activity=activity.pk,
        competences=[competence.pk],
        leaders=[{"part": "fasilitator", "person": person.pk}, {"part": "mitra", "organisation": "PPL"}],
        materials=[
            {"title": "Modul", "upload": SimpleUploadedFile("modul.pdf", PDF)},
            {"title": "Kabar", "address": "http://testserver/informasi/"},
        ],
    )

    answer = client.post(f"{ADMIN}add/", told)

    assert answer.status_code == 302, answer.text
    training = Training.objects.get()
    file, link = training.materials.all()
    assert file.file.visibility == StoredFile.Visibility.PUBLIC
    opened = client.get(file.get_absolute_url())
    assert b"".join(opened.streaming_content) == PDF
    assert link.address == "/informasi/"
    assert training.search


def test_material_of_a_draft_is_nobodys_yet(client, clerk, media):
    activity = make_activity(announced=False)
    told = answers(
        activity=activity.pk,
        competences=[make_competence().pk],
        materials=[{"title": "Modul", "upload": SimpleUploadedFile("modul.pdf", PDF)}],
    )
    client.post(f"{ADMIN}add/", told)
    address = Training.objects.get().materials.get().get_absolute_url()
    client.logout()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("material", "sentence"),
    [
        ({"title": "Kosong"}, "Unggah berkas, atau tulis alamatnya."),
        ({"title": "Skrip", "address": "javascript:alert(1)"}, "Tulis alamat yang berawal"),
        ({"title": "Salah", "address": "/tidak-ada-di-sini/"}, "tidak ada di portal"),
    ],
)
def test_wrong_material_is_said_in_words(client, clerk, material, sentence):
    told = answers(activity=make_activity().pk, competences=[make_competence().pk], materials=[material])

    answer = client.post(f"{ADMIN}add/", told)

    assert sentence in answer.text
    assert not Training.objects.exists()


def test_one_next_step_at_most(client, clerk):
    following = make_training()
    told = answers(
        activity=make_activity().pk,
        competences=[make_competence().pk],
        next_training=following.pk,
        next_competence=make_competence().pk,
    )

    assert "jangan keduanya" in client.post(f"{ADMIN}add/", told).text


def test_a_hamlet_head_writes_trainings_of_his_hamlet_alone(client, village):
    hamlet = factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=hamlet))
    near, far = make_training(region=hamlet), make_training()

    listed = client.get(ADMIN).text

    assert near.activity.title in listed
    assert far.activity.title not in listed
    assert client.get(f"{ADMIN}{far.pk}/change/").status_code == 404
