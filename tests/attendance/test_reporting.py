"""The report of a gathering: asked for by its kind, late after so many working days, and filed as a signed scan."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attendance import due
from attendance.bundle import Bundle
from attendance.models import Activity, Evidence
from attendance.models.reporting import report_state
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Role
from tests import factories
from tests.announcements.factories import make_upload
from tests.attendance.factories import make_activity, make_kind, make_minutes

FRIDAY = datetime(2026, 9, 4, 2, tzinfo=UTC)
DUE_ON = date(2026, 9, 15)
"""Seven working days after that Friday."""


def held(**fields):
    kind = fields.pop("kind", None) or make_kind(papers=["laporan"])
    with clock.at(FRIDAY):
        return make_activity(kind=kind, starts_at=FRIDAY, ends_at=FRIDAY + timedelta(hours=2), **fields)


def on(day):
    return clock.at(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def late():
    return set(Activity.objects.with_late_report())


def upload(activity):
    return reverse("attendance:paper_upload", args=[activity.pk])


def send(client, activity, kind="laporan", color="navy", **fields):
    return client.post(
        upload(activity), {"kind": kind, "files": make_upload(color=color)} | fields, follow=True
    )


def test_a_report_is_late_after_the_working_days_of_its_kind(village):
    usual, quick = held(), held(kind=make_kind(papers=["laporan"], report_days=2))
    held(kind=make_kind(papers=["notulen"]))
    held().cancel("Hujan.", factories.make_user())

    with on(DUE_ON):
        assert late() == {quick}
        assert report_state(usual) == {"due_on": DUE_ON, "days": 7, "is_late": False}
    with on(DUE_ON + timedelta(days=1)):
        assert late() == {usual, quick}
        assert report_state(usual)["is_late"]


def test_two_days_before_it_is_due_who_writes_it_is_reminded_once(client, village):
    clerk, activity, brought = factories.make_official(Role.SECRETARY), held(), held()
    client.force_login(clerk)
    send(client, brought)

    with on(DUE_ON - timedelta(days=3)):
        assert due.remind_of_reports() == 0
    with on(DUE_ON - timedelta(days=2)):
        assert [due.remind_of_reports() for _ in range(2)] == [1, 0]
    with on(DUE_ON + timedelta(days=1)):
        assert due.remind_of_reports() == 0

    notice = Notice.objects.get(recipient=clerk, kind="report_late")
    assert notice.path == upload(activity)
    assert "ditunggu sampai Selasa, 15 September 2026" in notice.text


def test_that_it_is_late_is_told_and_recorded_once(village):
    clerk, activity = factories.make_official(Role.SECRETARY), held()

    with on(DUE_ON):
        assert due.note_late_reports() == 0
    with on(DUE_ON + timedelta(days=1)):
        assert [due.note_late_reports() for _ in range(2)] == [1, 0]

    entry = Entry.objects.get(kind="report.deadline_missed")
    assert entry.facts == {"due_on": f"{DUE_ON}"}
    notice = Notice.objects.get(recipient=clerk, kind="report_late")
    assert notice.path == upload(activity)


def test_a_signed_scan_is_internal_evidence_once_and_then_nothing_is_late(client, clerk):
    activity = held()

    for _ in range(2):
        answer = send(client, activity)

    assert "Laporan penyelenggaraan tersimpan" in answer.text
    filed = Evidence.objects.get(kind="laporan")
    assert (filed.activity, filed.is_public, filed.added_by) == (activity, False, clerk)
    assert Entry.objects.filter(kind="paper.filed").count() == 1
    with on(DUE_ON + timedelta(days=1)):
        assert late() == set()
        assert report_state(activity) == {}
    send(client, activity, color="olive")
    assert activity.evidence.filter(kind="laporan").count() == 2
    client.logout()
    assert client.get(filed.get_absolute_url()).status_code == 404


def test_what_is_no_paper_is_refused_and_the_choice_stays(client, clerk):
    activity = held()

    for told, said in (
        ({"files": SimpleUploadedFile("x.pdf", b"bukan")}, "Jenis berkas ini tidak diterima"),
        ({"files": ""}, "Pilih pindaian"),
        ({"kind": "daftar-hadir"}, "Pilihan ini tidak ada"),
    ):
        answer = send(client, activity, **{"kind": "risalah"} | told)
        assert answer.status_code == 422
        assert said in answer.text
        assert ("checked" in answer.text) == ("kind" not in told)
    assert not Evidence.objects.exists()


def test_other_villages_gatherings_and_cancelled_ones_take_no_paper(client, clerk, neighbour):
    cancelled = held()
    cancelled.cancel("Hujan.", clerk)
    with village_scope(neighbour):
        theirs = held()

    assert [client.get(upload(each)).status_code for each in (cancelled, theirs)] == [404, 404]


def test_the_bundle_asks_officials_for_the_signed_report_and_owes_it_to_nobody_else(village):
    minutes = make_minutes(kind=make_kind(papers=["risalah", "laporan"]))

    bundle = Bundle.of(minutes.activity, [("risalah", False)], minutes)

    assert bundle.missing == ["Laporan penyelenggaraan: pindaian bertanda tangan"]
    assert bundle.public_missing == []


def test_the_tray_holds_exactly_the_late_ones(client, clerk):
    waiting, filed = held(), held()
    send(client, filed)

    with on(DUE_ON + timedelta(days=1)):
        trays = {tray.label: tray for tray in waiting_for(clerk)}
        tray = trays["Laporan penyelenggaraan terlambat"]
        assert tray.count == 1
        assert list(client.get(tray.url).context["cl"].result_list) == [waiting]
        assert "Laporan penyelenggaraan terlambat" in client.get(upload(waiting)).text


@pytest.mark.parametrize("kind", ["risalah", "notulen", "berita-acara"])
def test_other_signed_papers_are_filed_there_too(client, clerk, kind):
    activity = held()

    send(client, activity, kind)

    assert activity.evidence.get().kind == kind
