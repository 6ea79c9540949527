from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from attendance.month import Month
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from partisipasi.village.models import Holiday
from tests import factories, hostile
from tests.attendance.factories import make_activity, make_kind

MONTH = "/kegiatan/kalender/"
FEED = "/kegiatan/kalender.ics"
NOVEMBER = datetime(2026, 11, 24, 2, tzinfo=UTC)  # 09.00 WIB
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


def events(answer):
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def cell_of(text, day):
    """What stands in the calendar on that day."""
    return text.split(f'datetime="{day}"')[1].split("</td>")[0]


def test_a_month_is_written_and_counted():
    assert Month.read("2026-11").name == "November 2026"
    assert str(Month(2026, 12).after) == "2027-01"
    assert str(Month(2026, 1).before) == "2025-12"
    assert Month(2026, 11).weeks[0][0] == date(2026, 10, 26)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-1", "26-11", "1999-12", "2100-01", "0000-01", "x", "2026-11-1"]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match=r"month|match|unconverted|range"):
        Month.read(text)


def test_activities_stand_on_their_days_in_the_village_s_own_time(client, village):
    make_activity(title="Musdes", starts_at=datetime(2026, 11, 25, 22, tzinfo=UTC))  # 05.00 on the 26th
    make_activity(
        title="Bulan depan", starts_at=datetime(2026, 11, 30, 18, tzinfo=UTC)
    )  # 01.00 on 1 December
    make_activity(title="Draf", announced=False, starts_at=NOVEMBER + timedelta(days=1))

    text = client.get(MONTH).text

    assert "Musdes" in cell_of(text, "2026-11-26")
    assert "05.00" in cell_of(text, "2026-11-26")
    assert "Bulan depan" not in text
    assert "Draf" not in text
    assert "<caption>November 2026</caption>" in text
    assert "Hari ini" in cell_of(text, "2026-11-24")
    assert "Bulan depan" in cell_of(client.get(f"{MONTH}?bulan=2026-12").text, "2026-12-01")


def test_a_sitting_over_several_days_stands_on_each(client, village):
    begins = datetime(2026, 11, 10, 9, tzinfo=JAKARTA)
    make_activity(title="Kemah", starts_at=begins, ends_at=datetime(2026, 11, 12, 0, 0, tzinfo=JAKARTA))

    text = client.get(MONTH).text

    assert "09.00" in cell_of(text, "2026-11-10")
    assert "lanjutan" in cell_of(text, "2026-11-11")
    assert "Kemah" not in cell_of(text, "2026-11-12")


def test_officials_see_drafts_and_everybody_what_was_called_off(client, village):
    make_activity(title="Rencana", announced=False, starts_at=NOVEMBER + timedelta(days=1))
    make_activity(title="Batal").cancel("Banjir.", by=factories.make_user())

    assert "(dibatalkan)" in cell_of(client.get(MONTH).text, "2026-11-24")
    client.force_login(factories.make_official(Role.SECRETARY))
    assert "(draf)" in cell_of(client.get(MONTH).text, "2026-11-25")


def test_months_are_leafed_through_as_far_as_something_is(client, village):
    make_activity(starts_at=datetime(2026, 10, 5, tzinfo=JAKARTA))
    make_activity(starts_at=datetime(2026, 12, 5, tzinfo=JAKARTA))

    text = client.get(MONTH).text
    assert 'rel="prev" href="?bulan=2026-10"' in text
    assert 'rel="next" href="?bulan=2026-12"' in text

    text = client.get(f"{MONTH}?bulan=2026-12").text
    assert 'rel="prev" href="?bulan=2026-11"' in text
    assert 'rel="next"' not in text


@pytest.mark.parametrize("text", ["2026-13", "kemarin", "<script>alert(1)</script>"])
def test_a_month_that_is_none_is_told(client, village, text):
    answer = client.get(MONTH, {"bulan": text})

    assert answer.status_code == 422
    assert "November 2026" in answer.text
    assert "<script>alert" not in answer.text


def test_an_empty_month_and_holidays_are_told(client, village):
    Holiday.objects.create(on=date(2026, 11, 17), name="Hari Jadi Desa", kind="lokal")

    text = client.get(MONTH).text

    assert "Belum ada kegiatan" in text
    assert "Hari Jadi Desa" in cell_of(text, "2026-11-17")


def test_another_village_s_activities_stand_in_no_calendar_of_ours(client, village, neighbour):
    with village_scope(neighbour):
        there = make_activity(title="Di sana")

    assert "Di sana" not in client.get(MONTH).text
    assert events(client.get(FEED)) == []
    assert client.get(f"/kegiatan/{there.pk}/kalender.ics").status_code == 404


