"""Public documents: versions, the list, what is missing of the minimum, and what is exempt."""

import csv
import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from announcements import due
from announcements.models import DocumentVersion, ExemptInformation, LastVersion, NoFile, PublicDocument
from announcements.tasks import read_version
from partisipasi import clock, search
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Follow, Notice, Role
from tests import factories

from .factories import make_budget, make_document, make_exempt, make_upload, make_words

LIST = "/dokumen/"


def content_at(client, path: str) -> bytes:
    """What a file holds that this visitor may open."""
    return b"".join(client.get(path).streaming_content)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("kind", flat=True))


@pytest.fixture
def ppid(client, village):
    user = factories.make_official(Role.PPID)
    client.force_login(user)
    return user


# What happens to a document


def test_it_is_published_under_the_next_number_and_recorded(village):
    first, second = make_document(), make_document()

    assert (first.number, second.number) == (1, 2)
    assert kinds() == ["document.published", "document.published"]


def test_without_a_file_it_is_neither_published_nor_scheduled(village):
    document = make_document(published=False)
    document.versions.get().withdraw("Salah berkas.", by=document.written_by)

    with pytest.raises(NoFile):
        document.publish(by=document.written_by)
    with pytest.raises(NoFile):
        document.schedule(clock.now() + timedelta(days=1), by=document.written_by)
    document.refresh_from_db()
    assert document.number is None


def test_a_scheduled_one_appears_by_itself_once(village):
    document = make_document(published=False)
    document.schedule(clock.now() + timedelta(hours=1), by=document.written_by)
    assert due.publish_scheduled_documents() == 0

    with clock.at(clock.now() + timedelta(hours=2)):
        assert due.publish_scheduled_documents() == 1
        assert due.publish_scheduled_documents() == 0
        assert PublicDocument.objects.published().get() == document


def test_a_new_version_leaves_the_old_one_open_and_is_told_to_those_who_follow(client, village):
    document = make_document()
    follower = factories.make_resident()
    Follow.objects.create(user=follower, path=document.get_absolute_url(), title="x")

    document.revise(make_words("Angka yang benar."), change="Angka diperbaiki.", by=document.written_by)
    document.revise(make_words("Angka yang benar."), change="Lagi.", by=document.written_by)

    new, old = document.versions.newest_first()
    text = client.get(document.get_absolute_url()).text
    assert "Angka diperbaiki." in text
    assert new.file.sha256 in text
    assert old.file.sha256 in text
    assert content_at(client, old.get_absolute_url()).startswith(b"Isi dokumen")
    assert Notice.objects.filter(recipient=follower).count() == 1
    assert kinds() == ["document.published", "document.revised"]


def test_a_withdrawn_version_is_closed_and_says_why(client, village):
    document = make_document(upload=make_words("NIK warga tertulis di sini."))
    old = document.versions.get()
    with pytest.raises(LastVersion):
        old.withdraw("Memuat NIK.", by=document.written_by)
    document.revise(make_words("Tanpa NIK."), change="NIK dihapus.", by=document.written_by)

    old.withdraw("Memuat NIK.", by=document.written_by)

    assert client.get(old.get_absolute_url()).status_code == 404
    assert client.get(old.file.public_url()).status_code == 404
    assert "Memuat NIK." in client.get(document.get_absolute_url()).text
    assert kinds()[-2:] == ["document.revised", "document.withdrawn"]


def test_drafts_and_the_archive_are_for_those_who_work_on_documents(client, village, neighbour):
    draft, gone = make_document(published=False), make_document()
    gone.archive("Memuat data pribadi.", by=gone.written_by)
    pages = [draft.get_absolute_url(), gone.get_absolute_url()]
    files = [each.versions.get().get_absolute_url() for each in (draft, gone)]
    assert [client.get(path).status_code for path in pages + files] == [404] * 4
    assert client.get(pages[0], headers={"host": "tetangga.testserver"}).status_code == 404

    client.force_login(factories.make_official(Role.PPID_SUPERIOR))

    assert [client.get(path).status_code for path in pages] == [200] * 2
    assert all(content_at(client, path).startswith(b"Isi dokumen") for path in files)
    assert "Memuat data pribadi." in client.get(pages[1]).text


# Its words


def test_the_words_of_a_file_are_found_and_shown(client, village):
    document = make_document(upload=make_words("Pembangunan embung Randukembar."))
    assert not PublicDocument.objects.filter(search=search.query("embung")).exists()

    read_version.call(village.pk, document.versions.get().pk)

    assert PublicDocument.objects.filter(search=search.query("embung")).get() == document
    assert "embung Randukembar" in client.get(document.get_absolute_url()).text
    assert document.title in client.get("/cari/", {"q": "embung"}).text
    assert document.title in client.get(LIST, {"kata": "embung"}).text


def test_a_new_version_takes_the_place_of_the_old_in_search(village):
    document = make_document(upload=make_words("Embung."))
    read_version.call(village.pk, document.versions.get().pk)
    document.revise(make_words("Jembatan."), change="Lain.", by=document.written_by)
    read_version.call(village.pk, document.versions.get(number=2).pk)

    found = PublicDocument.objects.filter

    assert found(search=search.query("jembatan")).exists()
    assert not found(search=search.query("embung")).exists()


def test_a_file_without_words_stays_open_and_ppid_hears_why(client, village, ppid):
    document = make_document(upload=make_upload())

    read_version.call(village.pk, document.versions.get().pk)

    assert "tidak memuat teks" in Notice.objects.get(recipient=ppid).text
    shown = client.get(f"/admin/announcements/publicdocument/{document.pk}/change/").text
    assert "tidak memuat teks" in shown
    assert "isinya tidak terbaca" in client.get("/admin/").text
    client.logout()
    assert content_at(client, document.versions.get().get_absolute_url())


