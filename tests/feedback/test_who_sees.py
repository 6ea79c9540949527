"""Who sees which reports, and who knows whose they are."""

from datetime import UTC, datetime

import pytest

from feedback.models import (
    Report,
)
from partisipasi.ledger.models import Entry
from partisipasi.residents import handover
from partisipasi.residents.models import Person, Role
from tests.factories import make_official, make_person, make_region, make_resident

from .factories import make_petugas, make_report

FRIDAY = datetime(2026, 9, 4, 8, tzinfo=UTC)


def acts(report):
    return list(report.events.values_list("act", flat=True))


def recorded(report):
    return list(
        Entry.objects.filter(subject=f"feedback.report:{report.pk}")
        .order_by("number")
        .values_list("kind", flat=True)
    )


@pytest.fixture
def petugas(village):
    return make_petugas()


def test_a_hamlet_head_sees_his_hamlet_and_nothing_told_in_confidence(village):
    hamlet = make_region()
    kadus = make_official(Role.HAMLET_HEAD, region=hamlet)
    inside = make_report(region=make_region(parent=hamlet, level_word="RT"))
    make_report(region=make_region())
    make_report()
    make_report(region=hamlet, reporter=make_resident(), disclosure="rahasia")

    assert list(Report.objects.visible_to(kadus)) == [inside]


def test_only_the_complaints_officer_and_the_assigned_know_who_told_in_confidence(village, petugas):
    kades, kaur = make_official(Role.VILLAGE_HEAD), make_official(Role.TREASURER)
    supervisor = make_official(Role.SUPERVISOR)
    report = make_report(reporter=make_resident(), disclosure="rahasia")
    assert not Report.objects.visible_to(kaur)

    report.assign(to=Person.objects.of(kaur), by=petugas)

    assert report in Report.objects.visible_to(kades)
    assert report in Report.objects.visible_to(kaur)
    assert report not in Report.objects.visible_to(supervisor)
    knowing = [user for user in (petugas, kades, kaur, supervisor) if report.reporter_can_be_seen_by(user)]
    assert knowing == [petugas, kaur]


def test_open_reports_pass_to_who_takes_over_the_office(village, petugas):
    former, successor = make_person(), make_person()
    mine, settled = make_report(), make_report()
    for report in (mine, settled):
        report.assign(to=former, by=petugas)
    settled.reject("Ganda.", by=petugas)

    assert handover.pass_on(former, successor)["laporan terbuka"] == 1

    mine.refresh_from_db()
    settled.refresh_from_db()
    assert (mine.assigned_to, settled.assigned_to) == (successor, former)
