import csv
from io import BytesIO, StringIO

import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from attendance.models import ActivityKind, Guest
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories, hostile
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind

NAMES = ["sheet_print", "sheet_css", "sheet_pdf", "sheet_xlsx", "sheet_csv"]


@pytest.fixture
def activity(village):
    return make_activity()


def at(activity, name):
    return reverse(f"attendance:{name}", args=[activity.pk])


def words(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as book:
        return "\n".join(page.extract_text() for page in book.pages)


def cells(xlsx: bytes) -> list:
    rows = CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    return [cell for row in rows for cell in row]


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_sheet_is_for_officials_alone(client, activity, name):
    make_attendance(activity, name="Darmini")
    address = at(activity, name)

    assert client.get(address).status_code == 302
    client.force_login(factories.make_resident())
    assert client.get(address).status_code == 404
    client.force_login(factories.make_official(Role.OPERATOR))
    assert client.get(address).status_code == 404
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()))
    assert client.get(address).status_code == 404
    client.force_login(factories.make_official(Role.SUPERVISOR))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_officials_of_another_village_find_nothing(client, activity, neighbour, name):
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))

    assert client.get(at(activity, name)).status_code == 404
    assert client.get(at(activity, name), headers={"host": "tetangga.testserver"}).status_code == 404


def test_the_printed_page_has_the_sheet_and_the_choices(client, activity, clerk):
    make_attendance(activity, name="Darmini", address="Jalan Melati 1")

    text = client.get(at(activity, "sheet_print")).content.decode()

    assert "Darmini" in text
    assert "Jalan Melati 1" in text
    assert "daftar-hadir.pdf" in text


def test_pdf_and_spreadsheet_hold_the_same_list(client, activity, clerk):
    make_attendance(activity, name="Darmini", sex="P")
    make_attendance(activity, name="Warsito", sex="L")
    activity.close(clerk)

    pdf = client.get(at(activity, "sheet_pdf"))
    xlsx = client.get(at(activity, "sheet_xlsx"))

    assert pdf["Content-Disposition"].startswith('attachment; filename="daftar-hadir-musyawarah-nomor')
    assert "no-store" in pdf["Cache-Control"]
    text = words(pdf.content)
    for part in (
        "DAFTAR HADIR",
        "Darmini",
        "Warsito",
        "Jumlah hadir: 2 orang (L: 1, P: 1)",
        "Halaman 1 dari 1",
    ):
        assert part in text
    assert {"Darmini", "Warsito"} <= set(cells(xlsx.content))


def test_the_csv_is_the_table_in_letters_that_spreadsheets_know_and_without_formulas(client, clerk):
    seat = make_invitation(
        activity := make_activity(kind=make_kind(columns=["number", "name", "phone", "signature"])),
        whom=factories.make_person(name="Sukarno"),
    )
    make_attendance(activity, name="=1+1", phone="+6281234567")
    activity.sessions.get().check_in(Guest("Ratmi, S.Pd."), stands_for=seat, by=clerk)

    answer = client.get(at(activity, "sheet_csv"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["No.", "Nama", "No. HP"],
        ["1", "'=1+1", "'+6281234567"],
        ["2", "Ratmi, S.Pd. (mewakili Sukarno)", ""],
    ]


@pytest.mark.parametrize("query", [{"isi": "kosong", "baris": "3"}, {"kertas": "f4", "arah": "mendatar"}])
def test_choices_reach_the_pdf(client, activity, clerk, query):
    make_attendance(activity, name="Darmini")

    answer = client.get(at(activity, "sheet_pdf"), query)

    with pdfplumber.open(BytesIO(answer.content)) as book:
        page = book.pages[0]
        text = page.extract_text()
        landscape = page.width > page.height
    assert ("Darmini" in text) == (query.get("isi") != "kosong")
    assert landscape == (query.get("arah") == "mendatar")


@pytest.mark.parametrize(
    "query",
    [
        {"baris": "-1"},
        {"baris": "501"},
        {"baris": "banyak"},
        {"kertas": "a3"},
        {"isi": "semua"},
        {"kolom": "nik"},
    ],
)
@pytest.mark.parametrize("name", ["sheet_print", "sheet_pdf", "sheet_xlsx", "sheet_csv"])
def test_a_bad_choice_says_so(client, activity, clerk, name, query):
    answer = client.get(at(activity, name), query)

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()


def test_an_unknown_session_is_not_found(client, activity, clerk):
    for chosen in ("0", "abc", make_activity().sessions.get().pk):
        assert client.get(at(activity, "sheet_pdf"), {"sesi": chosen}).status_code == 404


def test_hostile_texts_are_only_texts_on_paper_and_page(client, village, clerk):
    ActivityKind.objects.seed()
    activity = make_activity(
        kind=make_kind(columns=["number", "name", "role", "address", "institution", "phone", "signature"]),
        title=hostile.MARKUP[0],
        agenda=hostile.MARKUP[3],
        venue=hostile.TYPST[0],
        description=hostile.MARKUP[1],
    )
    for text in (text.replace("\x00", "") for text in hostile.HOSTILE if text.strip()):
        unsur = factories.make_unsur(name=f"{text[:70]} {len(text)}-{hash(text) % 10_000}")
        make_attendance(
            activity,
            name=text[:120],
            address=text[:200],
            institution=text[:120],
            phone=text[:16],
            unsur=unsur,
        )

    page = client.get(at(activity, "sheet_print")).content.decode()
    desk = client.get(at(activity, "desk")).content.decode()
    public = client.get(activity.get_absolute_url()).content.decode()
    pdf = client.get(at(activity, "sheet_pdf"))
    xlsx = client.get(at(activity, "sheet_xlsx"))

    for html in (page, desk, public):
        assert "<script>alert(1)</script>" not in html
        assert "<img src=x" not in html
        assert "<svg onload" not in html
    assert pdf.status_code == xlsx.status_code == 200
    assert "root:" not in words(pdf.content)
    assert "=1+1" in cells(xlsx.content)


def test_a_longer_list_costs_no_more_queries(client, village, clerk):
    activity = make_activity(kind=make_kind(columns=["name", "role", "hamlet", "neighbourhood"]))
    hamlet = factories.make_region()

    def fill(number):
        for _ in range(number):
            rt = factories.make_region(level_word="RT", parent=hamlet)
            person = factories.make_person(region=rt, unsur=factories.make_unsur())
            invitation = make_invitation(activity, by=clerk, whom=person)
            activity.sessions.get().check_in(invitation=invitation, by=clerk)

    def count(**query):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(activity, "sheet_print"), query).status_code == 200
        return len(queries)

    client.get(at(activity, "sheet_print"))
    fill(1)
    one = count(), count(isi="undangan")
    fill(5)

    assert (count(), count(isi="undangan")) == one
