"""What happens to a project: told, reported, late, stopped, handed over."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcements.due import note_late_projects, note_silent_projects
from announcements.models import PROJECT_STATES, NotAsThingsStand, Project
from announcements.projects.timetable import REPORT_EVERY, days_late, drawing, planned_percent
from announcements.projects.work import work_of
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents import handover
from partisipasi.residents.models import Follow, Notice, Role
from tests import factories
from tests.announcements.factories import make_handed_over, make_progress, make_project

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAYS, st.integers(0, 400), st.integers(0, 100), DAYS)
def test_who_keeps_to_the_plan_is_never_late(starts_on, length, percent, on):
    ends_on = starts_on + timedelta(days=length)
    late = days_late(starts_on, ends_on, percent, on)

    assert late >= 0
    if percent >= planned_percent(starts_on, ends_on, on):
        # A day's worth of whole per cents may be lost in rounding, never two weeks.
        assert late == 0 or on > ends_on
    if on > ends_on and percent < 100:
        assert late == (on - ends_on).days
    assert days_late(starts_on, ends_on, 100, on) == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAYS, st.integers(0, 400), DAYS, DAYS, DAYS)
def test_nothing_is_drawn_beside_the_frame(starts_on, length, started_on, until, today):
    drawn = drawing(starts_on, starts_on + timedelta(days=length), started_on, until, today)

    for span in (drawn.planned, drawn.real):
        assert span is not None
        x, width = (float(each.rstrip("%")) for each in (span.x, span.width))
        assert 0 <= x <= 99
        assert 1 <= width <= 100
        assert x + width <= 101


def test_work_is_counted_by_person_and_day():
    row = {"person": 1, "name": "A", "sex": "L", "days": ["d1", "d2"], "half_days": ["d2"], "paid": 150}
    guest = {"person": None, "name": "Siti  B", "sex": "P", "days": ["d2"], "half_days": [], "paid": 100}
    again = guest | {"name": "siti b", "days": ["d3"]}

    work = work_of([row, guest, again])

    assert (work.hok, work.days, work.people, work.men, work.women, work.wages) == (
        Decimal("3.5"),
        3,
        2,
        1,
        1,
        350,
    )


def test_reports_carry_it_from_plan_to_handover(village):
    project = make_project()
    assert project.state == "direncanakan"

    make_progress(project, 0, photos=1)
    assert (project.state, project.started_on) == ("berjalan", clock.today())
    make_progress(project, 100, spent=48_000_000)
    assert (project.state, project.spent) == ("selesai", 48_000_000)
    official = factories.make_user()
    project.hand_over("RT 02", on=clock.today(), by=official, nonce=uuid4())

    project.refresh_from_db()
    assert (project.state, project.handed_to) == ("diserahterimakan", "RT 02")
    assert list(
        Entry.objects.filter(kind__startswith="project.").order_by("number").values_list("kind", flat=True)
    ) == [
        "project.published",
        "project.reported",
        "project.reported",
        "project.handed_over",
    ]
    project.take_back("Belum diperiksa bersama.", by=official, nonce=uuid4())
    assert project.state == "selesai"


def test_the_same_report_twice_is_one(village):
    project, nonce = make_project(), uuid4()

    for _ in range(2):
        make_progress(project, 30, nonce=nonce)

    assert project.events.filter(act="kemajuan").count() == 1
    assert Entry.objects.filter(kind="project.reported").count() == 1


@pytest.mark.parametrize("told", [{"percent": 40}, {"percent": 60, "spent": 100}])
def test_lower_numbers_need_a_reason(village, told):
    project = make_project()
    make_progress(project, 50, spent=1000)
    percent, spent = told["percent"], told.get("spent", 1000)

    with pytest.raises(NotAsThingsStand) as refusal:
        make_progress(project, percent, spent=spent)
    assert "correction" in refusal.value.message_dict
    make_progress(project, percent, spent=spent, correction="Salah ukur.")

    project.refresh_from_db()
    assert (project.percent, project.spent) == (percent, spent)


def test_a_late_report_says_why(village):
    project = make_project(starts_on=clock.today() - timedelta(days=120))
    assert project.state == "terlambat"
    assert project.state_pill == ("danger", "Terlambat 20 hari")

    for percent in (40, 100):
        with pytest.raises(NotAsThingsStand) as refusal:
            make_progress(project, percent)
        assert "delay_reason" in refusal.value.message_dict
    make_progress(project, 40, delay_reason="Batu belum datang.")

    assert project.delay_reason == "Batu belum datang."
    assert Entry.objects.get(kind="project.reported").facts["late_days"] == 20


@pytest.mark.parametrize("days", [1, -1])
def test_a_report_is_of_no_day_to_come_and_of_none_before_the_last(village, days):
    project = make_project()
    make_progress(project, 10)

    with pytest.raises(NotAsThingsStand) as refusal:
        make_progress(project, 20, on=clock.today() + timedelta(days=days))

    assert "on" in refusal.value.message_dict
    assert project.percent == 10


def test_what_does_not_fit_its_state_is_refused(village):
    official = factories.make_user()
    draft, planned, handed = make_project(published=False), make_project(), make_handed_over()

    for project, act in (
        (draft, lambda: make_progress(draft, 10)),
        (planned, lambda: planned.hand_over("RT", on=clock.today(), by=official, nonce=uuid4())),
        (planned, lambda: planned.resume("Ya.", by=official, nonce=uuid4())),
        (handed, lambda: make_progress(handed, 100)),
        (handed, lambda: handed.stop("Ya.", by=official, nonce=uuid4())),
    ):
        before = project.events.count()
        with pytest.raises(NotAsThingsStand):
            act()
        assert project.events.count() == before


def test_stopped_with_its_reason_and_carried_on(village):
    project, official = make_project(), factories.make_user()

    project.stop("Tanahnya longsor.", by=official, nonce=uuid4())
    assert (project.state, project.stopped_reason) == ("dihentikan", "Tanahnya longsor.")
    with pytest.raises(NotAsThingsStand):
        make_progress(project, 10)
    project.resume("Tanah sudah ditata.", by=official, nonce=uuid4())

    assert (project.state, project.stopped_reason) == ("direncanakan", "")


def test_the_database_keeps_a_stopped_project_from_saying_nothing(village):
    project = make_project()

    with pytest.raises(IntegrityError, match="a_stopped_project_says_why"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(stopped_on=clock.today())


def test_what_was_told_does_not_change_silently(village):
    project, official = make_project(), factories.make_user()
    before, project.cost = project.cost, Decimal(60_000_000)

    with pytest.raises(NotAsThingsStand):
        project.revise(by=official)
    project.revise(by=official, reason="Harga semen naik.")

    assert "Rp50.000.000 menjadi Rp60.000.000. Harga semen naik." in project.events.get(act="perubahan").text
    facts = Entry.objects.get(kind="project.changed").facts
    assert (Decimal(facts["cost_before"]), Decimal(facts["cost"])) == (before, project.cost)


def test_a_draft_changes_without_a_word(village):
    project = make_project(published=False)
    project.cost = Decimal(1)

    project.revise(by=factories.make_user())

    assert not project.events.exists()


def test_names_that_are_taken_get_the_next_address(village):
    slugs = [make_project(name=name).slug for name in ("Talut", "Talut", "Peta", "!!!")]

    assert slugs == ["talut", "talut-2", "peta-2", "pembangunan"]


def test_each_state_is_found_as_it_is_shown(village):
    long_ago = clock.today() - timedelta(days=60)
    running, stopped, done = make_project(), make_project(), make_project()
    make_progress(running, 20)
    make_progress(done, 100)
    stopped.stop("Longsor.", by=factories.make_user(), nonce=uuid4())
    make_project()
    make_handed_over()
    make_project(starts_on=long_ago)
    make_project(starts_on=clock.today() - REPORT_EVERY)
    make_project(starts_on=clock.today() - timedelta(days=101))

    today = clock.today()
    for state in PROJECT_STATES:
        found = set(Project.objects.published().in_state(state, today))
        assert found == {each for each in Project.objects.published() if each.state == state}
        assert found


def test_time_tells_once_who_answers_for_a_late_project_and_for_a_silent_one(village):
    head, leader = factories.make_official(Role.VILLAGE_HEAD), factories.make_official(Role.PROJECT_TEAM)
    project = make_project()
    with clock.at(clock.now() + timedelta(days=15)):
        assert [note_silent_projects() for _ in range(2)] == [1, 0]
        assert note_late_projects() == 0
    with clock.at(clock.now() + timedelta(days=91)):
        assert [note_late_projects() for _ in range(2)] == [1, 0]
        assert note_silent_projects() == 0
        make_progress(project, 90, delay_reason="Hujan.")
    with clock.at(clock.now() + timedelta(days=120)):
        assert note_late_projects() == 0
        assert [note_silent_projects() for _ in range(2)] == [1, 0]

    assert Entry.objects.filter(kind="project.deadline_missed").count() == 1
    for official in (head, leader):
        told = Notice.objects.filter(recipient=official, kind="project").values_list("text", flat=True)
        assert sum(text.startswith("Terlambat") for text in told) == 1
        assert sum(text.startswith("Belum ada laporan") for text in told) == 2


def test_who_follows_hears_of_each_report(village):
    project, follower = make_project(), factories.make_resident()
    Follow.objects.create(user=follower, path=project.get_absolute_url(), title=str(project))

    make_progress(project, 35)

    assert "Kemajuan 35%" in Notice.objects.get(recipient=follower).text


def test_an_office_hands_its_open_projects_on(village):
    former, successor = factories.make_person(), factories.make_person()
    project, done = make_project(person=former), make_handed_over(person=former)

    handover.pass_on(former, successor)

    project.refresh_from_db()
    done.refresh_from_db()
    assert (project.person, done.person) == (successor, former)
    assert former.name not in project.events.get(act="serah-tugas").text
