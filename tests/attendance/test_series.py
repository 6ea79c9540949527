"""Regular meetings: by a rule, each an activity of its own."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.models import Activity, ActivitySeries, Postponement, Refusal
from attendance.recurrence import LAST, MOST, Every, Recurrence
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Person, Role
from partisipasi.village.models import Holiday
from tests import factories
from tests.attendance.factories import make_activity, make_invitation, make_kind, make_series

NOW = datetime(2026, 8, 3, 1, tzinfo=UTC)  # Monday
NEW = reverse("attendance:series_new")


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(NOW):
        yield


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize(
    ("rule", "days", "words"),
    [
        (
            Recurrence(Every.WEEKDAY, weekday=1, nth=2),
            ["2026-08-11", "2026-09-08", "2026-10-13"],
            "Setiap bulan, Selasa kedua",
        ),
        (
            Recurrence(Every.DAY, day=10),
            ["2026-08-10", "2026-09-10", "2026-10-10"],
            "Setiap bulan, tanggal 10",
        ),
        (Recurrence(Every.DAY, day=LAST), ["2026-08-31", "2026-09-30"], "Setiap bulan, hari terakhir"),
        (
            Recurrence(Every.WEEKDAY, weekday=4, nth=LAST, interval=2),
            ["2026-08-28"],
            "Setiap 2 bulan, Jumat terakhir",
        ),
    ],
)
def test_days_of_the_month_are_those_of_the_rule(rule, days, words):
    assert [day.isoformat() for day in rule.dates(date(2026, 8, 3), date(2026, 10, 13))] == days
    assert rule.words == words


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(Every),
    st.integers(0, 6),
    st.sampled_from([1, 2, 3, 4, LAST]),
    st.sampled_from([*range(1, 29), LAST]),
    st.integers(1, 6),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_every_day_is_within_the_span_and_such_a_day(every, weekday, nth, day, interval, first):
    last = first + timedelta(days=731)
    dates = Recurrence(every, weekday, nth, day, interval).dates(first, last)

    assert dates == sorted(set(dates))
    assert 0 < len(dates) <= MOST
    assert all(first <= each <= last for each in dates)
    if every != Every.DAY:
        assert {each.weekday() for each in dates} == {weekday}
    elif day != LAST:
        assert {each.day for each in dates} == {day}


# What a series does


def test_each_day_is_an_activity_of_its_own(village):
    series = make_series()

    first, second = series.activities.order_by("starts_at")
    assert (first.state, first.title, first.series_on) == ("draf", "Posyandu Melati", date(2026, 8, 10))
    assert first.sessions.get().time_text == "08.00–11.00 WIB"
    first.title, first.venue = "Posyandu dan imunisasi", "Polindes"
    first.save()
    second.refresh_from_db()
    assert (second.title, second.venue) == ("Posyandu Melati", "Balai Dusun")


def test_the_seats_of_another_gathering_are_copied_and_each_reminded_later(village):
    guest, other = factories.make_resident(), make_activity()
    other.invite(Person.objects.get(user=guest), by=factories.make_user())
    make_invitation(other).withdraw("Pindah.", factories.make_user())
    heard = len(told(guest))

    series = make_series(like=other, announced=True)

    assert [each.invitations.count() for each in series.activities.all()] == [1, 1]
    assert len(told(guest)) == heard + 1


def test_ending_calls_off_what_is_to_come_and_leaves_what_was(village):
    guest, by = factories.make_resident(), factories.make_user()
    series = make_series(announced=True, dates=[date(2026, 8, 10), date(2026, 9, 10), date(2026, 10, 10)])
    for each in series.activities.all():
        each.invite(Person.objects.get(user=guest), by=by)
    heard = len(told(guest))
    with clock.at(datetime(2026, 8, 20, tzinfo=UTC)):
        assert series.end("Kader pindah.", by) == 2
        assert series.end("Lagi.", by) == 0

    first, *rest = Activity.objects.order_by("starts_at")
    assert first.cancelled_at is None
    assert [each.cancelled_reason for each in rest] == ["Kader pindah."] * 2
    assert told(guest)[heard:] == ["Rangkaian diakhiri: Posyandu Melati. 2 kegiatan berikutnya dibatalkan."]
    assert Entry.objects.get(kind="series.ended").facts["cancelled"] == 2


def test_drafts_are_announced_together(village):
    series = make_series()
    series.activities.order_by("starts_at").first().cancel("Salah.", factories.make_user())

    assert series.announce_all(factories.make_user()) == 1
    assert series.announce_all(factories.make_user()) == 0


def test_a_series_goes_on_with_the_seats_of_its_last_day_and_each_day_once(village):
    by = factories.make_user()
    series = make_series(like=make_invitation(make_activity()).activity)

    assert series.goes_on_from == date(2026, 9, 11)
    assert series.extend([date(2026, 9, 10), date(2026, 10, 10)], by=by, announced=True) == 1
    assert series.extend([date(2026, 10, 10)], by=by) == 0

    third = series.activities.get(series_on=date(2026, 10, 10))
    assert (third.title, third.invitations.count()) == ("Posyandu Melati", 1)
    assert third.announced_at
    series.end("Selesai.", by)
    with pytest.raises(Refusal, match="sudah diakhiri"):
        series.extend([date(2026, 11, 10)], by=by)


def test_every_second_week_stays_every_second_week(village):
    series = make_series(every=Every.WEEK, weekday=0, interval=2, dates=[date(2026, 7, 20)])

    assert series.goes_on_from == date(2026, 8, 3)
    assert series.extend([date(2026, 8, 3)], by=factories.make_user()) == 1
    assert series.goes_on_from == date(2026, 8, 17)


def test_the_work_room_names_series_that_run_out(village):
    secretary = factories.make_official(Role.SECRETARY)
    make_series(dates=[date(2026, 9, 10)])
    ending = make_series(dates=[date(2026, 8, 10)])

    assert list(ActivitySeries.objects.running_out()) == [ending]
    waiting = {tray.label: tray.count for tray in waiting_for(secretary)}
    assert waiting["Rangkaian yang hampir habis"] == 1


# Pages


def answers(**fields):
    told = {
        "title": "Rapat LPM",
        "venue": "Balai Desa",
        "every": "hari",
        "interval": 1,
        "weekday": 1,
        "nth": 2,
    }
    told |= {"day": 1, "begins": "19:30", "ends": "", "first_on": "2026-08-03", "last_on": "2026-10-31"}
    return told | {"nonce": str(uuid4())} | fields


def test_the_days_are_seen_before_anything_is_made(client, clerk):
    kind = make_kind()
    Holiday.objects.create(on=date(2026, 9, 8), name="Sedekah Bumi", kind=Holiday.Kind.LOCAL)

    page = client.post(NEW, answers(kind=kind.pk, lihat="1"))

    assert page.status_code == 200
    for sentence in ("Selasa, 11 Agustus 2026", "Selasa, 8 September 2026 · libur: Sedekah Bumi"):
        assert sentence in page.text
    assert 'value="Rapat LPM"' in page.text
    assert not Activity.objects.exists()


def test_the_days_that_are_left_become_activities_once(client, clerk):
    sent = answers(kind=make_kind().pk, buat="1", dates=["2026-08-11", "2026-10-13", "2026-10-14"])

    first = client.post(NEW, sent)
    second = client.post(NEW, sent)

    series = ActivitySeries.objects.get()
    assert first.url == second.url == series.get_absolute_url()
    days = series.activities.order_by("starts_at").values_list("series_on", flat=True)
    assert [day.isoformat() for day in days] == ["2026-08-11", "2026-10-13"]
    page = client.get(series.get_absolute_url()).text
    assert "Setiap bulan, Selasa kedua, 19.30 WIB s.d. selesai" in page
    assert "Draf" in page
    assert "Rapat LPM" in client.get(reverse("attendance:series_list")).text

    client.post(reverse("attendance:series_announce", args=[series.pk]))
    assert Activity.objects.announced().count() == 2
    client.post(reverse("attendance:series_end", args=[series.pk]), {"reason": "LPM berganti."})
    assert Activity.objects.filter(cancelled_at__isnull=False).count() == 2


def test_further_days_are_seen_before_they_are_made_and_sent_twice_are_made_once(client, clerk):
    series = make_series()
    page = reverse("attendance:series_extend", args=[series.pk])
    told = {"last_on": "2026-11-30", "nonce": str(uuid4())}

    assert "Dilanjutkan mulai Jumat, 11 September 2026" in client.get(page).text
    seen = client.post(page, told | {"lihat": "1"})
    assert "Sabtu, 10 Oktober 2026" in seen.text
    assert series.activities.count() == 2
    sent = told | {"buat": "1", "dates": ["2026-10-10"], "announced": "on"}
    assert [client.post(page, sent).status_code for _ in range(2)] == [302, 302]

    assert series.activities.count() == 3
    assert client.post(page, told | {"last_on": "2026-09-01"}).status_code == 422
    assert client.post(page, told | {"buat": "1"}).status_code == 422
    series.end("Selesai.", clerk)
    assert "sudah diakhiri" in client.get(page).text


def test_series_and_postponements_are_read_in_the_work_room_and_changed_nowhere_there(client, clerk):
    series = make_series(announced=True)
    session = series.activities.first().sessions.get()
    later = session.starts_at + timedelta(days=1)
    how = {"reason": "Balai dipakai.", "by": clerk, "nonce": uuid4()}
    moved = Postponement.objects.move(session, later, venue=session.venue_text, **how)

    for name, row in (("activityseries", series), ("postponement", moved)):
        assert "Posyandu Melati" in client.get(reverse(f"admin:attendance_{name}_changelist")).text
        page = client.get(reverse(f"admin:attendance_{name}_change", args=[row.pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.text
        assert client.get(reverse(f"admin:attendance_{name}_add")).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Tulis judulnya"),
        ({"kind": "9999"}, "Masukkan pilihan"),
        ({"first_on": "2026-08-01"}, "sudah lewat"),
        ({"last_on": "2026-08-02"}, "sesudah tanggal mulai"),
        ({"last_on": "2036-08-02"}, "paling lama dua tahun"),
        ({"last_on": "2026-08-05"}, "Tidak ada tanggal yang cocok"),
        ({"ends": "19:00"}, "sesudah waktu mulai"),
        ({"buat": "1"}, "Centang sedikitnya satu"),
        ({"weekday": "9"}, "Masukkan pilihan"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, clerk, wrong, sentence):
    answer = client.post(NEW, answers(**{"kind": make_kind().pk} | wrong))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Activity.objects.exists()


def test_a_hamlet_head_begins_series_of_his_hamlet_alone(client, village):
    own, other = factories.make_region(), factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))
    sent = answers(kind=make_kind().pk, buat="1", dates=["2026-08-11"])

    assert client.post(NEW, sent).status_code == 422
    assert client.post(NEW, sent | {"region": other.pk}).status_code == 422
    assert client.post(NEW, sent | {"region": own.pk}).status_code == 302

    elsewhere = make_series(region=other)
    for name in ("series_detail", "series_extend", "series_end"):
        assert client.get(reverse(f"attendance:{name}", args=[elsewhere.pk])).status_code == 404


def test_residents_and_other_villages_find_nothing(client, village, neighbour):
    series = make_series()
    client.force_login(factories.make_resident())
    assert client.get(NEW).status_code == 403
    assert client.get(series.get_absolute_url()).status_code == 404
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))
    elsewhere = client.get(series.get_absolute_url(), headers={"host": "tetangga.testserver"})
    assert elsewhere.status_code == 404
