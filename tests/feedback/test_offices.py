"""What the page of an office tells of reports."""

import pytest

from partisipasi.residents.models import Appointment, Role
from tests import factories

from .factories import make_petugas, make_report


@pytest.fixture
def office(village):
    official = factories.make_official(Role.PROJECT_TEAM, title="Kasi Kesejahteraan")
    return Appointment.objects.get(person__user=official)


def assigned(office, title, *, released):
    by = make_petugas()
    report = make_report()
    report.verify(by=by)
    report.assign(to=office.person, by=by)
    if released:
        report.release(title, "Sudah dua pekan padam.", by=by)
    return report


def test_everybody_reads_which_released_reports_an_official_is_at_work_on(office, client):
    assigned(office, "Lampu jalan padam", released=True)
    assigned(office, "Perkara yang belum dibuka", released=False)
    other = Appointment.objects.get(person__user=make_petugas())

    page = client.get(office.get_absolute_url()).text

    assert "Laporan warga yang sedang dikerjakan" in page
    assert "Lampu jalan padam" in page
    assert "belum dibuka" not in page
    assert "sedang dikerjakan" not in client.get(other.get_absolute_url()).text


def test_more_reports_cost_no_more(office, client, django_assert_max_num_queries):
    for number in range(3):
        assigned(office, f"Lampu jalan padam {number}", released=True)

    with django_assert_max_num_queries(8):
        client.get(office.get_absolute_url())
