"""The pages of projects, and how officials work on them."""

import csv
import gzip
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from announcements.models import Project
from partisipasi import clock
from partisipasi.residents.models import Person, Role
from tests import factories
from tests.announcements.factories import (
    make_budget,
    make_handed_over,
    make_progress,
    make_project,
    make_upload,
)
from tests.attendance import factories as attendance
from tests.feedback import factories as feedback
from tests.portal.test_style import static_bytes

LIST = "/pembangunan/"


def report_path(project: Project) -> str:
    return f"{project.get_absolute_url()}kemajuan/baru/"


def told(**fields):
    return {
        "on": clock.today().isoformat(),
        "percent": "45",
        "spent": "Rp 20.000.000",
        "text": "Pondasi selesai.",
        "nonce": str(uuid4()),
    } | fields


@pytest.fixture
def team(client, village):
    user = factories.make_official(Role.PROJECT_TEAM)
    client.force_login(user)
    return user


def test_without_a_project_the_list_says_what_will_be_there(client, village):
    assert "Belum ada pembangunan yang diumumkan" in client.get(LIST).text
    assert LIST in client.get("/transparansi/").text


def test_the_list_adds_up_what_was_chosen(client, village):
    hamlet = factories.make_region()
    here, elsewhere = make_project(region=hamlet), make_project(year=2024)
    make_progress(here, 20, spent=5_000_000)
    make_project(published=False, name="Belum diumumkan siapa pun")

    whole = client.get(LIST).text
    assert "2 pembangunan" in whole
    assert "Rp100.000.000" in whole
    assert "Belum diumumkan siapa pun" not in whole
    for chosen in (f"?dusun={hamlet.pk}", "?tahun=2025", "?keadaan=berjalan"):
        text = client.get(LIST + chosen).text
        assert here.name in text
        assert elsewhere.name not in text
    assert client.get(f"{LIST}?tahun=1999").status_code == 422


def test_a_page_tells_all_of_a_project(client, village):
    minutes = attendance.make_minutes(by=factories.make_official(Role.SECRETARY))
    resolution = minutes.activity.resolutions.order_by("number").first()
    make_budget()
    project = make_project(budget_codes=["01.01.04", "09.09.09"], resolution=resolution)
    make_progress(project, 100, spent=51_000_000, photos=1)

    text = client.get(project.get_absolute_url()).text

    assert resolution.text in text
    assert "Alat tulis" in text
    assert "/anggaran/2025/belanja/01/" in text
    assert "Kegiatan 09.09.09 belum ada dalam anggaran 2025 yang terbit" in text
    assert "lebih dari rencana" in text
    assert 'alt="Keadaan 100%"' in text
    assert "Foto keadaan 0% dan 50% diharapkan" in text
    assert "Belum ada upah" in text
    assert "Tulis tanggapan" in text


def test_the_budget_leads_back_to_the_project(client, village, django_assert_max_num_queries):
    make_budget()
    for _ in range(3):
        project = make_project(budget_codes=["01.01.04"])

    with django_assert_max_num_queries(8):
        text = client.get("/anggaran/2025/belanja/01/").text

    assert project.get_absolute_url() in text


def test_wages_paid_at_its_activities_are_counted(client, village):
    clerk = factories.make_official(Role.SECRETARY)
    activity = attendance.make_activity()
    worker = attendance.make_attendance(activity)
    pay_list = attendance.make_pay_list(activity, by=clerk, basis="hok", rate=100_000)
    activity.close(clerk)
    project = make_project()
    project.activities.add(activity)
    assert "Belum ada upah" in client.get(project.get_absolute_url()).text

    pay_list.settle(clerk)
    text = client.get(f"{project.get_absolute_url()}?baru").text

    assert "<strong>1 HOK</strong>" in text
    assert "Rp100.000" in text
    assert worker.name not in text


def test_a_draft_is_for_those_who_work_on_it(client, village, neighbour):
    project = make_project(published=False)
    path = project.get_absolute_url()
    assert client.get(path).status_code == 404

    client.force_login(factories.make_official(Role.PROJECT_TEAM))
    shown = client.get(path)
    assert "Belum diumumkan" in shown.text
    assert "no-store" in shown["Cache-Control"]
    client.logout()
    project.publish(by=factories.make_user())
    assert client.get(path).status_code == 200
    assert client.get(path, headers={"host": "tetangga.testserver"}).status_code == 404