def test_reading_waits_until_the_version_is_kept(village, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        version = make_document(published=False).versions.get()

    assert DBTaskResult.objects.get().args_kwargs["args"] == [village.pk, version.pk]


# The list


def test_the_list_is_narrowed_by_class_kind_and_year(client, village):
    make_document(title="Profil Sukaramah", category="profil", year=2024)
    make_document(title="Bahaya longsor", classification="serta-merta", category="keadaan-darurat")

    def shown(**asked) -> list[bool]:
        text = client.get(LIST, asked).text
        return ["Profil Sukaramah" in text, "Bahaya longsor" in text]

    assert shown() == [True, True]
    assert shown(klasifikasi="serta-merta") == [False, True]
    assert shown(jenis="profil") == [True, False]
    assert shown(tahun="2024") == [True, False]
    assert client.get(LIST, {"tahun": "1999"}).status_code == 422


def test_what_the_law_wants_and_is_not_there_is_said(client, village):
    with clock.at(clock.now().replace(year=2026, month=6)):
        make_document(title="RPJM", category="rpjm", year=2020)
        make_document(title="RKP lama", category="rkp", year=2025)
        make_budget(year=2026)

        missing = client.get(LIST).text.split("Belum diumumkan")[-1]

    assert "RPJM Desa (" not in missing
    assert "RKP Desa 2026 (PerKI 1/2018 Pasal 2 butir 4)" in missing
    assert "APB Desa 2026 (" not in missing.replace("tentang APB Desa 2026", "")
    assert "Laporan realisasi keuangan 2025" in missing


def test_the_printed_list_has_the_columns_of_the_law_and_who_signs(client, village):
    factories.make_official(Role.PPID, username="sri")
    make_document(title="RKP Desa", kept_until=date(2031, 12, 31))
    make_document(title="Draf", published=False)

    text = PdfReader(io.BytesIO(client.get("/dokumen/daftar-informasi-publik.pdf").content)).pages[0]
    said = " ".join(text.extract_text().split())

    for words in ("DAFTAR INFORMASI PUBLIK", "RKP Desa", "2031", "Sri", "Atasan PPID"):
        assert words in said
    assert "Draf" not in said


def test_the_list_is_open_data(client, village):
    make_document(title="=1+1", summary="Ringkas.")

    rows = csv.reader(
        io.StringIO(client.get("/dokumen/daftar-informasi-publik.csv").content.decode("utf-8-sig"))
    )
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(client.get("/dokumen/daftar-informasi-publik.xlsx").content)
    )

    headings, line = list(rows)
    assert dict(zip(headings, line, strict=True))["Ringkasan isi informasi"] == "Ringkas."
    assert line[1] == "'=1+1"
    assert book.get_sheet_by_index(0).to_python()[1][1] == "=1+1"


def test_the_feed_names_the_newest_files(client, village):
    document = make_document()

    text = client.get("/dokumen/umpan.atom").text

    assert document.title in text
    assert document.versions.get().get_absolute_url() in text


@pytest.mark.parametrize("path", [LIST, "/dokumen/dikecualikan/", "/dokumen/produk-hukum/"])
def test_an_empty_list_says_what_will_be_there(client, village, path):
    assert "Di sini tampil" in client.get(path).text


# What is exempt


def test_the_exempt_are_listed_with_ground_basis_and_term_and_have_no_file(client, village):
    row = make_exempt()

    text = client.get("/dokumen/dikecualikan/").text
    printed = PdfReader(io.BytesIO(client.get("/dokumen/dikecualikan/informasi-dikecualikan.pdf").content))

    for words in (row.content, row.ground, row.legal_basis, row.term, row.set_by):
        assert words in text
        assert words.split()[0] in printed.pages[0].extract_text()
    assert not [
        field for field in ExemptInformation._meta.get_fields() if field.related_model is DocumentVersion
    ]
    assert kinds() == ["exempt.entered"]


def test_an_ended_term_is_told_to_ppid_once(client, village, ppid):
    row = make_exempt(set_on=date(2026, 1, 5), until_on=date(2026, 3, 1), term="")

    with clock.at(clock.now().replace(year=2026, month=3, day=1)):
        assert due.tell_ended_exemptions() == 0
    with clock.at(clock.now().replace(year=2026, month=3, day=2)):
        assert due.tell_ended_exemptions() == 1
        assert due.tell_ended_exemptions() == 0
        assert "Jangka waktu berakhir" in client.get("/dokumen/dikecualikan/").text
        row.until_on = date(2026, 4, 1)
        row.review(by=ppid)
        assert due.tell_ended_exemptions() == 0
    with clock.at(clock.now().replace(year=2026, month=4, day=2)):
        assert due.tell_ended_exemptions() == 1
    assert kinds() == ["exempt.entered", "exempt.reviewed"]


def test_an_ended_retention_is_told_to_ppid_once(village, ppid):
    make_document(kept_until=clock.today() - timedelta(days=1))
    make_document(kept_until=clock.today())

    assert due.tell_ended_retention() == 1
    assert due.tell_ended_retention() == 0


def test_what_is_opened_leaves_the_list(client, village, ppid):
    row = make_exempt()

    answer = client.post(
        f"/admin/announcements/exemptinformation/{row.pk}/buka/", {"reason": "Warga mengizinkan."}
    )

    assert answer.status_code == 302
    assert row.content not in client.get("/dokumen/dikecualikan/").text
    assert kinds()[-1] == "exempt.opened"