def test_the_feed_tells_each_sitting_with_its_zone(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"
    activity = make_activity(
        title="Musdes, RKP; tahap 1",
        venue="Balai Desa",
        starts_at=NOVEMBER,
        ends_at=NOVEMBER + timedelta(hours=2),
    )

    answer = client.get(FEED)
    [event] = events(answer)

    assert event["summary"] == "Musdes, RKP; tahap 1"
    assert event["dtstart"].params["TZID"] == "Asia/Jakarta"
    assert event.decoded("dtstart") == NOVEMBER
    assert event.decoded("dtend") == NOVEMBER + timedelta(hours=2)
    assert event["status"] == "CONFIRMED"
    assert event["url"] == f"https://testserver{activity.get_absolute_url()}"
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Jakarta" in answer.content


def test_a_sitting_without_an_end_says_so(client, village):
    make_activity()

    [event] = events(client.get(FEED))

    assert "dtend" not in event
    assert "s.d. selesai" in event["description"]


def test_moving_and_calling_off_change_the_event_but_not_which_it_is(client, village):
    activity = make_activity(starts_at=NOVEMBER + timedelta(days=3))
    [first] = events(client.get(FEED))
    with clock.at(NOVEMBER + timedelta(hours=1)):
        session = activity.sessions.get()
        session.starts_at += timedelta(hours=2)
        session.save()
        activity.tidy_times()
        [moved] = events(client.get(f"/kegiatan/{activity.pk}/kalender.ics"))
    with clock.at(NOVEMBER + timedelta(hours=2)):
        activity.cancel("Banjir.", by=factories.make_user())
        [called_off] = events(client.get(f"/kegiatan/{activity.pk}/kalender.ics?lagi"))

    assert first["uid"] == moved["uid"] == called_off["uid"]
    assert first["sequence"] == 0 < moved["sequence"] < called_off["sequence"]
    assert called_off["status"] == "CANCELLED"
    assert called_off.decoded("last-modified") == NOVEMBER + timedelta(hours=2)
    assert "Banjir." in called_off["description"]


@pytest.mark.parametrize("edited", ["title", "venue", "agenda"])
def test_an_edited_title_or_place_reaches_calendars(client, village, edited):
    activity = make_activity(starts_at=NOVEMBER + timedelta(days=3))
    with clock.at(NOVEMBER + timedelta(hours=1)):
        setattr(activity, edited, "Lain dari semula")
        activity.save()
        activity.note_edits([edited])
    [event] = events(client.get(FEED))

    assert "Lain dari semula" in event.to_ical().decode()
    assert event["sequence"] > 0
    assert event.decoded("last-modified") == NOVEMBER + timedelta(hours=1)


def test_drafts_are_in_no_file_whoever_asks(client, village):
    draft = make_activity(announced=False)
    client.force_login(factories.make_official(Role.SECRETARY))

    assert events(client.get(FEED)) == []
    assert client.get(f"/kegiatan/{draft.pk}/kalender.ics").status_code == 404


def test_hostile_words_stay_words(client, village):
    kind = make_kind()
    told = [text for text in hostile.HOSTILE if text.strip() and "\x00" not in text and len(text) <= 120]
    for text in [*told, "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:palsu"]:
        make_activity(kind=kind, title=text, venue=text, agenda=text)

    answer = client.get(FEED)

    assert len(events(answer)) == len(told) + 1
    assert all(
        len(event.getall("summary") if hasattr(event, "getall") else [1]) == 1 for event in events(answer)
    )
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert client.get(MONTH).status_code == 200


def test_calendars_ask_the_database_as_often_for_many_as_for_one(
    client, village, django_assert_max_num_queries
):
    for hours in range(12):
        make_activity(region=factories.make_region(), starts_at=NOVEMBER + timedelta(hours=hours))

    with django_assert_max_num_queries(8):
        client.get(MONTH)
    with django_assert_max_num_queries(8):
        assert len(events(client.get(FEED))) == 12


def test_list_and_page_lead_to_the_calendar(client, village):
    activity = make_activity()

    assert f'href="{MONTH}"' in client.get("/kegiatan/").text
    assert f'href="/kegiatan/{activity.pk}/kalender.ics"' in client.get(activity.get_absolute_url()).text
    assert "/kegiatan/kalender/" in client.get("/sitemap-halaman.xml").text
