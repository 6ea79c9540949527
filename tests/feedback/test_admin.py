"""The officers' work in admin."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from feedback.models import Report
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.residents.models import Person, Role
from tests.announcements.factories import make_upload
from tests.factories import make_official, make_region, make_resident

from .factories import make_category, make_petugas, make_report

FRIDAY = datetime(2026, 9, 4, 8, tzinfo=UTC)
LIST = "/admin/feedback/report/"


@pytest.fixture
def petugas(client, village):
    user = make_petugas()
    client.force_login(user)
    return user


def page_of(report, act=""):
    if act:
        return reverse("admin:feedback_report_act", args=[report.pk, act])
    return reverse("admin:feedback_report_change", args=[report.pk])


def text_of(response):
    return response.content.decode()


def trays(user):
    return {tray.label: tray.count for tray in waiting_for(user)}


def test_the_late_stand_on_top_and_the_settled_below(client, petugas):
    with clock.at(FRIDAY):
        late, answered = make_report(), make_report()
        answered.answer("Sudah.", by=petugas)
        answered.close(by=petugas)
    with clock.at(datetime(2026, 9, 15, 3, tzinfo=UTC)):
        fresh = make_report()
        response = client.get(LIST)

    assert list(response.context["cl"].result_list) == [late, fresh, answered]
    assert "Terlambat 4 hari kerja" in text_of(response)


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_costs_the_same_however_long_it_is(client, petugas, number, django_assert_max_num_queries):
    with clock.at(FRIDAY):
        for _ in range(number):
            report = make_report(region=make_region(), reporter=make_resident())
            report.assign(to=Person.objects.of(petugas), by=petugas)

    with django_assert_max_num_queries(22):
        client.get(LIST)


def test_a_report_is_taken_through_its_life_by_its_buttons(client, petugas):
    kaur = make_official(Role.TREASURER, title="Kaur Keuangan")
    report, water = make_report(reporter=make_resident()), make_category(name="Air")

    client.post(page_of(report, "verifikasi"), {"category": water.pk})
    client.post(
        page_of(report, "disposisi"),
        {"to": Person.objects.of(kaur).pk, "note": "Segera.", "nonce": uuid.uuid4()},
    )
    client.post(
        page_of(report, "perkembangan"),
        {"text": "Bahan dibeli.", "photos": [make_upload()], "nonce": uuid.uuid4()},
    )
    answer = {"text": "Sudah diperbaiki.", "for_everybody": "on", "nonce": uuid.uuid4()}
    for _ in range(2):
        client.post(page_of(report, "jawab"), answer)
    client.post(page_of(report, "pesan"), {"text": "Mohon dicek.", "nonce": uuid.uuid4()})
    client.post(page_of(report, "tampilkan"), {"public_title": "Air keruh", "public_text": "Di hulu."})
    client.post(page_of(report, "tutup"), {"text": ""})

    report.refresh_from_db()
    assert list(report.events.values_list("act", flat=True)) == [
        "received", "verified", "assigned", "noted", "progress", "answered", "message", "released", "closed",
    ]  # fmt: skip
    assert (report.category, report.assigned_office, report.public_title) == (
        water,
        "Kaur Keuangan",
        "Air keruh",
    )
    page = text_of(client.get(page_of(report)))
    assert "Sudah diperbaiki." in page
    assert "sembunyikan" in page
    assert page_of(report, "jawab") not in page


@pytest.mark.parametrize(
    ("act", "told", "field"),
    [
        ("tolak", {"reason": "Bukan urusan desa."}, "rejected_at"),
        ("teruskan", {"to": "Camat", "reason": "Jalan kabupaten."}, "forwarded_at"),
    ],
)
def test_what_the_village_does_not_settle_needs_a_reason(client, petugas, act, told, field):
    report = make_report()

    empty = client.post(page_of(report, act), {"reason": " \u202e "})
    report.refresh_from_db()
    assert empty.status_code == 422
    assert not report.is_settled

    client.post(page_of(report, act), told)
    report.refresh_from_db()
    assert getattr(report, field)


def test_photos_are_shown_to_everybody_one_by_one(client, petugas):
    report = make_report(photos=[make_upload(color="navy"), make_upload(color="maroon")])
    first, second = report.photos.all()

    client.post(
        page_of(report, "tampilkan"),
        {"public_title": "Judul", "public_text": "Isi", "photos": [first.pk]},
    )

    assert list(report.photos.for_everybody()) == [first]
    assert second.pk


def test_a_hamlet_head_answers_for_his_hamlet_and_settles_nothing(client, village):
    hamlet = make_region()
    client.force_login(make_official(Role.HAMLET_HEAD, region=hamlet))
    inside, outside = make_report(region=hamlet), make_report(region=make_region())

    assert list(client.get(LIST).context["cl"].result_list) == [inside]
    assert client.get(page_of(outside, "jawab")).status_code == 404
    assert client.get(page_of(inside, "jawab")).status_code == 200
    for act in ("verifikasi", "disposisi", "tolak", "teruskan", "tampilkan"):
        assert client.post(page_of(inside, act), {"reason": "x"}).status_code == 403


def test_a_report_leads_a_hamlet_head_nowhere_that_he_may_not_go(client, village):
    hamlet = make_region()
    client.force_login(make_official(Role.HAMLET_HEAD, region=hamlet))
    report = make_report(region=hamlet, category=make_category(name="Air bersih"))

    page = text_of(client.get(page_of(report)))

    assert "Air bersih" in page
    assert "/admin/feedback/category/" not in page


def test_whoever_was_given_a_report_finds_and_answers_it(client, village):
    petugas, kaur = make_petugas(), make_official(Role.TREASURER)
    report = make_report(reporter=make_resident("kartinah"), disclosure="rahasia")
    make_report()
    client.force_login(kaur)
    assert client.get(LIST).status_code == 403

    report.assign(to=Person.objects.of(kaur), by=petugas)

    assert list(client.get(LIST).context["cl"].result_list) == [report]
    assert "Kartinah" in text_of(client.get(page_of(report)))
    assert trays(kaur) == {"Laporan perlu Anda jawab": 1}
    client.post(page_of(report, "jawab"), {"text": "Sudah.", "nonce": uuid.uuid4()})
    assert trays(kaur) == {}


def test_who_told_something_in_confidence_is_shown_to_few(client, village):
    report = make_report(reporter=make_resident("kartinah"), disclosure="rahasia")
    for role, sees_it, sees_whom in (
        (Role.COMPLAINTS, True, True),
        (Role.VILLAGE_HEAD, True, False),
        (Role.SUPERVISOR, False, False),
        (Role.ADMIN, False, False),
    ):
        client.force_login(make_official(role))
        response = client.get(page_of(report))
        assert (response.status_code == 200) == sees_it
        assert ("artinah" in text_of(response)) == sees_whom
        assert ("artinah" in text_of(client.get(LIST))) is False


def test_trays_count_what_waits(village):
    petugas, supervisor = make_petugas(), make_official(Role.SUPERVISOR)
    with clock.at(FRIDAY):
        make_report()
        make_report().answer("Sudah.", by=petugas)
    with clock.at(datetime(2026, 9, 15, 3, tzinfo=UTC)):
        assert trays(petugas) == {"Laporan menunggu verifikasi": 1, "Laporan terlambat": 1}
        assert trays(supervisor) == {"Laporan terlambat": 1}


def test_what_changed_meanwhile_is_said_and_nothing_happens(client, petugas):
    report = make_report()
    report.reject("Ganda.", by=petugas)

    response = client.post(page_of(report, "jawab"), {"text": "x", "nonce": uuid.uuid4()}, follow=True)

    assert "Keadaan laporan sudah berubah: ditolak." in text_of(response)
    assert client.get(page_of(report, "lainnya")).status_code == 404


def test_the_category_proposes_who_answers(client, petugas):
    kaur = make_official(Role.TREASURER)
    report = make_report(category=make_category(role=Role.TREASURER))

    form = client.get(page_of(report, "disposisi")).context["adminform"].form

    assert form.fields["to"].initial == Person.objects.of(kaur).pk


def test_a_used_category_stays(client, petugas):
    category = make_report().category

    assert client.get(f"/admin/feedback/category/{category.pk}/delete/").status_code == 403
    assert client.get(f"/admin/feedback/category/{make_category().pk}/delete/").status_code == 200


def test_a_report_is_found_by_its_words(client, petugas):
    make_report(body="Pipa bocor di hulu.")
    make_report()

    assert client.get(f"{LIST}?q=bocor").context["cl"].result_count == 1
    assert Report.objects.count() == 2
