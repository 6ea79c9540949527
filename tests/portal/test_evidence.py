from datetime import UTC, datetime, timedelta

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.announcements.factories import make_pdf
from tests.attendance.factories import make_activity, make_kind, make_minutes

MAY = datetime(2026, 5, 4, 3, tzinfo=UTC)
YEAR = "/kegiatan/bukti/2026/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def planning(village):
    return make_kind(indicator="4.1", papers=["undangan", "daftar-hadir", "notulen"])


def held(title, **fields):
    with clock.at(MAY):
        return make_activity(title=title, **fields)


def part_of(text, number):
    """The section of indicator 4.`number`."""
    return text.split(f'id="indikator-{number}"')[1].split("</section>")[0]


def test_activities_stand_under_the_indicator_of_their_kind_or_their_own(client, planning):
    held("Musdes RKP", kind=planning)
    held("Pelayanan Tanpa Amplop", indicator="4.2")
    held("Musdes lain", kind=planning, indicator="tidak")
    held("Sosialisasi gizi")

    text = client.get(YEAR).text

    assert "Musdes RKP" in part_of(text, 1)
    assert "Pelayanan Tanpa Amplop" in part_of(text, 2)
    assert "Belum ada kegiatan tahun 2026" in part_of(text, 3)
    assert "Musdes lain" not in text
    assert "Sosialisasi gizi" not in text
    assert "Partisipasi dan keterlibatan masyarakat dalam penyusunan RKP Desa/RPJM Desa" in text


def test_what_is_missing_of_public_papers_is_told(client, planning):
    official = factories.make_official(Role.SECRETARY)
    activity = held("Musdes RKP", kind=planning)
    for kind, is_public in (("undangan", True), ("notulen", False)):
        activity.add_evidence(
            make_pdf(text=kind), kind=kind, title=f"Naskah {kind}", by=official, is_public=is_public
        )

    text = part_of(client.get(YEAR).text, 1)

    assert "Kurang: daftar hadir, notulen" in text
    assert "Naskah undangan" in text
    assert "Naskah notulen" not in text

    activity.refresh_from_db()
    activity.close(official)
    text = part_of(client.get(f"{YEAR}?1").text, 1)
    assert "Kurang: notulen" in text
    assert f"/kegiatan/{activity.pk}/daftar-hadir/" in text
    assert f"/kegiatan/{activity.pk}/bukti.zip" in text


def test_what_is_to_come_lacks_nothing_yet_and_what_was_called_off_proves_nothing(client, planning):
    with clock.at(MAY):
        make_activity(title="Nanti", kind=planning, starts_at=MAY + timedelta(days=9))
        make_activity(title="Batal", kind=planning).cancel("Banjir.", by=factories.make_user())
        make_activity(title="Draf", kind=planning, announced=False)

        text = client.get(YEAR).text

    assert "Akan datang" in part_of(text, 1)
    assert "Kurang:" not in text
    assert "Batal" not in text
    assert "Draf" not in text


def test_each_year_has_its_page_and_the_present_one_a_short_address(client, planning):
    held("Musdes RKP", kind=planning)
    with clock.at(datetime(2025, 12, 31, 18, tzinfo=UTC)):  # 01.00 on 1 January here
        make_activity(title="Tahun baru", kind=planning, starts_at=clock.now())

    with clock.at(MAY):
        text = client.get("/kegiatan/bukti/").text
    assert "Musdes RKP" in text
    assert "Tahun baru" in text
    assert "Tahun baru" not in client.get("/kegiatan/bukti/2025/").text
    assert client.get("/kegiatan/bukti/1999/").status_code == 404
    assert client.get("/kegiatan/bukti/99999/").status_code == 404


def test_another_village_s_evidence_is_not_ours(client, village, neighbour):
    with village_scope(neighbour):
        held("Di sana", kind=make_kind(indicator="4.1"))

    assert "Di sana" not in client.get(YEAR).text


def test_many_activities_cost_no_more_questions(client, planning, django_assert_max_num_queries):
    official = factories.make_official(Role.SECRETARY)
    for number in range(6):
        activity = held(f"Musdes {number}", kind=planning, region=factories.make_region())
        activity.add_evidence(
            make_pdf(text=str(number)), kind="notulen", title="Notulen", by=official, is_public=True
        )
        make_minutes(activity, by=official)

    with django_assert_max_num_queries(8):
        assert client.get(YEAR).text.count("Berita acara</a>") == 6


def test_list_and_sitemap_lead_to_it(client, village):
    assert 'href="/kegiatan/bukti/"' in client.get("/kegiatan/").text
    assert "/kegiatan/bukti/" in client.get("/sitemap-halaman.xml").text
