import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import docx
import pdfplumber
import pytest
from django.urls import reverse

from attendance import minutes_paper
from attendance.agreement import REPRESENTATIVES, agreement_of, as_docx, as_pdf
from attendance.document import Table
from attendance.models import Minutes
from partisipasi import clock
from partisipasi.printed import plain
from partisipasi.residents.models import Role
from tests import factories, hostile
from tests.attendance.factories import make_activity, make_attendance, make_kind, make_minutes

FRIDAY = datetime(2023, 12, 22, 2, tzinfo=UTC)


@pytest.fixture
def minutes(village):
    with clock.at(FRIDAY):
        kind = make_kind(papers=["notulen", "laporan"])
        activity = make_activity(title="Musdes RKP Desa", names_public=True, kind=kind)
        for name in ("Darmini", "Paijo <b>"):
            make_attendance(activity, name=name, address="Jalan Melati 1", sex="P")
        return make_minutes(activity)


def words_of(content: bytes) -> list[str]:
    """All that a DOCX says, in the order of its XML: paragraphs, tables and foot."""
    word = docx.Document(BytesIO(content))
    body = "\n".join(
        "".join(_piece(node) for node in paragraph.iter())
        for paragraph in word.element.body.iter()
        if paragraph.tag.endswith("}p")
    )
    foot = " ".join(paragraph.text for paragraph in word.sections[0].footer.paragraphs)
    return _words(f"{body}\n{foot}")


def _piece(node) -> str:
    if node.tag.endswith("}t"):
        return node.text or ""
    return "\n" if node.tag.endswith("}br") else ""


def words_of_pdf(content: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return _words("\n".join(page.extract_text() for page in pdf.pages))


def _words(text: str) -> list[str]:
    return re.findall(r"\w{2,}", text.replace("\u200b", ""))


def test_pdf_and_docx_say_the_same(minutes):
    in_word, on_paper = words_of(as_docx(minutes)), words_of_pdf(as_pdf(minutes))

    assert set(in_word) == set(on_paper)
    said = " ".join(in_word)
    for phrase in (
        "BERITA ACARA MUSDES RKP DESA",
        "Jumat tanggal dua puluh dua bulan Desember tahun dua ribu dua puluh tiga",
        "Lampu jalan dipasang di delapan titik",
        "Slamet Riyadi dari BPD",
    ):
        assert phrase in said


def test_the_list_is_attached_as_a_table_for_everybody(minutes):
    word = docx.Document(BytesIO(as_docx(minutes)))

    *_, representatives, facts, attached = word.tables

    assert len(representatives.rows) == REPRESENTATIVES + 1
    assert "Tempat" in [row.cells[0].text for row in facts.rows]
    assert [row.cells[1].text for row in attached.rows] == ["Nama", "Darmini", "Paijo <b>"]
    assert "Jalan Melati" not in " ".join(words_of(as_docx(minutes)))
    assert "Jalan Melati" not in " ".join(words_of_pdf(as_pdf(minutes)))


def test_names_that_are_not_public_stay_off_it(village):
    activity = make_activity(names_public=False)
    make_attendance(activity, name="Darmini")
    minutes = make_minutes(activity)

    assert "Darmini" not in words_of(as_docx(minutes))
    assert "Darmini" not in words_of_pdf(as_pdf(minutes))


def test_a_list_that_still_changes_is_not_attached(village):
    activity = make_activity(names_public=True)
    make_attendance(activity, name="Darmini")
    minutes = make_minutes(activity, published=False)

    assert "Darmini" not in words_of(as_docx(minutes))
    assert len([each for each in agreement_of(minutes).blocks if isinstance(each, Table)]) == 1


def test_its_foot_says_where_the_record_proves_it(minutes):
    foot = docx.Document(BytesIO(as_docx(minutes))).sections[0].footer.paragraphs[0].text

    assert re.search(r"Catatan publik: nomor \d+, [0-9a-f]{16,}", foot)


def test_equal_agreements_are_equal_bytes(minutes):
    with clock.at(FRIDAY + timedelta(days=1)):
        first = as_docx(minutes)
    with clock.at(FRIDAY + timedelta(days=9)):
        assert as_docx(minutes) == first


def test_whatever_was_typed_is_text(village):
    activity = make_activity(title=hostile.MARKUP[0], names_public=True)
    for text in hostile.HOSTILE:
        if "\x00" not in text and 0 < len(text.strip()) <= 120:
            make_attendance(activity, name=text)
    minutes = make_minutes(activity)

    word = docx.Document(BytesIO(as_docx(minutes)))

    written = [row.cells[1].text for row in word.tables[-1].rows][1:]
    assert written == [
        plain(name) for name in activity.sessions.get().attendances.in_order().values_list("name", flat=True)
    ]


def test_everybody_has_the_published_one_and_writers_the_draft(client, minutes):
    published = reverse("attendance:agreement_docx", args=[minutes.activity_id])
    answer = client.get(published)
    draft = reverse("attendance:agreement_docx", args=[make_minutes(published=False).activity_id])

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="berita-acara-musdes-rkp-desa.docx"'
    assert published in client.get(minutes.activity.get_absolute_url()).text
    assert client.get(draft).status_code == 404
    client.force_login(factories.make_official(Role.SECRETARY))
    assert client.get(draft).status_code == 200


def test_the_minutes_are_a_paper_for_those_who_read_their_page(client, minutes):
    address = reverse("attendance:minutes_pdf", args=[minutes.activity_id])
    draft = reverse("attendance:minutes_pdf", args=[make_minutes(published=False).activity_id])

    said = " ".join(words_of_pdf(client.get(address).content))

    assert address in client.get(minutes.get_absolute_url()).text
    assert "NOTULEN MUSDES RKP DESA" in said
    assert "Usulan dusun Warga meminta lampu jalan didahulukan" in said
    assert "Talut Dusun Krajan diselesaikan" in said
    assert "Retno Wulandari" in said
    assert "Perbaikan" not in said
    assert client.get(draft).status_code == 404


def test_the_paper_tells_how_published_minutes_were_corrected(minutes):
    by = factories.make_user()
    writing = replace(minutes.writing, noted_by="Sugeng")
    Minutes.objects.write(
        minutes.activity, writing, version=1, nonce=uuid4(), by=by, reason="Notulisnya keliru."
    )
    minutes.refresh_from_db()

    said = " ".join(words_of_pdf(minutes_paper.as_pdf(minutes)))

    assert "Notulisnya keliru" in said
    assert "Sugeng" in said


def test_the_report_has_all_its_parts_and_is_due_after_seven_working_days(client, minutes):
    address = reverse("attendance:report_pdf", args=[minutes.activity_id])

    said = " ".join(words_of_pdf(client.get(address).content))

    for phrase in (
        "LAPORAN PENYELENGGARAAN MUSDES RKP DESA",
        "Waktu dan tempat",
        "Daftar hadir orang",
        "Agenda Pembukaan Usulan dusun",
        "Keputusan Lampu jalan dipasang",
        "Lampiran Notulen Berita acara nomor",
    ):
        assert phrase in said
    page = minutes.get_absolute_url()
    assert "Tenggatnya" not in client.get(page).text
    client.force_login(factories.make_official(Role.SECRETARY))
    assert "Tenggatnya Selasa, 2 Januari 2024" in client.get(page).text
