"""BPD's book of what residents want: every aspiration has its line, and nobody is told more than the portal shows."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from feedback import bpd_book
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Body, Membership, Role
from tests.attendance.factories import make_kind
from tests.factories import make_body, make_official, make_person, make_region

from .factories import make_petugas, make_released, make_report

MARCH = datetime(2026, 3, 4, 3, tzinfo=UTC)
BOOK = "/kegiatan/buku-bpd/2026/aspirasi"


@pytest.fixture
def chair(client, village):
    user = make_official(Role.BPD_CHAIR)
    client.force_login(user)
    return user


def rows_of(client):
    answer = client.get(f"{BOOK}.xlsx")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1:]


def test_each_aspiration_has_its_line_with_what_became_of_it(client, chair):
    officer = make_petugas()
    with clock.at(MARCH):
        hamlet = make_region(name="Krajan")
        region = make_region(name="01", level_word="RT", parent=hamlet)
        lamp = make_released(
            by=officer,
            kind="aspirasi",
            region=region,
            title="Lampu jalan",
            person=make_person(name="Wagiyo Rahasia"),
        )
    with clock.at(MARCH + timedelta(days=2)):
        lamp.answer("Lampu dipasang bulan depan.", by=officer)
        make_report(kind="aspirasi", title="=HYPERLINK(1)")
        make_released(by=officer, kind="pengaduan", title="Saluran mampet")

    shown, kept = rows_of(client)

    assert shown[1:3] == ["4 Maret 2026", "Dusun Krajan"]
    assert lamp.public_title in shown[3]
    assert shown[4] == "Menunggu tanggapan pelapor"
    assert shown[5] == "6 Maret 2026, Petugas Pengaduan: Lampu dipasang bulan depan."
    assert shown[6] == lamp.code
    assert kept[0] == "2"
    assert kept[2:] == ["", "(tidak ditampilkan untuk umum)", "Menunggu verifikasi", "", ""]
    assert "Wagiyo" not in str((shown, kept))


def test_it_is_printed_across_and_signed_by_bpd(client, chair, village):
    kind = make_kind(in_bpd_books=True)
    kind.signatories.create(text="Ketua BPD", body_kind="bpd", position="Ketua")
    Membership.objects.create(
        body=make_body(kind=Body.Kind.BPD), person=make_person(name="Slamet Ketua"), position="Ketua"
    )
    with clock.at(MARCH):
        make_released(kind="aspirasi", title="Lampu jalan")

    answer = client.get(f"{BOOK}.pdf")

    assert answer.status_code == 200
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        page = pdf.pages[0]
        said = " ".join(word["text"] for word in page.extract_words())
    assert page.width > page.height
    for phrase in ("BUKU DATA ASPIRASI MASYARAKAT TAHUN 2026", "Jumlah: 1 aspirasi.", "Slamet Ketua"):
        assert phrase in said


def test_it_has_the_years_of_this_village_and_no_held_reports(client, chair, neighbour):
    with clock.at(MARCH):
        held = make_report(kind="aspirasi")
        held.held_at = MARCH
        held.save()
    with village_scope(neighbour), clock.at(MARCH):
        make_report(kind="aspirasi")

    assert bpd_book.years() == []
    assert client.get(f"{BOOK}.pdf").status_code == 404

    with clock.at(MARCH - timedelta(days=365)):
        make_report(kind="aspirasi")
    assert bpd_book.years() == [2025]
    assert "Buku Data Aspirasi Masyarakat" in client.get("/kegiatan/buku-bpd/").text


def test_a_petugas_has_no_right_to_bpds_books(client, village):
    make_report(kind="aspirasi")
    client.force_login(make_petugas())

    assert client.get(f"{BOOK}.xlsx").status_code == 403