def test_many_rows_cost_no_more_statements(client, village, django_assert_max_num_queries):
    project = make_project()
    for percent in range(1, 30):
        make_progress(project, percent)
        make_project()

    for path in (LIST, project.get_absolute_url(), f"{LIST}pembangunan.csv", f"{LIST}umpan.atom"):
        with django_assert_max_num_queries(8):
            answer = client.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < 60_000


def test_progress_is_told_with_photos_from_the_site(client, team):
    project = make_project()
    form = told(photo_1=make_upload(), alt_1="Talut 20 meter")

    for _ in range(2):
        assert client.post(report_path(project), form).status_code == 302
        form["photo_1"] = make_upload()

    project.refresh_from_db()
    assert (project.percent, project.spent) == (45, 20_000_000)
    assert project.events.get(act="kemajuan").photos.get().alt == "Talut 20 meter"
    assert 'alt="Talut 20 meter"' in client.get(project.get_absolute_url()).text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("percent", "101", "0 sampai 100"),
        ("percent", "", "Tulis berapa persen"),
        ("spent", "banyak", "Tulis rupiah"),
        ("text", "", "Tulis apa yang sudah dikerjakan"),
        ("on", "2999-01-01", "Pilih hari ini atau sebelumnya"),
        ("on", "besok", "Tulis tanggal"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_nothing_is_kept(client, team, field, value, says):
    project = make_project()

    answer = client.post(report_path(project), told(**{"delay_reason": "Hujan deras", field: value}))

    assert answer.status_code == 422
    assert says in answer.text
    assert "Hujan deras" in answer.text
    assert not project.events.filter(act="kemajuan").exists()


def test_a_photo_without_words_and_a_file_that_is_none(client, team):
    project = make_project()

    silent = client.post(report_path(project), told(photo_1=make_upload()))
    assert "Tulis apa yang tampak pada foto ini" in silent.text
    assert "Pilih lagi fotonya" in silent.text
    assert not project.events.filter(act="kemajuan").exists()


def test_who_carries_it_out_reports_it_and_a_stranger_does_not(client, village):
    leader, stranger = factories.make_resident(), factories.make_resident()
    project = make_project(person=Person.objects.of(leader))

    client.force_login(stranger)
    assert client.get(report_path(project)).status_code == 403
    client.force_login(leader)
    assert client.post(report_path(project), told()).status_code == 302


def test_a_hamlet_head_reports_in_his_hamlet_alone(client, village):
    hamlet = factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=hamlet))

    assert client.get(report_path(make_project(region=hamlet))).status_code == 200
    assert client.get(report_path(make_project(region=factories.make_region()))).status_code == 403
    assert client.get(report_path(make_project())).status_code == 403


@pytest.mark.parametrize(
    ("act", "form", "state"),
    [
        ("hentikan", {"reason": "Longsor."}, "dihentikan"),
        ("serah-terima", {"on": "today", "to": "RT 02"}, "diserahterimakan"),
    ],
)
def test_the_treasurer_stops_and_hands_over(client, village, act, form, state):
    client.force_login(factories.make_official(Role.TREASURER))
    project = make_project()
    if act == "serah-terima":
        assert "sesudah kemajuannya 100%" in client.get(f"{project.get_absolute_url()}{act}/").text
        make_progress(project, 100)
    path = f"{project.get_absolute_url()}{act}/"
    form = {key: clock.today().isoformat() if value == "today" else value for key, value in form.items()}

    assert client.post(path, {"nonce": uuid4()}).status_code == 422
    assert client.post(path, form | {"nonce": uuid4()}).status_code == 302

    project.refresh_from_db()
    assert project.state == state


def test_the_paper_of_the_handover_is_there_to_read(client, village):
    project = make_handed_over()

    assert "Berita acara serah terima" in client.get(project.get_absolute_url()).text
    paper = client.get(f"{project.get_absolute_url()}serah-terima/berkas/")
    assert b"".join(paper).startswith(b"%PDF")
    project.take_back("Keliru.", by=factories.make_user(), nonce=uuid4())
    assert client.get(f"{project.get_absolute_url()}serah-terima/berkas/").status_code == 404


def test_open_data_and_the_feed_have_what_the_page_has(client, village):
    project = make_project(location="=SUM(A1)", latitude="-7.5", longitude="109.1")
    make_progress(project, 30, spent=7)

    rows = list(csv.DictReader(io.StringIO(client.get(f"{LIST}pembangunan.csv").content.decode("utf-8-sig"))))
    data = client.get(f"{LIST}pembangunan.json").json()

    assert rows[0]["letak"] == "'=SUM(A1)"
    assert (rows[0]["persen"], rows[0]["terpakai"], rows[0]["lintang"]) == ("30", "7.00", "-7.500000")
    assert set(data["columns"]) == set(rows[0])
    assert "Kemajuan 30%" in client.get(f"{LIST}umpan.atom").text


