"""The demo as it is loaded: once for all tests of this file, in a transaction that is rolled back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from announcements.models import (
    PROJECT_STATES,
    Article,
    DocumentVersion,
    ExemptInformation,
    Project,
    PublicDocument,
)
from announcements.projects.work import work_of
from attendance import bpd_books
from attendance.models import (
    Activity,
    ActivitySeries,
    Attendance,
    Evidence,
    FollowUp,
    FollowUpEvent,
    LateArrival,
    Minutes,
    PayList,
    Postponement,
    SignedScan,
    total_of,
)
from feedback.models import Act, Report
from forums.models import Post, Topic
from partisipasi import clock
from partisipasi.db import every_village, village_scope
from partisipasi.ledger import wording
from partisipasi.ledger.models import Entry
from partisipasi.portal.demo.founding import PASSWORD, ROLES
from partisipasi.portal.models import PrivacyRequest
from partisipasi.residents.models import Appointment, Consent, User, VerificationLetter
from partisipasi.village.models import Village
from tests.portal.crawler import broken_links, walk

ACCOUNTS = [*ROLES, "warga", "warga2", "wargabaru", "tetangga"]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def opened(demo, django_db_blocker):
    with django_db_blocker.unblock():
        yield


# Marked, so that the test database is made where one of these tests runs alone too; each is undone within the demo's
# transaction.
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]


def test_it_is_loaded_into_nothing_that_holds_anything(village):
    before = Village.objects.count()

    with pytest.raises(CommandError):
        call_command("load_demo", verbosity=0)

    assert Village.objects.count() == before


def test_two_villages_have_lived_a_year(opened):
    with every_village():
        assert Village.objects.count() == 2
        assert Article.objects.count() == 41
        assert Activity.objects.filter(series__isnull=True).count() == 35
        assert 1580 <= Attendance.objects.count() <= 1720
        assert Post.objects.filter(topic__forum__isnull=True).count() == 400
        assert Topic.objects.listed().count() == 60
        assert Post.objects.replies().filter(topic__forum__isnull=False).count() >= 600
        assert Report.objects.count() == 80


def test_each_village_resolved_things_of_which_some_are_done_some_run_and_some_are_late(opened):
    for village in Village.objects.all():
        with village_scope(village):
            assert Minutes.objects.published().count() in {2, 5}
            counts = FollowUp.objects.counts(clock.today())
            assert min(counts["selesai"], counts["berjalan"], counts["terlambat"]) >= 1


def test_tasks_changed_hands_a_scan_lacks_a_page_and_a_report_is_late(opened):
    village = Village.objects.order_by("pk").first()
    with village_scope(village):
        assert FollowUpEvent.objects.filter(act="dialihkan", former_person__isnull=False).count() == 1
        assert FollowUpEvent.objects.filter(act="dibuka-lagi").count() == 1
        assert [scan.pages_printed - scan.pages for scan in SignedScan.objects.waiting()] == [1]
        assert Activity.objects.with_late_report().filter(report_missed_at__isnull=False).count() == 1
        assert Evidence.objects.filter(kind="risalah").count() == 1
        assert len(bpd_books.meetings_of(bpd_books.years()[0])) >= 1


def test_two_whom_a_desk_without_a_network_wrote_down_wait_for_the_secretary(opened):
    village = Village.objects.order_by("pk").first()
    with village_scope(village):
        waiting = LateArrival.objects.waiting().select_related("session__activity")

        assert len(waiting) == 2
        assert {late.session.activity.closed_at is None for late in waiting} == {False}


def test_one_list_came_as_a_spreadsheet_and_the_names_of_an_old_one_are_gone(opened):
    village = Village.objects.order_by("pk").first()
    with village_scope(village):
        old, kept = (
            Activity.objects.get(pk=Entry.objects.get(pk=each.pk).facts["activity"])
            for each in Entry.objects.filter(kind="attendance.imported").order_by("number")
        )

        assert (old.names_gone != "", kept.names_gone) == (True, "")
        assert set(Attendance.objects.filter(session__activity=old).values_list("name", flat=True)) == {""}
        assert Attendance.objects.filter(session__activity=kept).exclude(name="").count() == 9
        assert Attendance.objects.filter(session__activity=kept, person__isnull=False).count() == 2
        assert old.sessions.get().counts["present"] == 9


def test_laws_changed_each_other_and_one_exemption_has_ended(opened):
    with every_village():
        assert PublicDocument.objects.published().count() == 26
    with village_scope(Village.objects.order_by("pk").first()):
        today = clock.today()
        laws = PublicDocument.objects.laws().with_law_state(today)
        assert set(laws.values_list("law_state", flat=True)) >= {"berlaku", "diubah", "dicabut"}
        assert DocumentVersion.objects.exclude(withdrawn_at=None).count() == 1
        assert ExemptInformation.objects.standing().count() == 3
        assert ExemptInformation.objects.past_term(today).count() == 1


def test_no_row_points_into_the_other_village(opened):
    call_command("check_villages", verbosity=0)


def test_the_record_of_both_villages_holds(opened):
    call_command("verify_ledger", verbosity=0)
    for village in Village.objects.all():
        with village_scope(village):
            times = list(Entry.objects.order_by("number").values_list("at", flat=True))
            assert len(times) > 100
            assert times == sorted(times)
            assert set(Entry.objects.values_list("kind", flat=True)) <= wording.registered_kinds()


@pytest.mark.parametrize("username", ACCOUNTS)
def test_every_demo_account_signs_in(opened, username):
    user = User.objects.get(username=username)

    assert user.check_password(PASSWORD)


def test_some_things_wait_some_are_hidden_and_some_are_still_to_come(opened):
    with every_village():
        assert Post.objects.waiting().exists()
        assert Post.objects.filter(hidden_at__isnull=False, moderations__reason__gt="").exists()
        assert Article.objects.scheduled().exists()
        assert Article.objects.drafts().exists()
        assert Article.objects.archived().exists()
        assert Activity.objects.upcoming().exists()
        assert set(Activity.objects.values_list("kind__code", flat=True)) == {
            "musdes",
            "musrenbangdes",
            "musdus",
            "rapat-bpd",
            "pelatihan",
            "sosialisasi",
            "kerja-bakti",
            "padat-karya",
            "rapat-kader",
        }


def test_a_musdes_was_called_again_a_meeting_comes_every_month_and_one_list_of_wages_waits(opened):
    with village_scope(Village.objects.order_by("pk").first()):
        steps = Postponement.objects.for_quorum().order_by("at")
        assert [each.step for each in steps] == ["skors", "ulang"]
        assert ActivitySeries.objects.get().activities.upcoming().exists()
        assert PayList.objects.waiting().count() == 1
        roads = PayList.objects.get(activity__title__contains="Jalan Usaha Tani")
        assert total_of(roads.lines()) == 62 * 95_000


def test_projects_stand_in_every_state_and_one_counts_its_days_of_work(opened):
    with village_scope(Village.objects.order_by("pk").first()):
        assert {project.state for project in Project.objects.published()} == set(PROJECT_STATES)
        road = Project.objects.with_page(AnonymousUser()).get(name__startswith="Rabat Jalan Usaha Tani")
        assert work_of(road.wages).hok == 62
        assert len(road.budget_lines) == 3


def test_reports_stand_in_every_state_and_some_are_late(opened):
    with every_village():
        assert {report.state[1] for report in Report.objects.all()} >= {
            "Menunggu verifikasi",
            "Didisposisikan",
            "Sedang diproses",
            "Menunggu tanggapan pelapor",
            "Selesai",
            "Ditolak",
            "Diteruskan",
        }
        assert Report.objects.filter(events__act=Act.MISSED).distinct().count() >= 5
        assert Report.objects.filter(closed_how="waktu").exists()
        assert not Report.objects.released().filter(disclosure="rahasia").exists()


def test_offices_changed_hands_and_letters_were_printed(opened):
    with every_village():
        assert Appointment.objects.filter(deputy_for__isnull=False).count() == 2
        assert Appointment.objects.filter(until_on__isnull=False, deputy_for__isnull=True).count() == 1
        assert VerificationLetter.objects.open().count() >= 10


def test_people_asked_about_their_data_and_one_still_waits(opened):
    with every_village():
        assert set(PrivacyRequest.objects.values_list("decision", flat=True)) == {
            "",
            "dilaksanakan",
            "ditolak",
        }
        assert Consent.objects.standing().count() > 20


def test_its_pages_open_for_a_visitor(opened):
    client = Client(headers={"host": "localhost"})
    with every_village():
        article = Article.objects.published().filter(village__name="Sendanglaras").first()
        activity = Activity.objects.past().filter(village__name="Sendanglaras").first()

    for address in (
        "/",
        "/informasi/",
        "/kegiatan/",
        article.get_absolute_url(),
        activity.get_absolute_url(),
    ):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "username", ["", "warga", "sekretaris", "operator", "moderator", "kadus", "bpd", "admin"]
)
def test_no_link_leads_nowhere(opened, username):
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    starts = ["/", "/tentang/gaya/"]
    if username:
        client.force_login(User.objects.get(username=username))
        starts.append("/akun/")
    if username in ROLES:
        starts.append("/admin/")

    assert broken_links(client, starts) == {}


MOST_STATEMENTS, MOST_BYTES = 8, 15_000


def test_every_public_page_takes_few_statements_and_weighs_little(opened):
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)

    pages = [visit for visit in walk(client, ["/"], of_a_kind=3) if visit.is_page]

    assert len(pages) > 25
    assert {page.address: page.statements for page in pages if page.statements > MOST_STATEMENTS} == {}
    assert {page.address: page.weight for page in pages if page.weight > MOST_BYTES} == {}
