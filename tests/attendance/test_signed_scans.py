"""The signed paper comes back: its pages are compared with those that were printed."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from attendance.bundle import Bundle
from attendance.models import Evidence, PrintedSheet, Scanned, SignedScan
from attendance.sheet import as_pdf
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.files.models import StoredFile
from partisipasi.ledger.models import Entry
from partisipasi.pdf_pages import NotCountable, count_pages
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_kind
from tests.attendance.sheets import make_sheet


@pytest.fixture
def activity(village):
    return make_activity()


@pytest.fixture
def session(activity):
    return activity.sessions.get()


def paper(count: int = 3, name: str = "pindaian.pdf") -> SimpleUploadedFile:
    """A PDF with that many rows: 3 rows are one page, 60 are several."""
    return SimpleUploadedFile(name, as_pdf(make_sheet(count), at=clock.now()), "application/pdf")


def photo(color: str = "navy") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (400, 300), color).save(out, "JPEG")
    return SimpleUploadedFile("halaman.jpg", out.getvalue(), "image/jpeg")


def at(activity, name="scan_upload", *scan):
    return reverse(f"attendance:{name}", args=[activity.pk, *scan])


def send(client, activity, *files, sheets=(), nonce=None, follow=True):
    told = {"files": list(files), "sheets": [sheet.pk for sheet in sheets], "nonce": str(nonce or uuid4())}
    return client.post(at(activity), told, follow=follow)


def held(activity):
    return Bundle.of(activity, activity.evidence.values_list("kind", "is_public"))


def test_a_printed_sheet_is_remembered_with_its_pages_once(client, clerk, activity, session):
    address = reverse("attendance:sheet_pdf", args=[activity.pk])

    for _ in range(2):
        answer = client.get(address, {"isi": "kosong", "baris": 60})

    sheet = PrintedSheet.objects.get()
    assert (sheet.session, sheet.filling, sheet.printed_by) == (session, "kosong", clerk)
    assert sheet.pages == count_pages(answer.content) > 1


def test_who_only_reads_prints_nothing_to_be_signed(client, activity):
    client.force_login(factories.make_official(Role.SUPERVISOR))

    assert client.get(reverse("attendance:sheet_pdf", args=[activity.pk])).status_code == 200

    assert not PrintedSheet.objects.exists()


def test_a_scan_of_as_many_pages_is_internal_evidence_at_once(client, clerk, activity, session):
    upload = paper(60)
    pages = count_pages(upload.read())
    upload.seek(0)
    sheet = PrintedSheet.objects.note(session, "kosong", pages, clerk)

    answer = send(client, activity, upload, sheets=[sheet])

    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.is_public, evidence.scan.session) == ("daftar-hadir", False, session)
    assert evidence.file.visibility == StoredFile.Visibility.INTERNAL
    assert "sama dengan yang dicetak" in answer.content.decode()
    assert "daftar hadir: pindaian bertanda tangan" not in held(activity).missing_text
    entry = Entry.objects.get(kind="scan.filed")
    assert entry.facts["pages"] == entry.facts["pages_printed"] == pages


def test_a_missing_page_is_told_and_is_no_evidence_until_it_comes(client, clerk, activity, session):
    sheet = PrintedSheet.objects.note(session, "kosong", 2, clerk)

    answer = send(client, activity, photo("navy"), sheets=[sheet])

    assert "Yang dicetak 2 halaman, yang diunggah 1: kurang 1." in answer.content.decode()
    assert not Evidence.objects.exists()
    assert "daftar hadir: pindaian bertanda tangan" in held(activity).missing_text

    scan = SignedScan.objects.get()
    client.post(at(activity, "scan_add", scan.pk), {"files": [photo("green")]})

    titles = sorted(Evidence.objects.values_list("title", flat=True))
    assert titles == ["Daftar hadir bertanda tangan (1 dari 2)", "Daftar hadir bertanda tangan (2 dari 2)"]


def test_another_length_is_accepted_with_a_reason_alone(client, clerk, activity, session):
    sheet = PrintedSheet.objects.note(session, "kosong", 2, clerk)
    send(client, activity, photo(), sheets=[sheet])
    scan = SignedScan.objects.get()

    refused = client.post(at(activity, "scan_accept", scan.pk), {"reason": " "})

    assert refused.status_code == 422
    assert "Tulis alasannya dengan singkat." in refused.content.decode()
    assert not Evidence.objects.exists()

    client.post(at(activity, "scan_accept", scan.pk), {"reason": "Halaman kedua kosong."})

    scan.refresh_from_db()
    assert (scan.accepted_reason, scan.settled_by) == ("Halaman kedua kosong.", clerk)
    assert Evidence.objects.get().scan == scan
    assert "Halaman kedua" not in str(Entry.objects.get(kind="scan.filed").facts)


def test_the_database_takes_no_other_length_without_a_reason(clerk, session):
    scan = SignedScan.objects.create(
        session=session, nonce=uuid4(), pages=1, pages_printed=2, uploaded_by=clerk
    )

    with pytest.raises(IntegrityError, match="scan_of_other_length_has_a_reason"), transaction.atomic():
        SignedScan.objects.filter(pk=scan.pk).update(settled_at=clock.now(), settled_by=clerk)


def test_a_scan_sent_twice_is_one(client, clerk, activity):
    nonce = uuid4()

    for _ in range(2):
        send(client, activity, photo(), nonce=nonce)

    assert SignedScan.objects.count() == Evidence.objects.count() == 1


def test_what_was_uploaded_by_mistake_is_thrown_away_and_evidence_is_not(client, clerk, activity, session):
    sheet = PrintedSheet.objects.note(session, "kosong", 2, clerk)
    send(client, activity, photo(), sheets=[sheet])
    waiting = SignedScan.objects.get()
    client.post(at(activity, "scan_discard", waiting.pk))
    assert not SignedScan.objects.exists()
    assert StoredFile.objects.unreferenced().exists()

    send(client, activity, photo())
    kept = SignedScan.objects.get()
    answer = client.post(at(activity, "scan_discard", kept.pk), follow=True)

    assert "sudah diterima atau dibuang" in answer.content.decode()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("x.pdf", b"%PDF-1.7\nrusak\n%%EOF\n"), "tidak dapat dihitung"),
        (SimpleUploadedFile("x.html", b"<html>"), "Jenis berkas ini tidak diterima"),
        (SimpleUploadedFile("x.txt", b"Slamet"), "Jenis berkas ini tidak diterima"),
    ],
)
def test_what_is_no_scan_is_refused_beside_the_field(client, clerk, activity, upload, sentence):
    answer = send(client, activity, upload)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SignedScan.objects.exists()


def test_nothing_chosen_is_asked_for(client, clerk, activity):
    answer = send(client, activity)

    assert answer.status_code == 422
    assert "Pilih pindaian atau foto" in answer.content.decode()


def test_closing_names_the_missing_scan_until_it_is_there(client, clerk, activity):
    address = reverse("attendance:desk_close", args=[activity.pk])
    sentence = "Pindaian daftar hadir bertanda tangan belum ada"
    assert sentence in client.get(address).content.decode()

    send(client, activity, photo())

    assert sentence not in client.get(address).content.decode()
    bare = make_activity(kind=make_kind(papers=["notulen"]))
    without = client.get(reverse("attendance:desk_close", args=[bare.pk])).content.decode()
    assert sentence not in without


def test_the_public_sees_no_scan(client, clerk, activity):
    send(client, activity, photo())
    evidence = Evidence.objects.get()
    client.logout()

    assert client.get(evidence.get_absolute_url()).status_code == 404
    page = client.get(reverse("attendance:attendance_list", args=[activity.pk])).content.decode()
    assert "pindaian" not in page.lower()


def test_another_session_s_scan_does_not_stand_for_this_one(client, clerk, activity):
    second = activity.add_session(clock.now())
    send(client, activity, photo())

    text = client.get(reverse("attendance:desk_close", args=[activity.pk])).content.decode()

    scanned = SignedScan.objects.get().session
    missing = (set(activity.sessions.all()) - {scanned}).pop()
    assert f'?sesi={missing.pk}">unggah' in text
    assert f'?sesi={scanned.pk}">unggah' not in text
    assert second in {scanned, missing}


def test_scans_are_for_those_who_keep_the_list(client, activity, village):
    for role, status in ((Role.OPERATOR, 404), (Role.SUPERVISOR, 404), (Role.SECRETARY, 200)):
        client.force_login(factories.make_official(role))
        assert client.get(at(activity)).status_code == status


def test_pages_of_what_is_no_pdf_are_not_counted():
    with pytest.raises(NotCountable):
        count_pages(b"%PDF-1.7 nothing")


def test_internal_evidence_is_named_without_a_link_to_who_may_not_open_it(client, activity, village):
    clerk = factories.make_official(Role.SECRETARY)
    document = activity.add_evidence(photo(), kind="dokumentasi", title="Catatan dalam", by=clerk)
    address = reverse("admin:attendance_activity_change", args=[activity.pk])

    client.force_login(factories.make_official(Role.OPERATOR))
    told = client.get(address).content.decode()
    client.force_login(clerk)
    seen = client.get(address).content.decode()

    assert document.file_name in told
    assert document.get_absolute_url() not in told
    assert document.get_absolute_url() in seen


def test_what_waits_is_in_plain_sight_for_those_whose_it_is(client, clerk, neighbour):
    own = factories.make_region()
    here, beyond, settled = make_activity(region=own), make_activity(), make_activity(region=own)
    with village_scope(neighbour):
        theirs = make_activity(title="Musdes tetangga")
        wait_for_a_word(theirs, pages=1)
    for activity in (here, beyond):
        wait_for_a_word(activity, pages=2)
    wait_for_a_word(settled, pages=3)

    (tray,) = [each for each in waiting_for(clerk) if "Pindaian" in each.label]
    page = client.get(tray.url).text
    assert tray.count == 2
    assert page.count("Yang dicetak 3 halaman, yang diunggah 2: kurang 1.") == 2
    assert f"{at(here)}?sesi={here.sessions.get().pk}" in page
    assert settled.title not in page
    assert theirs.title not in page

    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))
    page = client.get(tray.url).text
    assert here.title in page
    assert beyond.title not in page
    client.force_login(factories.make_resident())
    assert client.get(tray.url).status_code == 403


def wait_for_a_word(activity, *, pages):
    """A scan of so many pages where three were printed."""
    files = [Scanned(photo(color), 1) for color in ("navy", "teal", "olive")[:pages]]
    SignedScan.objects.bring(
        activity.sessions.get(), files, pages_printed=3, nonce=uuid4(), by=factories.make_user()
    )