def test_hostile_words_stay_words(client, village):
    bad = "<script>alert(1)</script>"
    project = make_project(name=bad, location=bad, description=bad, unit=bad)
    make_progress(project, 10, text=bad)

    for path in (LIST, project.get_absolute_url(), f"{LIST}umpan.atom"):
        assert "<script>alert" not in client.get(path).text


def plan(**fields):
    today = clock.today()
    return {
        "name": "Rabat beton RT 01",
        "year": 2025,
        "field": "02",
        "location": "Gang 3",
        "volume": "120",
        "unit": "meter",
        "pattern": "swakelola",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
        "cost": "75000000",
    } | fields


def test_admin_plans_publishes_and_asks_why_a_told_plan_changes(client, village):
    client.force_login(factories.make_official(Role.TREASURER))
    make_budget()
    form = plan(body=factories.make_body().pk, budget_codes=["2025/01.01.04"])

    client.post(reverse("admin:announcements_project_add"), form)
    project = Project.objects.get()
    assert (project.budget_codes, project.published_at) == (["01.01.04"], None)
    for _ in range(2):
        chosen = {"action": "publish_chosen", "_selected_action": project.pk}
        client.post(reverse("admin:announcements_project_changelist"), chosen)
    change = reverse("admin:announcements_project_change", args=[project.pk])
    assert "Tulis alasannya" in client.post(change, form | {"cost": "80000000"}).text
    client.post(change, form | {"cost": "80000000", "reason": "Semen naik."})

    project.refresh_from_db()
    assert project.cost == 80_000_000
    assert project.events.filter(act="terbit").count() == 1
    assert "Semen naik." in client.get(project.get_absolute_url()).text
    assert client.get(reverse("admin:announcements_project_delete", args=[project.pk])).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget_codes": ["2024/01.01.04"]},
        {"ends_on": "2000-01-01"},
        {"latitude": "-7.5"},
        {"pattern": "pihak-ketiga"},
        {"body": ""},
    ],
)
def test_admin_refuses_a_plan_that_does_not_hold(client, village, wrong):
    client.force_login(factories.make_official(Role.TREASURER))
    make_budget(year=2024)

    answer = client.post(
        reverse("admin:announcements_project_add"), plan(body=factories.make_body().pk) | wrong
    )

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not Project.objects.exists()


def test_the_map_has_its_points_and_the_list_beside_it(client, village, django_assert_max_num_queries):
    with_point = make_project(latitude="-7.512345", longitude="109.123456")
    without = make_project()

    with django_assert_max_num_queries(8):
        answer = client.get(f"{LIST}peta/")

    assert 'data-latitude="-7.512345" data-longitude="109.123456"' in answer.text
    assert with_point.get_absolute_url() in answer.text
    assert without.get_absolute_url() in answer.text
    assert "tanpa titik pada peta" in answer.text


@pytest.mark.parametrize("tiles", ["", "https://tile.example.id/{z}/{x}/{y}.png"])
def test_the_map_asks_nobody_but_the_host_of_its_tiles(client, village, settings, tiles):
    settings.MAP_TILES = tiles
    make_project(latitude="-7.5", longitude="109.1")

    policy = client.get(f"{LIST}peta/")["Content-Security-Policy"]
    images = next(part for part in policy.split("; ") if part.startswith("img-src"))

    assert images == "img-src 'self' data:" + (" https://tile.example.id" if tiles else "")
    assert "tile.example.id" not in client.get(LIST)["Content-Security-Policy"]


def test_a_first_visit_of_the_map_moves_less_than_the_budget(client, village):
    page = client.get(f"{LIST}peta/").content
    asked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))

    assert "leaflet/leaflet.js" in asked
    assert sum(len(gzip.compress(static_bytes(name))) for name in asked) + len(gzip.compress(page)) < 80_000


def test_residents_report_about_a_project(client, village):
    project = make_project()
    petugas = feedback.make_petugas()

    form = client.get(f"/aspirasi/baru/?jenis=pengaduan&pembangunan={project.slug}").text
    assert f'<option value="{project.slug}" selected>' in form
    shown = feedback.make_released(by=petugas, project=project)
    feedback.make_report(project=project, title="Belum diperiksa siapa pun")
    text = client.get(project.get_absolute_url()).text

    assert shown.public_title in text
    assert "Belum diperiksa siapa pun" not in text
    assert project.get_absolute_url() in client.get(shown.get_absolute_url()).text
