import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Attendance, SheetColumn
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind


@pytest.fixture
def activity(village):
    return make_activity()


@pytest.fixture
def session(activity):
    return activity.sessions.get()


@pytest.fixture
def clerk(village, client):
    """The secretary, signed in."""
    user = factories.make_official(Role.SECRETARY, username="sekretaris")
    client.force_login(user)
    return user


def at(activity, name="desk", *args):
    return reverse(f"attendance:{name}", args=[activity.pk, *args])


def every_address(activity):
    invitation = make_invitation(activity)
    attendance = make_attendance(activity)
    return {
        "desk": at(activity),
        "desk_check_in": at(activity, "desk_check_in"),
        "desk_walk_in": at(activity, "desk_walk_in"),
        "desk_stand_in": at(activity, "desk_stand_in", invitation.pk),
        "desk_undo": at(activity, "desk_undo", attendance.pk),
        "desk_close": at(activity, "desk_close"),
        "desk_reopen": at(activity, "desk_reopen"),
    }


def refused_everywhere(client, activity, **headers):
    """No address of the desk answers, and nothing changes."""
    addresses = every_address(activity)
    before = list(Attendance.objects.order_by("pk").values())
    for address in addresses.values():
        assert client.get(address, **headers).status_code in {404, 405}
        answer = client.post(address, {"reason": "x", "name": "Penyusup", "nonce": uuid4()}, **headers)
        assert answer.status_code in {404, 405}
    activity.refresh_from_db()
    assert activity.closed_at is None
    assert list(Attendance.objects.order_by("pk").values()) == before


def test_the_desk_is_not_there_for_residents(client, activity):
    client.force_login(factories.make_resident())

    refused_everywhere(client, activity)


def test_the_desk_sends_the_anonymous_to_sign_in(client, activity):
    for address in every_address(activity).values():
        answer = client.post(address, {"name": "Penyusup", "nonce": uuid4()})
        assert answer.status_code == 302
        assert "/akun/masuk/" in answer["Location"]
    assert Attendance.objects.count() == 1


def test_the_desk_of_another_hamlet_is_not_there_for_a_hamlet_head(client, village):
    own, other = factories.make_region(), factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))

    assert client.get(at(make_activity(region=own))).status_code == 200
    refused_everywhere(client, make_activity(region=other))
    refused_everywhere(client, make_activity())


def test_the_desk_of_another_village_is_not_there(client, activity, neighbour):
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))

    refused_everywhere(client, activity)
    refused_everywhere(client, activity, headers={"host": "tetangga.testserver"})


def test_readers_see_no_desk(client, activity):
    client.force_login(factories.make_official(Role.SUPERVISOR))

    refused_everywhere(client, activity)


def test_one_tap_marks_an_invited_person_and_comes_back_to_the_place(client, activity, session, clerk):
    invitation = make_invitation(activity)
    make_invitation(activity)
    page = client.get(at(activity)).content.decode()
    field = f'name="invitation" value="{invitation.pk}"><input type="hidden" name="nonce" value="'
    nonce = re.search(field + '([^"]+)', page)[1]
    tap = {"invitation": invitation.pk, "nonce": nonce, "sesi": session.pk, "q": ""}

    answer = client.post(at(activity, "desk_check_in"), tap)
    again = client.post(at(activity, "desk_check_in"), tap)

    assert (
        answer["Location"]
        == again["Location"]
        == f"{at(activity)}?sesi={session.pk}#undangan-{invitation.pk}"
    )
    row = Attendance.objects.get()
    assert (row.invitation, row.checked_in_by, row.method) == (invitation, clerk, "meja")


def test_a_search_is_kept_and_finds_invited_and_the_address_book(client, activity, session, clerk):
    invited = make_invitation(activity, whom=factories.make_person(name="Sumarni"))
    known = factories.make_person(name="Sumardi")
    make_invitation(activity, whom=factories.make_person(name="Paijo"))

    page = client.get(at(activity), {"q": "sumar"})
    answer = client.post(
        at(activity, "desk_check_in"),
        {"person": known.pk, "nonce": uuid4(), "sesi": session.pk, "q": "sumar"},
    )

    assert [seat.invitation for seat in page.context["seats"]] == [invited]
    assert [person for person, _ in page.context["address_book"]] == [known]
    assert answer["Location"] == f"{at(activity)}?sesi={session.pk}&q=sumar"
    assert Attendance.objects.get().person == known


def test_a_hamlet_head_finds_the_people_of_his_hamlet_alone(client, village):
    own, other = factories.make_region(), factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))
    activity = make_activity(region=own)
    near, far = (
        factories.make_person(name="Sumarni", region=own),
        factories.make_person(name="Sumardi", region=other),
    )

    page = client.get(at(activity), {"q": "sumar"})
    refused = client.post(at(activity, "desk_check_in"), {"person": far.pk, "nonce": uuid4()})

    assert [person for person, _ in page.context["address_book"]] == [near]
    assert refused.status_code == 404
    assert not Attendance.objects.exists()


