"""What everybody sees of reports."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from feedback.models import Report
from partisipasi import clock, search
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests.announcements.factories import make_upload
from tests.factories import make_official, make_region, make_resident

from .factories import make_category, make_petugas, make_released, make_released_with_photos, make_report

FRIDAY = datetime(2026, 9, 4, 8, tzinfo=UTC)
LIST = "/aspirasi/"


@pytest.fixture
def petugas(village):
    return make_petugas()


def text_of(response):
    return response.content.decode()


def status_of_file(client, address):
    response = client.get(address)
    b"".join(response.streaming_content)  # Read to its end, a file is closed.
    return response.status_code


def test_the_list_shows_what_was_released_and_nothing_else(client, petugas):
    released = make_released(by=petugas, title="Pak Marno membuang sampah")
    hidden = make_report(title="Belum diperiksa")
    secret = make_report(reporter=make_resident(), disclosure="rahasia", title="Sangat rahasia")

    page = text_of(client.get(LIST))

    assert released.public_title in page
    for words in ("Belum diperiksa", hidden.code, "Sangat rahasia", secret.code):
        assert words not in page


def test_the_figures_count_also_what_is_told_in_confidence_but_not_what_is_held(client, petugas):
    make_report(reporter=make_resident(), disclosure="rahasia").answer("Sudah.", by=petugas)
    make_report(held=True)
    make_report()

    figures = client.get(LIST).context["figures"]

    assert (figures["received"], figures["answered"], figures["on_time"]) == (2, 1, 1)


def test_being_late_stands_there_for_everybody(client, petugas):
    with clock.at(FRIDAY):
        report = make_released(by=petugas)
    with clock.at(datetime(2026, 9, 16, 3, tzinfo=UTC)):
        listed, page = client.get(LIST), client.get(report.get_absolute_url())

    assert "Terlambat 3 hari kerja" in text_of(listed)
    assert "Terlambat 3 hari kerja" in text_of(page)
    assert "dijanjikan paling lambat Jumat, 11 September 2026" in text_of(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jenis=aspirasi", ["b"]),
        ("kategori=air", ["b"]),
        ("keadaan=selesai", ["a"]),
        ("keadaan=diproses", ["b"]),
        ("", ["b", "a"]),
    ],
)
def test_the_list_is_narrowed_by_its_filters(client, petugas, query, found):
    water = make_category(name="Air", slug="air")
    first, second = make_released(by=petugas), make_released(by=petugas, kind="aspirasi", category=water)
    first.answer("Sudah.", by=petugas)
    first.close(by=petugas)
    names = {first.pk: "a", second.pk: "b"}

    page = client.get(f"{LIST}?{query}").context["page"]

    assert [names[report.pk] for report in page] == found


def test_the_list_is_narrowed_by_hamlet_and_names_no_smaller_place(client, petugas):
    hamlet, other = make_region(name="Krajan"), make_region(name="Wetan")
    rt = make_region(parent=hamlet, level_word="RT", name="077")
    inside = make_released(by=petugas, region=rt)
    make_released(by=petugas, region=other)

    response = client.get(f"{LIST}?dusun={hamlet.pk}")

    assert [report.pk for report in response.context["page"]] == [inside.pk]
    assert "Dusun Krajan" in text_of(response)
    assert "RT 077" not in text_of(response) + text_of(client.get(inside.get_absolute_url()))


@pytest.mark.parametrize("query", ["jenis=x", "kategori=x", "keadaan=x", "dusun=999999"])
def test_a_filter_that_does_not_exist_finds_nothing_and_says_so(client, village, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 422
    assert "Pilihan ini tidak ada" in text_of(response)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(client, petugas, number, django_assert_max_num_queries):
    for _ in range(number):
        make_released(by=petugas, region=make_region())

    with django_assert_max_num_queries(8):
        client.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_a_report_costs_the_same_however_much_happened(
    client, petugas, number, django_assert_max_num_queries
):
    with clock.at(FRIDAY):
        report = make_released_with_photos(by=petugas, region=make_region())
        for count in range(number):
            report.note_progress(f"Tahap {count}", by=petugas, photos=[make_upload()])

    with clock.at(datetime(2026, 10, 16, 3, tzinfo=UTC)), django_assert_max_num_queries(8):
        page = client.get(report.get_absolute_url())
    assert "Terlambat" in text_of(page)


@pytest.mark.parametrize("number", [1, 3])
def test_the_feed_costs_the_same_however_long_it_is(client, petugas, number, django_assert_max_num_queries):
    for _ in range(number):
        make_released(by=petugas)

    with django_assert_max_num_queries(4):
        client.get("/aspirasi/umpan.atom")


def test_a_released_report_shows_the_public_words_and_what_the_village_did(client, petugas):
    report = make_released(by=petugas, title="Bu Siti marah", body="Tetangga saya Marno pelakunya.")
    report.note_progress("Bahan sudah dibeli.", by=petugas)
    report.answer("Sudah selesai diperbaiki.", by=petugas)
    report.reply("Terima kasih, saya Siti.")

    page = text_of(client.get(report.get_absolute_url()))

    for words in (
        report.public_title,
        report.public_text,
        "Bahan sudah dibeli.",
        "Sudah selesai diperbaiki.",
    ):
        assert words in page
    for words in ("Bu Siti marah", "Marno", "saya Siti", "Masuk lewat"):
        assert words not in page


def test_a_report_that_is_not_released_does_not_exist_for_others(client, village, petugas):
    report = make_report(reporter=make_resident())
    address = report.get_absolute_url()

    assert client.get(address).status_code == 404
    client.force_login(make_resident())
    assert client.get(address).status_code == 404
    client.force_login(petugas)
    assert client.get(address).status_code == 200


def test_officials_read_who_it_was_and_the_disposition(client, petugas):
    report = make_report(
        told_name="Marno Wiryo", told_phone="+6281234567890", channel="loket", typed_by=petugas
    )
    report.assign(to=make_official_person(), by=petugas, note="Cek ke lapangan.")
    client.force_login(petugas)

    page = text_of(client.get(report.get_absolute_url()))

    assert "Marno Wiryo" in page
    assert "Cek ke lapangan." in page


def make_official_person():
    from partisipasi.residents.models import Person

    return Person.objects.of(make_official(Role.TREASURER))


def test_the_head_reads_what_was_told_in_confidence_but_not_by_whom(client, village, petugas):
    resident = make_resident("kartinah")
    report = make_report(reporter=resident, disclosure="rahasia", title="Isi yang rahasia")
    client.force_login(make_official(Role.VILLAGE_HEAD))

    page = text_of(client.get(report.get_absolute_url()))

    assert "Isi yang rahasia" in page
    assert "artinah" not in page


def test_photos_come_only_to_those_who_may_see_them(client, petugas):
    report = make_released_with_photos(by=petugas)
    shown, withheld = report.photos.order_by("order")

    assert status_of_file(client, shown.get_absolute_url()) == 200
    assert status_of_file(client, shown.small_url) == 200
    assert client.get(withheld.get_absolute_url()).status_code == 404
    assert withheld.small_url not in text_of(client.get(report.get_absolute_url()))
    client.force_login(petugas)
    assert status_of_file(client, withheld.get_absolute_url()) == 200
    assert client.get(f"/berkas/{withheld.file.sha256}/x.jpg").status_code == 404


def test_the_public_photo_of_another_report_does_not_open_this_one(client, petugas):
    released, secret = make_released_with_photos(by=petugas), make_report()
    photo = released.photos.first()

    assert client.get(reverse("feedback:report_photo", args=[secret.code, photo.pk])).status_code == 404


def test_reports_of_the_other_village_are_not_here(client, village, neighbour):
    with village_scope(neighbour):
        there = make_released(title="Milik tetangga")

    assert there.public_title not in text_of(client.get(LIST))
    assert client.get(there.get_absolute_url()).status_code == 404
    assert client.get(there.get_absolute_url(), headers={"host": "tetangga.testserver"}).status_code == 200


def test_the_feed_tells_the_public_words_of_released_reports(client, petugas):
    report = make_released(by=petugas, title="Nama asli Marno")
    make_report(title="Belum diperiksa")

    feed = client.get("/aspirasi/umpan.atom")

    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert report.public_title in text_of(feed)
    assert "Marno" not in text_of(feed)
    assert "Belum diperiksa" not in text_of(feed)


def test_the_search_finds_the_public_words_alone(client, petugas):
    make_released(by=petugas)
    make_report(title="Gorong-gorong mampet")

    assert Report.objects.released().filter(search=search.query("tepi jalan")).exists()
    assert not Report.objects.filter(search=search.query("gorong")).exists()
