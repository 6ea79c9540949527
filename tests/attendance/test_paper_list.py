"""The signed paper list, typed in afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session as SignedIn
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Attendance, Guest
from partisipasi import clock
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import (
    make_activity,
    make_attendance,
    make_invitation,
    make_kind,
    make_open_activity,
    make_registration,
)


@pytest.fixture
def activity(village):
    return make_activity()


def at(activity):
    return reverse("attendance:paper_list", args=[activity.pk])


def a_page(*names, nonce=None, **told):
    """A page as a browser sends it, with a signed line for each of these names."""
    page = {"kiriman": str(nonce or uuid4())}
    for place, name in enumerate(names):
        page |= {f"baris-{place}-name": name, f"baris-{place}-signed": "on"}
    return page | told


def on_list(activity):
    rows = Attendance.objects.present().filter(session__activity=activity).in_order()
    return [(row.name, row.method) for row in rows]


def test_the_invited_stand_there_in_the_printed_order_and_a_tick_records_them(client, clerk, activity):
    second = make_invitation(activity, whom=factories.make_person(name="Wagiman"))
    first = make_invitation(activity, whom=factories.make_person(name="Aminah", sex="P"))
    text = client.get(at(activity)).content.decode()
    assert text.index("Aminah") < text.index("Wagiman")

    answer = client.post(at(activity), a_page(**{f"hadir-{second.pk}": "on"}), follow=True)

    row = Attendance.objects.get()
    assert (row.name, row.invitation, row.method, row.checked_in_by) == ("Wagiman", second, "kertas", clerk)
    assert not first.attendances.exists()
    assert "1 orang tercatat hadir dari kertas." in answer.content.decode()
    assert "Hadir, dari kertas" in answer.content.decode()


def test_walk_ins_are_recorded_with_what_the_paper_asks_and_empty_lines_do_not_count(client, clerk, activity):
    unsur = factories.make_unsur(name="Tokoh tani")
    page = a_page("Slamet  Riyadi", "", "  ")
    page |= {"baris-0-sex": "L", "baris-0-unsur": unsur.pk, "baris-0-address": "RT 01"}

    client.post(at(activity), page)

    (row,) = Attendance.objects.all()
    told = (row.name, row.sex, row.unsur, row.address, row.method, row.invitation)
    assert told == ("Slamet Riyadi", "L", unsur, "RT 01", "kertas", None)


def test_a_page_sent_twice_is_recorded_once_and_answered_alike(client, clerk, activity):
    seat = make_invitation(activity, whom=factories.make_person(name="Aminah"))
    page = a_page("Slamet", "Darmini", **{f"hadir-{seat.pk}": "on"})

    answers = [client.post(at(activity), page, follow=True).content.decode() for _ in range(2)]

    assert sorted(name for name, _ in on_list(activity)) == ["Aminah", "Darmini", "Slamet"]
    for answer in answers:
        assert "3 orang tercatat hadir dari kertas." in answer
        assert "tidak dicatat dua kali" not in answer


def test_another_name_in_the_same_line_of_a_page_kept_since_is_another_person(client, clerk, activity):
    page = a_page("Slamet")
    client.post(at(activity), page)

    client.post(at(activity), page | {"baris-0-name": "Suparman"})

    assert [name for name, _ in on_list(activity)] == ["Slamet", "Suparman"]


def test_one_wrong_line_saves_nothing_and_keeps_what_was_typed(client, clerk, activity):
    seat = make_invitation(activity, whom=factories.make_person(name="Aminah"))
    page = a_page("Slamet", "12345", **{f"hadir-{seat.pk}": "on", "baris-2-address": "RT 02"})
    page["baris-2-name"] = ""

    answer = client.post(at(activity), page)

    assert answer.status_code == 422
    assert on_list(activity) == []
    text = answer.content.decode()
    assert "Nomor 3: Tulis nama dengan huruf." in text
    assert "Nomor 4: Tulis nama yang hadir." in text
    assert 'value="Slamet"' in text
    assert 'value="RT 02"' in text
    assert f'name="hadir-{seat.pk}"' in text
    assert "checked" in text.split(f'name="hadir-{seat.pk}"')[1].split(">")[0]


def test_equal_names_are_asked_about_and_not_refused(client, clerk, activity):
    make_attendance(activity, name="Slamet", address="RT 05")
    make_invitation(activity, whom=factories.make_person(name="Darmini"))
    page = a_page("slamet", "Darmini", "Karto", "KARTO")

    asked = client.post(at(activity), page)

    text = asked.content.decode()
    assert asked.status_code == 422
    assert "Slamet (RT 05) sudah tercatat hadir." in text
    assert "Darmini diundang, nomor 1." in text
    assert "Nama ini juga ditulis di nomor 5." in text
    assert len(on_list(activity)) == 1

    same = {f"baris-{place}-same_name": "on" for place in (0, 1, 3)}
    client.post(at(activity), page | same)

    assert len(on_list(activity)) == 5


def test_who_did_not_sign_is_not_recorded_and_named(client, clerk, activity):
    page = a_page("Slamet", "Darmini")
    del page["baris-1-signed"]

    answer = client.post(at(activity), page, follow=True)

    assert [name for name, _ in on_list(activity)] == ["Slamet"]
    assert "Tidak dicatat karena tidak bertanda tangan: Darmini." in answer.content.decode()


def test_a_stand_in_and_a_body_s_delegate_are_typed_beside_the_invited(client, clerk, activity):
    person = make_invitation(activity, whom=factories.make_person(name="Aminah"))
    body = make_invitation(activity, whom=factories.make_body(name="PKK Krajan"))
    page = a_page(**{f"hadir-{person.pk}": "on", f"wakil-{person.pk}": "Hartono", f"lp-{person.pk}": "L"})

    refused = client.post(at(activity), page | {f"hadir-{body.pk}": "on"})

    assert refused.status_code == 422
    assert "Tulis nama utusannya." in refused.content.decode()
    assert on_list(activity) == []

    client.post(at(activity), page | {f"hadir-{body.pk}": "on", f"wakil-{body.pk}": "Sulastri"})

    stand_in, delegate = Attendance.objects.order_by("name")
    assert (stand_in.name, stand_in.sex, stand_in.is_stand_in, stand_in.invitation) == (
        "Hartono",
        "L",
        True,
        person,
    )
    assert (delegate.name, delegate.is_stand_in, delegate.institution) == ("Sulastri", False, "PKK Krajan")


def test_a_stand_in_without_a_tick_is_asked_about(client, clerk, activity):
    seat = make_invitation(activity, whom=factories.make_person(name="Aminah"))

    answer = client.post(at(activity), a_page(**{f"wakil-{seat.pk}": "Hartono"}))

    assert answer.status_code == 422
    assert "Centang hadir bila ia menandatangani" in answer.content.decode()


def test_whom_the_desk_marked_meanwhile_keeps_that_line(client, clerk, activity):
    seat = make_invitation(activity, whom=factories.make_person(name="Aminah"))
    page = a_page("Slamet", **{f"hadir-{seat.pk}": "on"})
    activity.sessions.get().check_in(invitation=seat, by=clerk)

    answer = client.post(at(activity), page, follow=True)

    assert on_list(activity) == [("Aminah", "meja"), ("Slamet", "kertas")]
    assert "tidak dicatat dua kali: Aminah." in answer.content.decode()


def test_somebody_chosen_from_the_address_book_is_linked_and_fills_his_own_seat(client, clerk, activity):
    person = factories.make_person(name="Aminah", sex="P", address="Jalan Melati 3")
    invited = factories.make_person(name="Wagiman")
    seat = make_invitation(activity, whom=invited)
    page = a_page("Aminah", "Wagiman", **{"baris-0-person": person.pk, "baris-1-person": invited.pk})

    client.post(at(activity), page)

    by_name = {row.name: row for row in Attendance.objects.all()}
    assert (by_name["Aminah"].person, by_name["Aminah"].sex) == (person, "P")
    assert by_name["Aminah"].address == "Jalan Melati 3"
    assert by_name["Wagiman"].invitation == seat


def test_nobody_beyond_an_official_s_reach_is_linked(client, activity, village):
    ours, theirs = factories.make_region(), factories.make_region()
    stranger = factories.make_person(name="Aminah", region=theirs)
    mine = make_activity(region=ours)
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=ours))

    answer = client.post(at(mine), a_page("Aminah", **{"baris-0-person": stranger.pk}))

    assert answer.status_code == 422
    assert on_list(mine) == []


def test_a_closed_list_takes_nothing_and_keeps_what_was_typed(client, clerk, activity):
    activity.close(clerk)

    answer = client.post(at(activity), a_page("Slamet"))

    assert answer.status_code == 422
    assert 'value="Slamet"' in answer.content.decode()
    assert "Buka kembali dengan alasan" in answer.content.decode()
    assert on_list(activity) == []


def test_more_lines_come_without_saving(client, clerk, activity):
    answer = client.post(at(activity), a_page("Slamet", tambah="1"))

    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'value="Slamet"' in text
    assert 'name="baris-10-name"' in text
    assert 'name="baris-11-name"' not in text
    assert on_list(activity) == []


def test_the_page_has_the_columns_of_the_kind_and_asks_nothing_else(client, clerk, village):
    bare = make_activity(kind=make_kind(columns=["number", "name", "signature"]))

    text = client.get(at(bare)).content.decode()

    assert 'name="baris-0-name"' in text
    for field in ("sex", "unsur", "address", "phone", "region", "age_group", "institution"):
        assert f'name="baris-0-{field}"' not in text


def test_what_was_typed_comes_back_after_signing_in(client, clerk, activity):
    """The session ended while the page was open; without JavaScript too."""
    SignedIn.objects.all().delete()

    answer = client.post(at(activity), a_page("Slamet"))

    assert answer.status_code == 302
    assert on_list(activity) == []
    signed = client.post(answer.url, {"login": clerk.username, "password": factories.PASSWORD}, follow=True)
    text = signed.content.decode()
    assert signed.request["PATH_INFO"] == at(activity)
    assert 'value="Slamet"' in text
    assert "Belum tersimpan" in text
    assert 'value="Slamet"' not in client.get(at(activity)).content.decode()


def test_a_monstrous_page_is_not_kept_for_who_is_signed_out(client, activity):
    client.post(at(activity), a_page("S" * 70_000))

    assert not SignedIn.objects.exists()


def test_names_are_completed_from_the_address_book(client, clerk, activity):
    person = factories.make_person(
        name="Aminah Rahayu", sex="P", address="Jalan Melati 3", phone="+628123456789"
    )
    present = factories.make_person(name="Aminah Sari")
    activity.sessions.get().check_in(present, by=clerk)
    address = reverse("attendance:paper_people", args=[activity.pk])

    (found,) = client.get(address, {"q": "aminah"}).json()["people"]

    assert (found["person"], found["name"], found["sex"]) == (person.pk, "Aminah Rahayu", "P")
    assert found["address"] == "Jalan Melati 3"
    assert found["phone"] == ""
    assert client.get(address, {"q": "a"}).json() == {"people": []}


def test_the_page_asks_the_database_alike_for_few_and_many(client, clerk, activity):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(at(activity)).status_code == 200
        return len(asked)

    make_invitation(activity, whom=factories.make_person(region=factories.make_region()))
    make_attendance(activity)
    few = statements()
    for _ in range(4):
        make_invitation(activity, whom=factories.make_person(region=factories.make_region()))
        make_attendance(activity, unsur=factories.make_unsur())

    assert statements() == few


def test_the_list_is_for_those_who_run_the_desk(activity, village):
    operator = Client()
    operator.force_login(factories.make_official(Role.OPERATOR))

    assert operator.get(at(activity)).status_code == 404
    assert operator.post(at(activity), a_page("Slamet")).status_code == 404
    assert on_list(activity) == []


def test_a_guest_is_as_the_desk_would_have_written_him(client, clerk, activity):
    """The same facts, typed or tapped, make the same line but for how it came about."""
    activity.sessions.get().check_in(Guest("Karto", sex="L", address="RT 1"), by=clerk)
    client.post(at(activity), a_page("Darmini", **{"baris-0-sex": "P", "baris-0-address": "RT 2"}))

    told = Attendance.objects.in_order().values_list("name", "sex", "address", "method")
    assert list(told) == [("Karto", "L", "RT 1", "meja"), ("Darmini", "P", "RT 2", "kertas")]


def test_who_registered_stands_after_the_invited_as_on_the_printed_list(client, clerk, village):
    activity = make_open_activity()
    make_invitation(activity, whom=factories.make_person(name="Wagiman"))
    registration = make_registration(activity, name="Aminah")
    with clock.at(activity.starts_at + timedelta(hours=1)):
        client.force_login(clerk)
        text = client.get(at(activity)).content.decode()
        assert text.index("Wagiman") < text.index("Aminah")
        page = a_page(**{f"hadir-daftar-{registration.pk}": "on"})

        for _ in range(2):
            answer = client.post(at(activity), page, follow=True)

    row = Attendance.objects.get()
    assert (row.name, row.registration, row.method) == ("Aminah", registration, "kertas")
    assert "1 orang tercatat hadir dari kertas." in answer.content.decode()
