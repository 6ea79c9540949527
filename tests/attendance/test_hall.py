"""The hall's screen: numbers that renew themselves, a code that changes, never a name."""

from datetime import timedelta

import pytest
from django.urls import reverse

from attendance import phone_codes
from attendance.hall import Hall
from partisipasi import clock
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind


@pytest.fixture
def activity(village):
    return make_activity()


def at(activity, name):
    return reverse(f"attendance:{name}", args=[activity.pk])


def seat_filled(activity, invitation):
    activity.sessions.first().check_in(by=factories.make_user(), invitation=invitation)


def test_the_numbers_are_those_of_the_list(activity):
    dusun = factories.make_region()
    rt = factories.make_region(level_word="RT", parent=dusun)
    unsur = factories.make_unsur()
    make_attendance(activity, sex="L", region=rt, unsur=unsur)
    make_attendance(activity, sex="P", region=dusun)
    make_attendance(activity, sex="P").undo("salah orang", factories.make_user())
    make_attendance(activity)

    hall = Hall.of(activity.sessions.get())

    assert (hall.tally.present, hall.tally.men, hall.tally.women) == (3, 1, 1)
    assert hall.by_part == ((str(dusun), 2),)
    assert hall.part_unknown == 1
    assert hall.tally.by_unsur == ((str(unsur), 1),)


def test_seats_count_for_the_quorum_and_walk_ins_do_not(client, activity):
    seats = [make_invitation(activity) for _ in range(3)]
    seat_filled(activity, seats[0])
    for _ in range(5):
        make_attendance(activity)
    assert "Kuorum kurang 1 kursi" in client.get(at(activity, "hall_numbers")).text

    seat_filled(activity, seats[1])
    answer = client.get(at(activity, "hall_numbers") + "?sesi=" + str(activity.sessions.get().pk))
    assert "Kuorum tercapai" in answer.text


def test_without_invitations_no_quorum_is_spoken_of(client, village):
    activity = make_activity(kind=make_kind(by_invitation=False))
    make_invitation(activity)

    assert "uorum" not in client.get(at(activity, "hall_live")).text


@pytest.mark.parametrize(
    ("quorum", "said"),
    [
        ("1/2", "Kuorum: 2 kursi, setengah dari 3 undangan."),
        ("1/1", "Kuorum: 3 kursi, seluruh 3 undangan."),
        ("", None),
    ],
)
def test_each_kind_has_a_quorum_of_its_own(client, village, quorum, said):
    activity = make_activity(kind=make_kind(quorum=quorum))
    for _ in range(3):
        make_invitation(activity)

    text = client.get(at(activity, "hall_live")).text

    assert said in text if said else "uorum" not in text


def test_the_pages_show_no_name(client, activity, clerk):
    make_attendance(activity, name="Siti Rahasia")

    for name in ("hall_live", "hall_numbers", "hall_screen", "hall_code"):
        answer = client.get(at(activity, name))
        assert answer.status_code == 200
        assert "Rahasia" not in answer.text


def test_who_has_the_numbers_gets_an_empty_answer_until_they_change(client, activity, clerk):
    first = client.get(at(activity, "hall_numbers"))
    again = client.get(at(activity, "hall_numbers"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    make_attendance(activity)
    changed = client.get(at(activity, "hall_numbers"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_screen_shows_the_code_of_now_and_is_kept_nowhere(client, activity, clerk):
    session = activity.sessions.get()
    moment = (clock.now() + timedelta(minutes=1)).replace(second=10)
    for later in (0, 30):
        with clock.at(moment + timedelta(seconds=later)):
            code = phone_codes.shown(session)
            for name in ("hall_screen", "hall_code"):
                answer = client.get(at(activity, name))
                assert code.written in answer.text
                assert "no-store" in answer["Cache-Control"]
            assert f'content="{code.seconds_left}"' in client.get(at(activity, "hall_screen")).text


@pytest.mark.parametrize(
    ("state", "said"),
    [("closed", "Daftar hadir ditutup"), ("cancelled", "dibatalkan"), ("draft", "Masih draf")],
)
def test_without_a_list_to_fill_the_screen_says_why(client, village, clerk, state, said):
    activity = make_activity(announced=state != "draft")
    if state == "closed":
        activity.close(clerk)
    elif state == "cancelled":
        activity.cancel("Hujan.", clerk)
    page = client.get(at(activity, "hall_screen")).text

    assert said in page
    assert "hall-qr" not in page


def test_numbers_of_few_and_of_many_cost_the_same(client, activity, django_assert_max_num_queries):
    for _ in range(12):
        make_attendance(activity, region=factories.make_region(), unsur=factories.make_unsur())
        make_invitation(activity)

    with django_assert_max_num_queries(8):
        client.get(at(activity, "hall_live"))
    with django_assert_max_num_queries(7):
        client.get(at(activity, "hall_numbers"))
