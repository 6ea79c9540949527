"""The pages of a budget, and how it gets there through admin."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from announcements.budget.reading import read_budget
from announcements.models import Budget
from partisipasi.residents.models import Follow, Notice, Role
from partisipasi.typeset import NotTypesettable
from tests import factories
from tests.announcements.factories import BUDGET_TABLE, make_budget

YEAR = "/anggaran/2025/"


def sheet(table=BUDGET_TABLE, name: str = "apbdes.csv") -> SimpleUploadedFile:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(table)
    return SimpleUploadedFile(name, out.getvalue().encode())


@pytest.fixture
def treasurer(client, village):
    user = factories.make_official(Role.TREASURER)
    client.force_login(user)
    return user


def test_without_a_budget_the_page_says_what_will_be_there(client, village):
    assert "Belum ada anggaran yang terbit" in client.get("/anggaran/").text
    assert client.get(YEAR).status_code == 404


def test_a_year_says_where_money_comes_from_and_for_what_it_goes(client, village):
    make_budget()

    text = client.get(YEAR).text

    assert "Rp1.000.000,50" in text
    assert "Rp1.200.000,50" in text
    assert "<strong>Rp100.000</strong> untuk Bidang Penyelenggaraan Pemerintahan Desa" in text
    assert "-Rp200.000" in text
    assert "imbang sampai sen terakhir" in text


@pytest.mark.parametrize(
    ("path", "says"),
    [("pendapatan/", "Dana Desa"), ("pembiayaan/", "SILPA Tahun Sebelumnya"), ("belanja/01/", "Bahan bakar")],
)
def test_each_part_shows_its_lines(client, village, path, says):
    make_budget()

    assert says in client.get(YEAR + path).text


@pytest.mark.parametrize("path", ["belanja/09/", "belanja/x/", "?versi=0", "?versi=satu"])
def test_what_is_not_there(client, village, path):
    make_budget()

    assert client.get(YEAR + path).status_code == 404


def test_the_year_before_stands_beside_it(client, village):
    make_budget(year=2024)
    make_budget()

    assert "Tahun 2024" in client.get(YEAR).text


def test_an_older_version_says_that_it_is_old(client, village):
    draft = make_budget(stage="rancangan")
    make_budget()

    text = client.get(f"{YEAR}?versi={draft.pk}").text

    assert "Bukan versi terakhir" in text
    assert f"{YEAR}belanja/01/?versi={draft.pk}" in text
    assert "Bukan versi terakhir" not in client.get(YEAR).text


def test_what_is_not_published_is_for_those_who_work_on_it(client, village, neighbour):
    budget = make_budget(published=False)
    assert client.get(YEAR).status_code == 404

    client.force_login(factories.make_official(Role.TREASURER))
    shown = client.get(YEAR)

    assert "Belum terbit" in shown.text
    assert "no-store" in shown["Cache-Control"]
    client.logout()
    budget.publish()
    assert client.get(YEAR, headers={"host": "tetangga.testserver"}).status_code == 404


def test_a_draft_does_not_stand_in_for_what_is_published(client, treasurer):
    make_budget()
    make_budget(stage="perubahan", published=False)

    assert "Ditetapkan" in client.get(YEAR).text
    assert "Belum terbit" not in client.get(YEAR).text


def test_open_data_has_every_detail(client, village):
    make_budget()

    rows = list(csv.DictReader(io.StringIO(client.get(f"{YEAR}apbdes.csv").content.decode("utf-8-sig"))))
    told = client.get(f"{YEAR}apbdes.json").json()

    assert [row["anggaran"] for row in rows] == ["1000000.50", "700000.00", "500000.50", "200000.00"]
    assert told["lines"] == rows
    assert set(told["columns"]) == set(rows[0])


def test_a_report_says_how_much_of_the_plan_was_spent(client, village):
    spent = {"URAIAN": "REALISASI", "Alat tulis": 350000}
    padded = [[*row, "", "", "", ""][:4] for row in BUDGET_TABLE]
    table = [[*row, spent.get(row[1], "")] for row in padded]
    Budget.objects.take_in(read_budget(table), stage="akhir-tahun").publish()

    text = client.get(YEAR).text

    assert "Rp350.000" in text
    assert "29,2% dari Rp1.200.000,50 yang dianggarkan" in text


def test_many_lines_cost_no_more_statements(client, village, django_assert_max_num_queries):
    make_budget(year=2024, lines=300)
    make_budget(lines=300)

    for path in (YEAR, f"{YEAR}belanja/01/", "/anggaran/", f"{YEAR}apbdes.csv"):
        with django_assert_max_num_queries(8):
            assert client.get(path).status_code == 200


def test_hostile_words_stay_words(client, village):
    table = [list(row) for row in BUDGET_TABLE]
    table[8][1] = "<script>alert(1)</script>"
    Budget.objects.take_in(read_budget(table), stage="ditetapkan", regulation="<b>x</b>").publish()

    for path in (YEAR, f"{YEAR}belanja/01/"):
        assert "<script>alert" not in client.get(path).text
        assert "<b>x</b>" not in client.get(path).text


def test_the_treasurer_sends_looks_and_publishes(client, treasurer):
    told = {"sheet": sheet(), "stage": "ditetapkan", "regulation": "Peraturan Desa Nomor 5 Tahun 2024"}

    sent = client.post(reverse("admin:announcements_budget_add"), told, follow=True)

    budget = Budget.objects.get()
    assert sent.redirect_chain[-1][0] == reverse("admin:announcements_budget_change", args=[budget.pk])
    assert "Pratinjau seperti akan dilihat warga" in sent.text
    assert budget.taken_in_by == treasurer
    assert not budget.published_at
    for _ in range(2):
        client.post(
            reverse("admin:announcements_budget_changelist"),
            {"action": "publish_chosen", "_selected_action": budget.pk},
        )
    budget.refresh_from_db()
    assert budget.published_by == treasurer
    assert client.get(reverse("admin:announcements_budget_delete", args=[budget.pk])).status_code == 403


def test_faults_stand_beside_the_file_and_nothing_is_kept(client, treasurer):
    table = [list(row) for row in BUDGET_TABLE]
    table[6][2] = "1.300.000"

    answer = client.post(
        reverse("admin:announcements_budget_add"),
        {"sheet": sheet(table), "stage": "ditetapkan", "regulation": "Perdes 5"},
    )

    assert "Baris 7:" in answer.text
    assert 'value="Perdes 5"' in answer.text
    assert not Budget.objects.exists()


def test_a_correction_asks_for_its_reason(client, treasurer):
    make_budget()
    table = [list(row) for row in BUDGET_TABLE]
    table[9][1] = "Pelumas"
    add = reverse("admin:announcements_budget_add")

    assert "Tulis alasannya" in client.post(add, {"sheet": sheet(table), "stage": "ditetapkan"}).text
    client.post(add, {"sheet": sheet(table), "stage": "ditetapkan", "reason": "Uraian tertukar"})

    assert Budget.objects.get(version=2).reason == "Uraian tertukar"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rusak", b"\x00\xff" * 50])
def test_what_is_no_table_is_said(client, treasurer, content):
    file = SimpleUploadedFile("apbdes.xlsx", content)

    answer = client.post(reverse("admin:announcements_budget_add"), {"sheet": file, "stage": "ditetapkan"})

    assert answer.status_code == 200
    assert not Budget.objects.exists()


def test_the_fifth_door_leads_to_the_budget(client, village):
    assert "/transparansi/" in client.get("/").text
    assert "/anggaran/" in client.get("/transparansi/").text


@pytest.mark.parametrize(("form", "size"), [("a3", (297, 420)), ("baliho", (3000, 2000))])
def test_the_poster_is_one_page_of_its_size_and_says_what_must_be_shown(client, village, form, size):
    village.complaints_address = "Balai Desa <b>Sukaramah</b> #1"
    village.save()
    make_budget()

    pdf = PdfReader(io.BytesIO(client.get(f"{YEAR}{form}.pdf").content))

    [page] = pdf.pages
    assert tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) == size
    text = " ".join(page.extract_text().split())
    for said in ("Rp1.200.000,50", "Balai Desa <b>Sukaramah</b> #1", "testserver:8000/anggaran/2025/"):
        assert said in text


def test_a_poster_that_cannot_be_set_says_so(client, village, monkeypatch):
    def refuse(*args, **kwargs):
        raise NotTypesettable("no")

    monkeypatch.setattr("announcements.budget.poster.typeset", refuse)
    make_budget()

    assert "Poster tidak dapat dibuat" in client.get(f"{YEAR}a3.pdf", follow=True).text


def test_who_follows_budgets_hears_of_each_once(client, village):
    follower = factories.make_resident()
    Follow.objects.create(user=follower, path="/anggaran/", title="Semua anggaran desa")

    budget = make_budget()
    budget.publish()

    [told] = Notice.objects.filter(recipient=follower)
    assert "APB Desa 2025, ditetapkan" in told.text
    assert told.path == YEAR
