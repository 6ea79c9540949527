import pytest
from django.core.files.storage import default_storage

from partisipasi.db import village_scope
from partisipasi.files import http
from partisipasi.files.http import file_response, shown_through
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from tests import factories
from tests.papers.models import Paper

from .makers import pdf, picture, upload

PUBLIC = StoredFile.Visibility.PUBLIC
INTERNAL = StoredFile.Visibility.INTERNAL


def stored_paper(content: bytes = b"", visibility: str = PUBLIC) -> StoredFile:
    stored = store(upload(content or pdf()), visibility=visibility)
    Paper.objects.create(title="Undangan", main_file=stored)
    return stored


def fetch(client, address: str, **kwargs):
    """The answer, read to its end, so that no file stays open."""
    response = client.get(address, **kwargs)
    response.body = b"".join(response) if response.streaming else response.content
    return response


def test_a_public_file_comes_under_its_name(client, village):
    stored = stored_paper()

    response = fetch(client, stored.public_url("Undangan Musdes.pdf"))

    assert response.body == pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="Undangan Musdes.pdf"'
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_an_unchanged_file_is_not_sent_again(client, village):
    address = stored_paper().public_url()
    tag = fetch(client, address)["ETag"]

    again = fetch(client, address, headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert not again.body


def test_a_picture_has_a_small_version(client, village):
    stored = stored_paper(picture(size=(1000, 500)))

    response = fetch(client, stored.preview_url)

    assert response["Content-Type"] == "image/webp"
    assert len(response.body) < stored.size
    assert fetch(client, stored_paper().preview_url).status_code == 404


def test_what_is_neither_picture_nor_pdf_is_saved_and_never_shown(client, village):
    stored = stored_paper(b"nama,unsur\n=HYPERLINK(1),PKK\n")

    assert fetch(client, stored.public_url("data.csv"))["Content-Disposition"].startswith("attachment")


def test_an_internal_file_has_no_public_address(client, village):
    stored = stored_paper(visibility=INTERNAL)

    assert fetch(client, stored.public_url()).status_code == 404
    assert fetch(client, stored.preview_url).status_code == 404


def test_a_file_that_nothing_points_at_does_not_exist(client, village):
    stored = store(upload(pdf()), visibility=PUBLIC)

    assert fetch(client, stored.public_url()).status_code == 404


def test_the_neighbour_does_not_have_our_files(client, village, neighbour):
    address = stored_paper().public_url()

    assert fetch(client, address, headers={"Host": "tetangga.testserver"}).status_code == 404
    with village_scope(neighbour):
        stored_paper()
    assert fetch(client, address, headers={"Host": "tetangga.testserver"}).status_code == 200


@pytest.fixture
def drafts(monkeypatch):
    """Papers that are unpublished open their files to accounts alone."""
    monkeypatch.setattr(http, "_shown_through", {})
    shown_through(
        Paper,
        "main_file",
        lambda user: Paper.objects.all() if user.is_authenticated else Paper.objects.filter(published=True),
    )


def test_a_drafts_file_is_seen_by_those_who_see_the_draft(client, village, drafts):
    stored = stored_paper()
    Paper.objects.update(published=False)
    assert fetch(client, stored.public_url()).status_code == 404

    client.force_login(factories.make_resident())
    response = fetch(client, stored.public_url())

    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    Paper.objects.create(title="Sudah terbit", main_file=stored)
    assert "public" in fetch(client, stored.public_url())["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["a%0d%0aSet-Cookie: x=1", "%22;filename=%22b.html", "..%2f..%2fx", "<script>"]
)
def test_a_hostile_name_reaches_no_header(client, village, name):
    stored = stored_paper()

    response = fetch(client, f"/berkas/{stored.sha256}/{name}")

    if response.status_code == 200:
        disposition = response["Content-Disposition"]
        assert disposition.startswith("inline; filename")
        assert disposition.count('"') in {0, 2}
        assert disposition.endswith(('.pdf"', ".pdf"))
        assert "Set-Cookie" not in response


def test_a_row_whose_bytes_are_lost_is_not_found(client, village):
    stored = stored_paper()
    default_storage.delete(stored.content.name)

    assert fetch(client, stored.public_url()).status_code == 404


def test_a_view_that_checked_who_asks_may_send_an_internal_file(village):
    stored = stored_paper(visibility=INTERNAL)

    response = file_response(stored, "pindaian/../daftar hadir.exe")

    assert response["Content-Disposition"] == 'attachment; filename="daftar hadir.exe.pdf"'
    assert response["Cache-Control"] == "private, no-cache"
    response.close()
