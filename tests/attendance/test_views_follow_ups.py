from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attendance.models import FollowUp
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Appointment, Person, Role
from tests import factories
from tests.attendance.factories import make_follow_up, make_minutes

BOARD = "/tindak-lanjut/"


def at(follow_up, name):
    return reverse(f"attendance:{name}", args=[follow_up.pk])


def task(**told):
    due_on = clock.today() + timedelta(days=20)
    return {"task": "Memasang lampu", "due_on": due_on.isoformat(), "nonce": str(uuid4())} | told


def late(**fields):
    follow_up = make_follow_up(**fields)
    FollowUp.objects.filter(pk=follow_up.pk).update(due_on=clock.today() - timedelta(days=3))
    return follow_up


def test_the_board_shows_by_who_is_responsible_what_is_late(client, village):
    body = factories.make_body(name="Karang Taruna Tunas Muda")
    behind, waiting = late(responsible=body), make_follow_up()
    done = make_follow_up()
    done.report("Sudah.", by=factories.make_user(), nonce=uuid4(), is_done=True)

    page = client.get(BOARD).text

    assert "Karang Taruna Tunas Muda" in page
    assert "Terlambat 3 hari" in page
    assert waiting.task in page
    assert done.task not in page
    only_late = client.get(BOARD, {"keadaan": "terlambat"}).text
    assert behind.task in only_late
    assert waiting.task not in only_late
    assert done.task in client.get(BOARD, {"keadaan": "selesai"}).text
    assert client.get(BOARD, {"keadaan": "entah"}).status_code == 422


def test_an_empty_board_says_what_it_is(client, village):
    assert "Belum ada tindak lanjut" in client.get(BOARD).text


@pytest.mark.parametrize("number", [1, 40])
def test_the_board_costs_the_same_for_one_and_for_many(
    client, village, number, django_assert_max_num_queries
):
    minutes = make_minutes()
    bodies = [factories.make_body() for _ in range(3)]
    for place in range(number):
        make_follow_up(minutes, responsible=bodies[place % 3])

    with django_assert_max_num_queries(8):
        client.get(BOARD)


def test_other_villages_tasks_are_not_seen(client, village, neighbour):
    with village_scope(neighbour):
        follow_up = make_follow_up()

    assert follow_up.task not in client.get(BOARD).text
    assert client.get(follow_up.get_absolute_url()).status_code == 404


def test_the_page_of_one_tells_what_everybody_may_know(client, village, django_assert_max_num_queries):
    follow_up = make_follow_up()
    for _ in range(4):
        follow_up.report("Dua tiang berdiri.", by=factories.make_user(), nonce=uuid4())

    with django_assert_max_num_queries(8):
        page = client.get(follow_up.get_absolute_url()).text

    assert "Dua tiang berdiri." in page
    assert "Laporkan perkembangan" not in page


def test_the_clerk_hands_a_task_to_an_official_or_a_body(client, clerk):
    resolution = make_minutes().activity.resolutions.get(number=1)
    address = reverse("attendance:follow_up_add", args=[resolution.activity_id, 1])
    official, body = Appointment.objects.current(clock.today()).first().person, factories.make_body()

    assert client.post(address, task(responsible=f"orang-{official.pk}")).status_code == 302
    assert client.post(address, task(responsible=f"lembaga-{body.pk}")).status_code == 302

    assert {each.responsible for each in resolution.follow_ups.all()} == {official, body}


def test_a_task_lacking_something_is_not_given(client, clerk):
    resolution = make_minutes().activity.resolutions.get(number=1)
    address = reverse("attendance:follow_up_add", args=[resolution.activity_id, 1])
    body, stranger = factories.make_body(), factories.make_person()
    for told in (
        task(),
        task(responsible=f"orang-{stranger.pk}"),
        task(responsible="lembaga-0"),
        task(responsible=f"lembaga-{body.pk}", due_on="kemarin"),
        task(responsible=f"lembaga-{body.pk}", due_on="2001-01-01"),
    ):
        response = client.post(address, told)
        assert response.status_code == 422
        assert "Memasang lampu" in response.text
    assert not FollowUp.objects.exists()


