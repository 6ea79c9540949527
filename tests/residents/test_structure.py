"""The chart of the village's government follows the offices held today."""

from partisipasi.residents.models import Role
from partisipasi.residents.offices import seats_by_group
from partisipasi.residents.structure import chart_of
from tests.factories import make_official, make_region


def names(branches):
    return [branch.seat.held.title if branch.seat else branch.heading for branch in branches]


def test_each_office_stands_under_the_one_it_serves(village, client):
    make_official(Role.VILLAGE_HEAD, title="Kepala Desa")
    make_official(Role.SECRETARY, title="Sekretaris Desa")
    make_official(Role.TREASURER, title="Kaur Keuangan")
    make_official(Role.PROJECT_TEAM, title="Kasi Kesejahteraan")
    make_official(Role.HAMLET_HEAD, title="Kepala Dusun", region=make_region(name="Krajan"))
    make_official(Role.BPD_CHAIR, title="Ketua BPD")
    make_official(Role.MODERATOR, title="Moderator")

    chart = chart_of(seats_by_group())

    assert chart.head.seat.held.title == "Kepala Desa"
    assert names(chart.head.below) == ["Sekretaris Desa", "Pelaksana teknis", "Pelaksana kewilayahan"]
    assert [names(branch.below) for branch in chart.head.below] == [
        ["Kaur Keuangan"],
        ["Kasi Kesejahteraan"],
        ["Kepala Dusun"],
    ]
    assert names(chart.beside) == ["Ketua BPD"]
    page = client.get("/perangkat/bagan/").text
    assert "Kasi Kesejahteraan" in page
    assert "Moderator" not in page


def test_a_village_without_officials_says_so(village, client):
    assert chart_of(seats_by_group()).is_empty
    assert "Belum ada penugasan" in client.get("/perangkat/bagan/").text
