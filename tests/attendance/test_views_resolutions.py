from datetime import UTC, datetime, timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser

from attendance.models import FollowUp, Minutes, Writing
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Notice
from partisipasi.search import find
from tests import factories
from tests.attendance.factories import WRITTEN, make_activity, make_follow_up, make_kind, make_minutes

PAGE = "/keputusan/"


def resolved(*texts, **fields):
    """Published minutes that resolved this."""
    by, activity = factories.make_user(), make_activity(**fields)
    writing = Writing(items=WRITTEN.items, resolutions=texts)
    minutes = Minutes.objects.write(activity, writing, version=0, nonce=uuid4(), by=by)
    activity.close(by)
    minutes.publish(minutes.version, by)
    return minutes


def late(follow_up):
    FollowUp.objects.filter(pk=follow_up.pk).update(due_on=clock.today() - timedelta(days=2))


def done(follow_up):
    follow_up.report("Sudah.", by=factories.make_user(), nonce=uuid4(), is_done=True)


def test_what_was_resolved_last_comes_first_with_its_gathering(client, village):
    year = clock.now().year
    resolved("Sumur digali.", title="Musdes Air", starts_at=datetime(year - 1, 3, 2, 2, tzinfo=UTC))
    newer = resolved("Lampu dipasang.", title="Musdes Lampu")

    page = client.get(PAGE).text

    assert page.index("Lampu dipasang.") < page.index("Sumur digali.")
    assert "Putusan 1 Musdes Air" in page
    assert f"{newer.activity.get_absolute_url()}#putusan-1" in page
    assert "Belum ada tindak lanjut" in page


def test_drafts_and_the_neighbours_resolutions_are_not_shown(client, village, neighbour):
    make_minutes(published=False)
    with village_scope(neighbour):
        resolved("Jembatan tetangga.")

    assert "Belum ada putusan" in client.get(PAGE).text
    assert "tetangga" not in client.get(f"{PAGE}umpan.atom").text
    assert "tetangga" not in client.get(f"{PAGE}putusan.csv").text


def test_each_tells_how_far_its_follow_ups_are_and_may_be_chosen_by_it(client, village):
    tasks = {
        state: make_follow_up(resolved(f"Putusan {state}.")) for state in ("terlambat", "berjalan", "selesai")
    }
    resolved("Putusan belum.")
    late(tasks["terlambat"])
    done(tasks["selesai"])

    page = client.get(PAGE).text
    assert "0 dari 1 tindak lanjut selesai, 1 terlambat" in page
    assert "1 dari 1 tindak lanjut selesai" in page
    for state in (*tasks, "belum"):
        shown = client.get(PAGE, {"keadaan": state}).text
        assert [each for each in (*tasks, "belum") if f"Putusan {each}." in shown] == [state]


def test_words_kind_and_year_narrow_the_list_and_the_table(client, village):
    year, kind = clock.now().year, make_kind(code="rapat-air", name="Rapat Air")
    resolved("Sumur digali.", kind=kind, starts_at=datetime(year - 1, 3, 2, 2, tzinfo=UTC))
    resolved("Lampu dipasang.")

    for told in (
        {"cari": "menggali sumur"},
        {"jenis": "rapat-air"},
        {"tahun": year - 1},
        {"cari": "rapat air"},
    ):
        for address in (PAGE, f"{PAGE}putusan.csv"):
            shown = client.get(address, told).text
            assert "Sumur digali." in shown, told
            assert "Lampu dipasang." not in shown, told
    assert "Tidak ada putusan yang cocok" in client.get(PAGE, {"cari": "jembatan"}).text


@pytest.mark.parametrize(
    "told", [{"jenis": "entah"}, {"tahun": "1066"}, {"keadaan": "entah"}, {"cari": "a" * 300}]
)
def test_what_does_not_exist_is_said_beside_its_field(client, village, told):
    resolved("Lampu dipasang.")

    answer = client.get(PAGE, told)

    assert answer.status_code == 422
    assert "Lampu dipasang." not in answer.text


@pytest.mark.parametrize("number", [1, 100])
def test_the_page_costs_the_same_for_one_and_for_many(client, village, number, django_assert_max_num_queries):
    minutes = resolved(*(f"Putusan ke-{each}." for each in range(1, number + 1)))
    for resolution in minutes.activity.resolutions.all():
        resolution.set_follow_up(
            "Mengerjakannya",
            responsible=factories.make_body(),
            due_on=clock.today(),
            by=factories.make_user(),
            nonce=uuid4(),
        )

    with django_assert_max_num_queries(8):
        page = client.get(PAGE).text

    assert "Putusan ke-1." in page
    assert ("Halaman 1 dari 5" in page) == (number == 100)


def test_the_feed_has_the_newest_publication_first(client, village):
    with clock.at(clock.now() - timedelta(hours=1)):
        resolved("Sumur & pompa.", title="Musdes Air")
    resolved("Lampu dipasang.", title="Musdes Lampu")

    answer = client.get(f"{PAGE}umpan.atom")

    atom = {"a": "http://www.w3.org/2005/Atom"}
    entries = ElementTree.fromstring(answer.content).findall("a:entry", atom)  # noqa: S314 (we wrote it)
    titles = [entry.findtext("a:title", namespaces=atom) for entry in entries]
    assert ["Lampu" in title for title in titles] == [True, False]
    assert "Sumur &amp; pompa." in entries[1].findtext("a:summary", namespaces=atom)


def test_the_table_has_a_line_for_each_task_and_no_formulas(client, village):
    minutes = resolved("=HYPERLINK()", "Lampu dipasang.")
    body = factories.make_body(name="Karang Taruna")
    for _ in range(2):
        make_follow_up(minutes, responsible=body)

    lines = client.get(f"{PAGE}putusan.csv").text.splitlines()

    assert len(lines) == 1 + 2 + 1
    assert "Karang Taruna" in lines[1]
    assert "'=HYPERLINK()" in lines[1]
    assert "Belum ada tindak lanjut" in lines[3]


def test_a_resolution_is_found_by_its_words_and_by_the_new_ones_once_corrected(client, village):
    minutes = resolved("Sumur digali.")
    task = make_follow_up(minutes)

    def found(words):
        return [(hit.kind.name, hit.url) for hit in find(words, AnonymousUser()).hits()]

    here = f"{minutes.activity.get_absolute_url()}#putusan-1"
    assert ("putusan", here) in found("menggali sumur")

    corrected = Writing(items=WRITTEN.items, resolutions=("Pompa dibeli.",))
    Minutes.objects.write(
        minutes.activity,
        corrected,
        version=minutes.version,
        nonce=uuid4(),
        by=factories.make_user(),
        reason="Salah tulis.",
    )

    assert found("sumur") == []
    assert {("putusan", here), ("tindak-lanjut", task.get_absolute_url())} <= set(found("pompa"))


def test_who_follows_the_page_hears_of_each_publication_once(client, village):
    follower = factories.make_user()
    factories.make_follow(follower, path=PAGE)

    minutes = resolved("Lampu dipasang.", "Sumur digali.", title="Musdes Lampu")
    minutes.publish(minutes.version, factories.make_user())

    notice = Notice.objects.get(recipient=follower)
    assert notice.text == "2 putusan baru: Musdes Lampu."
    assert notice.path == minutes.activity.get_absolute_url()


def test_the_first_page_and_the_activities_lead_there(client, village):
    resolved("Lampu dipasang.", starts_at=clock.now() - timedelta(days=2))

    assert f'href="{PAGE}"' in client.get("/").text
    assert f'href="{PAGE}"' in client.get("/kegiatan/").text
