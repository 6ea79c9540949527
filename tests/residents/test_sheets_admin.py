"""Clerks and spreadsheets."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from partisipasi.db import village_scope
from partisipasi.residents.models import Person, Role, SheetImport
from tests import factories
from tests.residents import sheets

IMPORT = "/admin/residents/person/impor/"
EXPORT = "/admin/residents/person/ekspor/"


@pytest.fixture
def clerk(village, client):
    user = factories.make_official(Role.SECRETARY)
    client.force_login(user)
    return user


def send(client, upload, kind="orang"):
    return client.post(IMPORT, {"kind": kind, "sheet": upload})


def test_a_clerk_sees_what_was_understood_before_anything_is_saved(clerk, client):
    factories.make_person(name="Tono")
    upload = sheets.xlsx(("Nama", "L/P", "Warna"), ("Sri", "P", "x"), ("Tono", "L", ""))

    page = client.get(send(client, upload)["Location"]).text

    for text in ("Warna", "tidak dipakai", "Sri", "jenis kelamin", "Simpan semua"):
        assert text in page
    assert not Person.objects.filter(name="Sri").exists()


def test_a_clerk_saves_all_of_it(clerk, client):
    preview = send(client, sheets.xlsx(("Nama",), ("Sri",)))["Location"]

    page = client.post(preview, {"simpan": "1"}, follow=True).text

    assert "Impor selesai: 1 baris baru, 0 berubah, 0 tetap." in page
    assert Person.objects.filter(name="Sri").exists()
    assert client.post(preview, {"simpan": "1"}).status_code == 404


def test_a_clerk_throws_it_away(clerk, client):
    preview = send(client, sheets.xlsx(("Nama",), ("Sri",)))["Location"]

    client.post(preview, {"buang": "1"})

    assert not SheetImport.objects.exists()
    assert not Person.objects.filter(name="Sri").exists()


def test_with_errors_there_is_nothing_to_confirm(clerk, client):
    preview = send(client, sheets.xlsx(("Nama", "L/P"), ("Sri", "<b>X</b>")))["Location"]

    page = client.get(preview).text
    assert "Baris 2: Tulis L atau P" in page
    assert "Simpan semua" not in page
    client.post(preview, {"simpan": "1"})
    assert not Person.objects.filter(name="Sri").exists()


def test_a_file_that_does_not_do_is_told_why(clerk, client):
    for answers, sentence in (
        ({"kind": "orang"}, "Pilih berkas"),
        ({"kind": "orang", "sheet": sheets.csv("a\nb\n")}, "Judul kolom tidak ditemukan"),
        ({"kind": "hewan", "sheet": sheets.csv("Nama\nb\n")}, "hewan"),
    ):
        response = client.post(IMPORT, answers)
        assert response.status_code == 422
        assert sentence in response.text


def test_names_are_escaped_in_the_preview(clerk, client):
    preview = send(client, sheets.xlsx(("Nama", "<i>x</i>"), ("<script>alert(1)</script>", "y")))["Location"]

    page = client.get(preview).text
    assert "<script>alert(1)" not in page
    assert "<i>x</i>" not in page


def test_templates_can_be_had(clerk, client):
    for kind in ("orang", "lembaga"):
        answer = client.get(f"{IMPORT}templat/", {"isi": kind})
        assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names == ["Isi", "Petunjuk"]
    assert client.get(f"{IMPORT}templat/", {"isi": "hewan"}).status_code == 404


def names_in(response) -> list[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]]


def test_the_book_is_had_as_far_as_the_appointment_reaches(village, client):
    ours = factories.make_region()
    factories.make_person(name="Dekat", region=ours)
    factories.make_person(name="Jauh", region=factories.make_region())
    factories.make_person(name="=1+1", region=ours)

    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=ours))
    assert names_in(client.get(EXPORT)) == ["=1+1", "Dekat"]
    client.force_login(factories.make_official(Role.ADMIN))
    assert {"Dekat", "Jauh"} <= set(names_in(client.get(EXPORT)))
    client.force_login(factories.make_official(Role.OPERATOR))
    assert client.get(EXPORT).status_code == 403


def test_the_book_takes_as_many_statements_for_many_as_for_one(clerk, client):
    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(EXPORT)
        return len(asked)

    for _ in range(2):
        factories.make_person(region=factories.make_region(), unsur=factories.make_unsur())
    few = count()
    for _ in range(5):
        factories.make_person(region=factories.make_region(), unsur=factories.make_unsur())

    assert count() == few


def test_only_who_imports_finds_the_way(village, client):
    with village_scope(village):
        client.force_login(factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()))

    assert IMPORT not in client.get("/admin/residents/person/").text
    assert client.get(IMPORT).status_code == 403
    assert client.get(f"{IMPORT}templat/").status_code == 403