def test_the_page_of_a_long_list_is_kept(client, activity, session, clerk):
    people = [factories.make_person(name=f"Warga {number:03}") for number in range(101)]
    activity.invite_all(people, by=clerk)
    last = activity.invitations.by_name().last()

    page = client.get(at(activity), {"halaman": "2"})
    answer = client.post(
        at(activity, "desk_check_in"),
        {"invitation": last.pk, "nonce": uuid4(), "sesi": session.pk, "halaman": "2"},
    )

    assert [seat.invitation for seat in page.context["seats"]] == [last]
    assert answer["Location"] == f"{at(activity)}?sesi={session.pk}&halaman=2#undangan-{last.pk}"
    assert client.get(at(activity), {"halaman": "x", "q": "warga"}).context["invited"].number == 1


def test_a_person_marked_by_another_desk_is_told_and_not_written_twice(client, activity, session, clerk):
    invitation = make_invitation(activity)
    session.check_in(invitation=invitation, by=factories.make_user())

    answer = client.post(
        at(activity, "desk_check_in"), {"invitation": invitation.pk, "nonce": uuid4()}, follow=True
    )

    assert f"{invitation.person.name} sudah tercatat hadir pukul" in answer.content.decode()
    assert Attendance.objects.count() == 1


def test_a_walk_in_needs_no_account(client, activity, clerk):
    unsur = factories.make_unsur()
    told = {
        "name": "  Pak   Marno ",
        "sex": "L",
        "unsur": unsur.pk,
        "address": "Jalan Kenanga 3",
        "nonce": uuid4(),
    }

    client.post(at(activity, "desk_walk_in"), told)
    client.post(at(activity, "desk_walk_in"), told)

    row = Attendance.objects.get()
    assert (row.name, row.sex, row.unsur, row.address, row.person) == (
        "Pak Marno",
        "L",
        unsur,
        "Jalan Kenanga 3",
        None,
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Tulis nama yang hadir."),
        ("name", "123", "Tulis nama dengan huruf."),
        ("name", "a" * 121, "120"),
        ("sex", "X", "X"),
        ("unsur", "999999", "pilihan"),
        ("nonce", "bukan-uuid", "UUID"),
    ],
)
def test_bad_input_says_what_to_do_and_keeps_what_was_typed(client, activity, clerk, field, value, sentence):
    told = {"name": "Pak Marno", "address": "Jalan Kenanga 3", "nonce": str(uuid4())} | {field: value}

    answer = client.post(at(activity, "desk_walk_in"), told)

    assert answer.status_code == 422
    assert sentence.lower() in answer.content.decode().lower()
    assert "Jalan Kenanga 3" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_an_equal_name_is_asked_about_and_not_refused(client, activity, clerk):
    make_attendance(activity, name="Slamet", address="Jalan Melati 1")
    told = {"name": "slamet", "nonce": uuid4()}

    asked = client.post(at(activity, "desk_walk_in"), told)
    client.post(at(activity, "desk_walk_in"), told | {"same_name": "on"})

    assert asked.status_code == 422
    assert "Slamet (Jalan Melati 1) sudah tercatat hadir" in asked.content.decode()
    assert Attendance.objects.count() == 2


def test_the_desk_asks_no_more_than_the_sheet_has_columns_for(client, village, clerk):
    bare = make_activity(kind=make_kind(columns=[SheetColumn.NAME, SheetColumn.SIGNATURE]))
    full = make_activity(kind=make_kind(columns=list(SheetColumn.values)))

    assert not {"phone", "address", "institution", "age_group"} & set(
        client.get(at(bare)).context["form"].fields
    )
    assert {"phone", "address", "institution", "age_group", "region"} <= set(
        client.get(at(full)).context["form"].fields
    )
    client.post(at(bare, "desk_walk_in"), {"name": "Pak Marno", "phone": "0812", "nonce": uuid4()})
    assert Attendance.objects.get().phone == ""


def test_a_stand_in_is_written_with_whom_he_stands_for(client, activity, clerk):
    invitation = make_invitation(activity, whom=factories.make_person(name="Ketua RT 03"))
    address = at(activity, "desk_stand_in", invitation.pk)

    assert "Siapa yang mewakili Ketua RT 03?" in client.get(address).content.decode()
    answer = client.post(address, {"name": "Bu Ratna", "nonce": uuid4()}, follow=True)

    assert "Bu Ratna tercatat hadir, mewakili Ketua RT 03." in answer.content.decode()
    assert Attendance.objects.get().stands_for == invitation


