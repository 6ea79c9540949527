import hashlib
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from attendance.bundle import Bundle
from attendance.models import ActivityKind, PaperKind
from attendance.models.papers import usual_papers
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories, hostile
from tests.announcements.factories import make_pdf
from tests.attendance.factories import make_activity, make_attendance, make_kind, make_minutes

MAY = datetime(2026, 5, 4, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def official(village):
    return factories.make_official(Role.SECRETARY)


@pytest.fixture
def activity(village):
    with clock.at(MAY):
        return make_activity(title="Musdes RKP")


def add(activity, kind, *, title="Bukti", text="x", is_public=True, by):
    return activity.add_evidence(
        make_pdf(text=text), kind=kind, title=title, by=by, is_public=is_public, is_redacted=is_public
    )


def close(activity, official):
    with clock.at(MAY + timedelta(hours=3)):
        activity.refresh_from_db()
        activity.close(official)


def files_of(answer):
    """The files of a bundle by their name within its one folder."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def public(client, activity):
    return files_of(client.get(f"/kegiatan/{activity.pk}/bukti.zip"))


def internal(client, activity):
    return files_of(client.get(f"/kegiatan/{activity.pk}/bukti-internal.zip"))


# What is missing


def test_a_bundle_lacks_what_its_kind_asks_for(activity, official):
    activity.kind.papers = [PaperKind.INVITATION, PaperKind.ATTENDANCE, PaperKind.MINUTES]

    bundle = Bundle.of(activity, [("undangan", True), ("notulen", False)])

    assert bundle.public_sentence == "Kurang: daftar hadir, notulen"
    assert bundle.missing == ["Daftar Hadir: pindaian bertanda tangan"]
    assert [paper.word for paper in bundle.papers] == ["Ada, untuk umum", "Kurang", "Ada, internal"]


def test_a_closed_list_is_there_for_everybody_but_its_scan_is_still_asked_for(activity, official):
    activity.kind.papers = [PaperKind.ATTENDANCE]
    close(activity, official)
    activity.kind.papers = [PaperKind.ATTENDANCE]

    bundle = Bundle.of(activity, [])

    assert bundle.public_sentence == "Lengkap"
    assert bundle.missing


def test_the_page_tells_everybody_what_is_missing_once_it_took_place(client, activity, official):
    activity.kind.papers = [PaperKind.ATTENDANCE, PaperKind.MINUTES]
    activity.kind.save()
    page = activity.get_absolute_url()
    with clock.at(MAY):
        assert "Kurang:" not in client.get(page).text

    close(activity, official)
    assert "Kurang: notulen" in client.get(f"{page}?1").text
    add(activity, "notulen", by=official)
    assert "Bukti lengkap" in client.get(f"{page}?2").text


def test_officials_see_each_paper_and_where_it_may_be_seen(client, activity, official):
    add(activity, "notulen", is_public=False, by=official)
    client.force_login(official)

    text = client.get(activity.get_absolute_url()).text
    admin = client.get(f"/admin/attendance/activity/{activity.pk}/change/").text

    assert "Ada, internal" in text
    assert "bukti-internal.zip" in text
    assert "Kurang: undangan, daftar hadir: pindaian bertanda tangan" in admin
    assert "bukti-internal.zip" in admin


def test_the_village_edits_what_a_kind_asks_for(client, official):
    kind = ActivityKind.objects.get(code="pelatihan") if ActivityKind.objects.exists() else make_kind()
    client.force_login(official)

    client.post(
        f"/admin/attendance/activitykind/{kind.pk}/change/",
        {
            "name": kind.name,
            "order": 1,
            "organiser": "Desa",
            "sheet_title": "Daftar Hadir",
            "particulars_months": 3,
            "report_days": 7,
            "columns_0": "name",
            "papers": ["notulen", "undangan"],
            "indicator": "4.2",
            "signatories-TOTAL_FORMS": 0,
            "signatories-INITIAL_FORMS": 0,
        },
    )

    kind.refresh_from_db()
    assert kind.papers == ["notulen", "undangan"]
    assert kind.indicator == "4.2"


def test_standard_kinds_ask_for_what_assessors_do(village):
    ActivityKind.objects.seed()

    assert ActivityKind.objects.get(code="musrenbangdes").papers == usual_papers()
    assert ActivityKind.objects.get(code="musdes").papers == [*usual_papers(), "laporan"]
    assert ActivityKind.objects.get(code="kerja-bakti").papers == ["daftar-hadir", "dokumentasi"]
    assert PaperKind.WORKERS in ActivityKind.objects.get(code="padat-karya").papers


# The ZIP


def test_everybody_gets_the_public_papers_with_index_and_sums(client, activity, official):
    make_attendance(activity, name="Darmini", address="Jalan Melati 1")
    add(activity, "notulen", title="Notulen Musdes", text="umum", by=official)
    add(activity, "daftar-hadir", title="Pindaian", text="rahasia", is_public=False, by=official)
    close(activity, official)

    files = public(client, activity)

    assert set(files) == {
        "00-daftar-hadir-2026-05-04.pdf",
        "00-daftar-hadir-2026-05-04.xlsx",
        "01-notulen-notulen-musdes.pdf",
        "indeks.html",
        "SHA256SUMS",
    }
    assert not any(b"rahasia" in content or b"Jalan Melati" in content for content in files.values())
    index = files["indeks.html"].decode()
    assert "Versi untuk umum" in index
    assert "Pindaian" not in index
    assert "Kurang: undangan" in index
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert len(files["SHA256SUMS"].splitlines()) == len(files) - 1


def test_a_list_that_still_changes_is_not_in_the_public_version(client, activity):
    assert set(public(client, activity)) == {"indeks.html", "SHA256SUMS"}


def test_minutes_written_in_the_portal_count_and_their_agreement_comes_along(client, activity, official):
    activity.kind.papers = [PaperKind.MINUTES, PaperKind.AGREEMENT]
    activity.kind.save()
    minutes = make_minutes(activity, by=official)

    bundle = Bundle.of(activity, [], minutes)

    assert bundle.public_sentence == "Lengkap"
    assert bundle.missing == ["Berita Acara: pindaian bertanda tangan"]
    files = public(client, activity)
    assert files["00-berita-acara.pdf"].startswith(b"%PDF")
    assert files["00-berita-acara.docx"].startswith(b"PK")
    assert files["00-notulen.pdf"].startswith(b"%PDF")
    assert files["00-laporan.pdf"].startswith(b"%PDF")
    assert "/notulen/" in files["indeks.html"].decode()


def test_a_draft_of_minutes_is_in_no_bundle(client, activity, official):
    minutes = make_minutes(activity, by=official, published=False)

    assert "Notulen" in [
        paper.label for paper in Bundle.of(activity, [], minutes).papers if not paper.is_public
    ]
    assert not {"00-berita-acara.pdf", "00-notulen.pdf"} & set(public(client, activity))


def test_public_photos_stand_two_on_a_page_with_captions(client, activity, official):
    for number, is_public in enumerate((True, True, True, False)):
        activity.add_evidence(
            make_photo(shade=number),
            kind="dokumentasi",
            title=f"Foto {number}",
            by=official,
            is_public=is_public,
        )

    with pdfplumber.open(BytesIO(public(client, activity)["00-dokumentasi.pdf"])) as pdf:
        shown = [(len(page.images), re.findall(r"Foto \d", page.extract_text())) for page in pdf.pages]

    assert shown == [(2, ["Foto 0", "Foto 1"]), (1, ["Foto 2"])]


def make_photo(*, shade):
    content = BytesIO()
    Image.new("RGB", (900, 600), (shade * 40, 90, 60)).save(content, "JPEG")
    return SimpleUploadedFile(f"{shade}.jpg", content.getvalue(), "image/jpeg")


def test_officials_get_the_whole_of_it(client, activity, official):
    add(activity, "daftar-hadir", title="Pindaian", text="rahasia", is_public=False, by=official)
    client.force_login(official)

    answer = client.get(f"/kegiatan/{activity.pk}/bukti-internal.zip")

    assert "no-store" in answer["Cache-Control"]
    files = files_of(answer)
    assert b"rahasia" in files["01-daftar-hadir-pindaian.pdf"]
    assert any(name.endswith(".xlsx") for name in files)
    assert "Jangan disebarluaskan" in files["indeks.html"].decode()


def test_the_internal_version_is_for_officials_alone(client, activity, neighbour):
    address = f"/kegiatan/{activity.pk}/bukti-internal.zip"

    assert client.get(address).status_code == 302
    for user in (
        factories.make_resident(),
        factories.make_official(Role.OPERATOR),
        factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()),
    ):
        client.force_login(user)
        assert client.get(address).status_code == 404
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.ADMIN))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405


def test_a_draft_has_no_bundle_for_a_resident(client, village):
    draft = make_activity(announced=False)

    assert client.get(f"/kegiatan/{draft.pk}/bukti.zip").status_code == 404


def test_the_same_papers_give_the_same_bytes(client, activity, official):
    add(activity, "notulen", by=official)
    close(activity, official)
    address = f"/kegiatan/{activity.pk}/bukti.zip"

    with clock.at(MAY + timedelta(days=1)):
        first = b"".join(client.get(address).streaming_content)
    with clock.at(MAY + timedelta(days=2)):
        assert b"".join(client.get(address).streaming_content) == first


def test_no_title_becomes_a_path(client, village, official):
    titles = [text for text in hostile.HOSTILE if "\x00" not in text and 0 < len(text.strip()) <= 120]
    activity = make_activity(title="../../etc/passwd")
    for number, title in enumerate(titles):
        add(activity, "notulen", title=title, text=str(number), by=official)
    upload = SimpleUploadedFile("../../x.pdf", make_pdf(text="jalan").read())
    activity.add_evidence(upload, kind="notulen", title="\\..\\..", by=official, is_public=True)

    answer = client.get(f"/kegiatan/{activity.pk}/bukti.zip")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        index = archive.read(names[-2]).decode()

    assert len(set(names)) == len(titles) + 3
    assert all(re.fullmatch(r"bukti-[a-z0-9_-]+/([a-z0-9_-]+\.[a-z0-9]+|SHA256SUMS)", name) for name in names)
    assert re.fullmatch(r'attachment; filename="bukti-[a-z0-9-]+\.zip"', answer["Content-Disposition"])
    assert "<script>alert" not in index
    assert "<img src=x" not in index


def test_who_asks_too_often_waits(client, activity, monkeypatch):
    monkeypatch.setattr("attendance.views.evidence.LIMITS", {"bundle": "2/h/ip"})
    address = f"/kegiatan/{activity.pk}/bukti.zip"

    answers = [client.get(address) for _ in range(3)]
    for answer in answers:
        answer.close()

    assert [answer.status_code for answer in answers] == [200, 200, 429]
