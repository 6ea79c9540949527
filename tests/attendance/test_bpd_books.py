"""BPD's books: made from its own sessions, by year, for those whose office lets them see the lists."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from attendance import bpd_books
from attendance.models import ActivityKind
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Body, Membership, Role
from tests import factories
from tests.attendance.factories import make_activity, make_invitation, make_kind, make_minutes

PAGE = "/kegiatan/buku-bpd/"
MARCH = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def kind(village):
    return make_kind(in_bpd_books=True, quorum="2/3")


def met(kind, *, at=MARCH, published=True, **fields):
    """A session of BPD to which a member came, another did not, and a guest looked in."""
    with clock.at(at):
        bpd = Body.objects.filter(kind="bpd").first() or factories.make_body(kind="bpd")
        chair, absent = factories.make_person(name="Slamet Ketua"), factories.make_person(name="Retno Absen")
        for person, position in ((chair, "Ketua"), (absent, "Anggota")):
            Membership.objects.create(body=bpd, person=person, position=position)
        activity = make_activity(
            kind=kind, starts_at=at - timedelta(hours=1), ends_at=at, **{"title": "Rapat BPD Air"} | fields
        )
        seats = [make_invitation(activity, whom=person) for person in (chair, absent)]
        session = activity.sessions.get()
        session.check_in(invitation=seats[0], by=factories.make_user())
        session.check_in(factories.make_person(name="=Tamu()"), by=factories.make_user())
        return make_minutes(activity, published=published)


def words_of(answer):
    assert answer.status_code == 200
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        return " ".join(word["text"] for page in pdf.pages for word in page.extract_words()), pdf.pages[0]


def rows_of(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_list_book_names_who_came_and_who_did_not(client, clerk, kind):
    met(kind)

    said, page = words_of(client.get(f"{PAGE}2026/daftar-hadir.pdf"))

    assert page.width < page.height
    for phrase in (
        "BUKU DAFTAR HADIR RAPAT BPD TAHUN 2026",
        "1. Rapat BPD Air",
        "Slamet Ketua Ketua BPD",
        "Diundang dan tidak hadir: Retno Absen.",
        "Kursi undangan terisi: 1 dari 2.",
    ):
        assert phrase in said
    rows = rows_of(client.get(f"{PAGE}2026/daftar-hadir.xlsx"))
    assert [(row[6], row[7], row[9]) for row in rows[1:]] == [
        ("Slamet Ketua", "Ketua BPD", ""),
        ("=Tamu()", "", "tamu"),
        ("Retno Absen", "", "tidak hadir"),
    ]


def test_the_minutes_book_lies_across_and_holds_what_is_published_alone(client, clerk, kind):
    met(kind)
    draft = met(kind, at=MARCH + timedelta(days=30), published=False, title="Rapat BPD Jalan")
    with clock.at(MARCH + timedelta(days=31)):
        draft.activity.close(clerk)

    said, page = words_of(client.get(f"{PAGE}2026/notulen.pdf"))

    assert page.width > page.height
    assert "2. Rapat BPD Jalan" in said
    assert said.count("Warga meminta lampu jalan didahulukan.") == 1
    assert said.count("Notulen belum terbit.") == 1
    rows = rows_of(client.get(f"{PAGE}2026/notulen.xlsx"))
    assert [row[5] for row in rows[1:]] == ["Acara", "Acara", "Keputusan", "Keputusan", ""]


def test_only_closed_sessions_of_bpd_in_that_year_stand_in_it(client, clerk, kind, neighbour):
    met(kind)
    met(kind, at=MARCH - timedelta(days=365), title="Rapat tahun lalu")
    met(make_kind(), title="Musyawarah lain")
    with clock.at(MARCH):
        make_activity(kind=kind, title="Belum ditutup")
    with village_scope(neighbour):
        met(make_kind(in_bpd_books=True), title="Rapat tetangga")

    assert [each.activity.title for each in bpd_books.meetings_of(2026)] == ["Rapat BPD Air"]
    assert bpd_books.years() == [2026, 2025]
    page = client.get(PAGE).text
    assert "Rapat BPD Air" in page
    assert "Notulen terbit" in page
    assert "Rapat tahun lalu" in client.get(PAGE, {"tahun": 2025}).text
    assert client.get(PAGE, {"tahun": 1999}).status_code == 422
    for path in ("2024/notulen.pdf", "2026/kas.pdf", "2026/kas.xlsx"):
        assert client.get(PAGE + path).status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_a_longer_year_takes_as_many_statements(client, clerk, kind, number, django_assert_max_num_queries):
    for each in range(number):
        met(kind, at=MARCH + timedelta(days=each))

    with django_assert_max_num_queries(25):
        client.get(PAGE)


def test_the_page_says_what_fills_the_books_and_is_found_by_officials(client, clerk):
    assert "Belum ada buku BPD" in client.get(PAGE).text
    assert PAGE in client.get("/kegiatan/").text

    client.force_login(factories.make_official(Role.PROJECT_TEAM))
    assert PAGE not in client.get("/kegiatan/").text


def test_a_village_begins_with_its_bpd_sessions_in_these_books(village):
    ActivityKind.objects.seed()

    assert [kind.code for kind in ActivityKind.objects.filter(in_bpd_books=True)] == ["rapat-bpd"]
