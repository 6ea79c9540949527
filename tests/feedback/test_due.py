"""What time alone makes of reports; nobody clicks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import due
from feedback.models import Report
from feedback.models.deadlines import FOLLOW_UP_DAYS, VERIFY_DAYS
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Person, Role
from partisipasi.village.models import Holiday
from partisipasi.village.working_days import Calendar
from tests.factories import make_official, make_resident
from tests.threads import at_once

from .factories import make_petugas, make_report

FRIDAY = datetime(2026, 9, 4, 8, tzinfo=UTC)


def missed():
    return list(
        Entry.objects.filter(kind="report.deadline_missed")
        .order_by("number")
        .values_list("facts__stage", flat=True)
    )


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T03:00:00+00:00")


@pytest.fixture
def report(village):
    with clock.at(FRIDAY):
        return make_report(reporter=make_resident())


def test_a_broken_promise_is_told_once_to_everybody_and_to_the_record(report):
    petugas = make_petugas()
    with clock.at(on("2026-09-09")):
        assert due.note_missed_deadlines() == 0
    with clock.at(on("2026-09-10")):
        assert due.note_missed_deadlines() == 1
        assert due.note_missed_deadlines() == 0
    with clock.at(on("2026-10-20")):
        assert due.note_missed_deadlines() == 2
        assert due.note_missed_deadlines() == 0

    assert missed() == ["verify", "follow_up", "done"]
    told = [event.text for event in report.events.for_everybody() if event.act == "missed"]
    assert told[0] == "Tenggat verifikasi terlampaui: seharusnya Rabu, 9 September 2026."
    assert Notice.objects.filter(recipient=petugas, text__contains="melewati tenggat").count() == 2


def test_a_verb_that_comes_too_late_notes_the_broken_promise_itself(report):
    with clock.at(on("2026-09-10")):
        report.verify(by=make_petugas())
        assert due.note_missed_deadlines() == 0

    assert missed() == ["verify"]
    verified = Entry.objects.get(kind="report.verified")
    assert verified.facts["on_time"] is False


def test_late_is_counted_in_working_days(report):
    report.verify(by=make_petugas())
    calendar = Holiday.objects.calendar()

    assert report.late_days(calendar, date(2026, 9, 11)) == 0
    assert report.late_days(calendar, date(2026, 9, 13)) == 0
    assert report.late_days(calendar, date(2026, 9, 16)) == 3
    assert list(Report.objects.late(date(2026, 9, 16))) == [report]
    assert not Report.objects.late(date(2026, 9, 11))


def test_a_holiday_added_later_leaves_the_promise_as_it_was(report):
    Holiday.objects.create(on="2026-09-08", name="Libur desa", kind=Holiday.Kind.LOCAL)
    with clock.at(FRIDAY):
        other = make_report()
        report.note_progress("Mulai dikerjakan.", by=make_petugas())

    report.refresh_from_db()
    assert f"{report.done_due_on}" == "2026-09-24"
    assert f"{other.done_due_on}" == "2026-09-25"
    assert report.calendar_digest != other.calendar_digest


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    closed=st.sets(st.dates(date(2026, 1, 1), date(2027, 4, 30)), max_size=25),
    six=st.booleans(),
    number=st.sampled_from([VERIFY_DAYS, FOLLOW_UP_DAYS, 14, 60]),
)
def test_due_dates_agree_with_a_calendar_walked_by_hand(start, closed, six, number):
    open_days = [
        day
        for ahead in range(1, 300)
        if (day := start + timedelta(days=ahead)) not in closed and day.isoweekday() <= (6 if six else 5)
    ]

    assert Calendar(frozenset(closed), six).add_working_days(start, number) == open_days[number - 1]


def test_the_officer_is_reminded_one_working_day_before(report):
    petugas, kaur = make_petugas(), make_official(Role.TREASURER)
    with clock.at(on("2026-09-08")):
        assert due.remind() == 1
        assert due.remind() == 0
    report.assign(to=Person.objects.of(kaur), by=petugas)
    with clock.at(on("2026-09-23")):
        assert due.remind() == 1
        assert due.remind() == 0

    to_kaur = Notice.objects.filter(recipient=kaur, text__startswith="Tenggat jawaban")
    assert to_kaur.get().text == f"Tenggat jawaban laporan {report.code}: Kamis, 24 September 2026."
    assert Notice.objects.filter(recipient=petugas, text__startswith="Tenggat verifikasi").count() == 1


def test_silence_closes_an_answered_report_after_ten_working_days(report):
    with clock.at(FRIDAY):
        report.answer("Lampu sudah diganti.", by=make_petugas())
    with clock.at(on("2026-09-18")):
        assert due.close_silent() == 0
    with clock.at(on("2026-09-19")):
        assert due.close_silent() == 1
        assert due.close_silent() == 0

    report.refresh_from_db()
    assert report.closed_how == "waktu"
    assert Notice.objects.filter(recipient=report.reporter, text__endswith="sudah selesai.").exists()


def test_holidays_lengthen_the_wait_for_a_reply(report):
    Holiday.objects.create(on="2026-09-08", name="Libur desa", kind=Holiday.Kind.LOCAL)
    with clock.at(FRIDAY):
        report.answer("Lampu sudah diganti.", by=make_petugas())

    assert f"{report.closes_on}" == "2026-09-21"


def test_a_reply_at_the_last_moment_keeps_the_report_open(report):
    with clock.at(FRIDAY):
        report.answer("Lampu sudah diganti.", by=make_petugas())
    with clock.at(on("2026-09-18")):
        report.reply("Masih padam.")
    with clock.at(on("2026-12-18")):
        assert due.close_silent() == 0


def test_an_answered_or_settled_report_breaks_no_promise(report):
    petugas = make_petugas()
    with clock.at(FRIDAY):
        report.answer("Sudah.", by=petugas)
        other = make_report()
        other.reject("Ganda.", by=petugas)
    with clock.at(on("2026-12-18")):
        assert due.note_missed_deadlines() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_note_and_close_once(village):
    petugas = make_petugas()
    with clock.at(FRIDAY):
        late, silent = make_report(), make_report()
        silent.answer("Sudah.", by=petugas)

    def run():
        with clock.at(on("2026-11-02")):
            return due.note_missed_deadlines(), due.close_silent()

    outcomes = at_once(village, run, run)

    assert sum(noted for noted, _ in outcomes) == 3
    assert sum(closed for _, closed in outcomes) == 1
    assert late.events.filter(act="missed").count() == 3
    assert silent.events.filter(act="closed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once(village):
    petugas = make_petugas()
    with clock.at(FRIDAY):
        report = make_report()

    def run():
        with clock.at(on("2026-09-08")):
            return due.remind()

    assert sorted(at_once(village, run, run)) == [0, 1]
    reminders = Notice.objects.filter(
        recipient=petugas, text__startswith=f"Tenggat verifikasi laporan {report.code}"
    )
    assert reminders.count() == 1


def test_sessions_that_are_over_are_deleted_with_what_they_had_opened(client, village):
    from django.contrib.sessions.models import Session

    client.post("/aspirasi/lacak/", {"code": "x", "pin": "x"})
    over = Session.objects.create(
        session_key="lewat", session_data="x", expire_date=datetime(2020, 1, 1, tzinfo=UTC)
    )

    due.forget_opened()

    assert not Session.objects.filter(pk=over.pk).exists()