def test_a_body_without_a_known_representative_asks_who_came(client, activity, clerk):
    invitation = make_invitation(activity, whom=factories.make_body(name="LPMD"))

    answer = client.post(at(activity, "desk_check_in"), {"invitation": invitation.pk, "nonce": uuid4()})
    client.post(at(activity, "desk_stand_in", invitation.pk), {"name": "Hadi", "nonce": uuid4()})

    assert answer["Location"].startswith(at(activity, "desk_stand_in", invitation.pk))
    row = Attendance.objects.get()
    assert (row.name, row.institution, row.is_stand_in) == ("Hadi", "LPMD", False)


def test_undoing_asks_for_a_reason(client, activity, clerk):
    row = make_attendance(activity, name="Salah")
    address = at(activity, "desk_undo", row.pk)

    refused = client.post(address, {"reason": "  "})
    assert refused.status_code == 422
    assert "Tulis alasannya" in refused.content.decode()
    row.refresh_from_db()
    assert row.undone_at is None
    client.post(address, {"reason": "salah orang"})

    row.refresh_from_db()
    assert (row.undone_reason, row.undone_by) == ("salah orang", clerk)
    assert "salah orang" in client.get(at(activity)).content.decode()


def test_closing_shows_the_numbers_first_and_then_freezes(client, activity, clerk):
    make_attendance(activity, sex="P")

    asked = client.get(at(activity, "desk_close")).content.decode()
    activity.refresh_from_db()
    assert activity.closed_at is None
    assert "0 laki-laki, 1 perempuan" in asked
    client.post(at(activity, "desk_close"))
    late = client.post(at(activity, "desk_walk_in"), {"name": "Terlambat", "nonce": uuid4()}, follow=True)

    activity.refresh_from_db()
    assert activity.closed_by == clerk
    assert "Daftar hadir sudah ditutup" in late.content.decode()
    assert Attendance.objects.get().number == 1


def test_reopening_asks_for_a_reason(client, activity, clerk):
    activity.close(clerk)

    assert client.post(at(activity, "desk_reopen"), {}).status_code == 422
    activity.refresh_from_db()
    assert activity.closed_at
    client.post(at(activity, "desk_reopen"), {"reason": "dua orang tercatat terlambat"})

    activity.refresh_from_db()
    assert activity.closed_at is None


def test_before_the_day_the_desk_shows_the_invited_and_takes_nobody(client, village, clerk):
    activity = make_activity(starts_at=clock.now() + timedelta(days=3))
    invitation = make_invitation(activity)

    page = client.get(at(activity)).content.decode()
    answer = client.post(
        at(activity, "desk_check_in"), {"invitation": invitation.pk, "nonce": uuid4()}, follow=True
    )

    assert "Belum hari kegiatan" in page
    assert "Tandai hadir" not in page
    assert "baru dapat dicatat pada hari kegiatan" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_rows_of_other_activities_are_not_reached_through_this_one(client, activity, clerk):
    elsewhere = make_activity()
    invitation, row = make_invitation(elsewhere), make_attendance(elsewhere)

    assert (
        client.post(
            at(activity, "desk_check_in"), {"invitation": invitation.pk, "nonce": uuid4()}
        ).status_code
        == 404
    )
    assert client.get(at(activity, "desk_stand_in", invitation.pk)).status_code == 404
    assert client.post(at(activity, "desk_undo", row.pk), {"reason": "x"}).status_code == 404
    assert client.get(at(activity), {"sesi": elsewhere.sessions.get().pk}).status_code == 404
    assert client.get(at(activity), {"sesi": "abc"}).status_code == 404


def test_extra_fields_change_nothing(client, activity, clerk):
    client.post(
        at(activity, "desk_walk_in"),
        {
            "name": "Pak Marno",
            "nonce": uuid4(),
            "number": 99,
            "undone_reason": "x",
            "village": 7,
            "method": "hp",
        },
    )

    row = Attendance.objects.get()
    assert (row.number, row.undone_reason, row.village_id, row.method) == (
        None,
        "",
        activity.village_id,
        "meja",
    )


def test_sixty_people_cost_no_more_queries_than_one(client, activity, session, clerk):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(activity), {"q": "warga"}).status_code == 200
        return len(queries)

    def fill(number):
        for n in range(number):
            region = factories.make_region()
            invitation = make_invitation(
                activity, by=clerk, whom=factories.make_person(region=region, unsur=factories.make_unsur())
            )
            body = make_invitation(
                activity, by=clerk, whom=factories.make_body(region=region), representative=f"Wakil {n}"
            )
            factories.make_person(region=region, unsur=factories.make_unsur())
            session.check_in(invitation=invitation, by=clerk)
            session.check_in(invitation=body, by=clerk)
            make_attendance(activity, by=clerk).undo("salah", clerk)

    client.get(at(activity))
    fill(1)
    one = count()
    fill(20)

    assert count() == one