def test_who_answers_for_it_reports_with_a_photo_and_others_do_not(client, village):
    worker = factories.make_resident()
    follow_up = make_follow_up(responsible=Person.objects.of(worker))
    told = {"text": "Kabel sudah dipasang.", "nonce": str(uuid4())}
    for user in (factories.make_resident(), factories.make_official(Role.OPERATOR)):
        client.force_login(user)
        assert client.post(at(follow_up, "follow_up_report"), told).status_code == 403

    client.force_login(worker)
    assert "Laporkan perkembangan" in client.get(follow_up.get_absolute_url()).text
    assert client.post(at(follow_up, "follow_up_report"), {"nonce": str(uuid4())}).status_code == 422
    for _ in range(2):
        client.post(at(follow_up, "follow_up_report"), told)

    assert follow_up.events.count() == 1
    assert client.post(at(follow_up, "follow_up_delay"), told).status_code == 403


def test_the_clerk_hands_it_to_another_and_its_history_keeps_both(client, clerk):
    first, second = factories.make_body(name="Karang Taruna"), factories.make_body(name="PKK")
    follow_up = make_follow_up(responsible=first)
    address, told = at(follow_up, "follow_up_reassign"), {"responsible": f"lembaga-{second.pk}"}

    refused = client.post(address, told | {"nonce": str(uuid4())})
    assert refused.status_code == 422
    assert "Tulis mengapa penanggung jawabnya berganti." in refused.text
    assert client.post(address, told | {"nonce": str(uuid4()), "reason": "Kader ada."}).status_code == 302

    page = client.get(follow_up.get_absolute_url()).text
    assert "Diberikan kepada Karang Taruna" in page
    assert "Dialihkan dari Karang Taruna kepada PKK" in page
    assert "Kader ada." in page


def test_the_clerk_opens_again_what_is_done_and_nobody_else(client, clerk):
    follow_up = make_follow_up()
    follow_up.report("Sudah.", by=clerk, nonce=uuid4(), is_done=True)
    due_on = (clock.today() + timedelta(days=9)).isoformat()
    told = {"due_on": due_on, "reason": "Lampu padam lagi.", "nonce": str(uuid4())}
    address = at(follow_up, "follow_up_reopen")
    assert address in client.get(follow_up.get_absolute_url()).text
    assert at(follow_up, "follow_up_delay") not in client.get(follow_up.get_absolute_url()).text

    client.force_login(factories.make_resident())
    assert client.post(address, told).status_code == 403
    client.force_login(clerk)
    assert client.post(address, told).status_code == 302

    follow_up.refresh_from_db()
    assert follow_up.done_at is None
    assert "belum selesai" in client.get(address).text


def test_a_file_that_is_no_picture_is_refused_and_the_text_stays(client, clerk):
    follow_up = make_follow_up()
    told = {
        "text": "Kabel sudah dipasang.",
        "nonce": str(uuid4()),
        "photos": SimpleUploadedFile("x.jpg", b"bukan gambar", "image/jpeg"),
    }

    response = client.post(at(follow_up, "follow_up_report"), told)

    assert response.status_code == 422
    assert "Kabel sudah dipasang." in response.text
    assert "Pilih lagi fotonya" in response.text


def test_more_time_needs_a_later_day_and_a_reason(client, clerk):
    follow_up = make_follow_up()
    later = follow_up.due_on + timedelta(days=9)
    address = at(follow_up, "follow_up_delay")

    assert client.post(address, {"due_on": later, "nonce": uuid4()}).status_code == 422
    same = {"due_on": follow_up.due_on, "reason": "Belum.", "nonce": uuid4()}
    assert client.post(address, same).status_code == 422
    client.post(address, same | {"due_on": later})

    follow_up.refresh_from_db()
    assert follow_up.due_on == later
    client.logout()
    assert "semula" in client.get(BOARD).text


def test_a_hamlet_head_gives_more_time_in_his_hamlet_alone(client, village):
    hamlet = factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=hamlet))
    own, beyond = make_follow_up(make_minutes(region=hamlet)), make_follow_up()

    assert client.get(at(own, "follow_up_delay")).status_code == 200
    assert client.get(at(beyond, "follow_up_delay")).status_code == 403


def test_an_officials_page_tells_what_lies_in_his_hands(client, village):
    official = factories.make_official(Role.SECRETARY)
    follow_up = make_follow_up(responsible=Person.objects.of(official))
    office = Appointment.objects.get(person__user=official)

    page = client.get(reverse("office_detail", args=[office.pk])).text

    assert "Tindak lanjut putusan musyawarah" in page
    assert follow_up.task in page
