"""An official tells people by WhatsApp from his own phone, one by one, and ticks off whom he told."""

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from attendance.invited_codes import answer_path
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.residents import due, privacy
from partisipasi.residents.models import (
    Follow,
    Membership,
    Message,
    MessageList,
    NobodyToTell,
    Notice,
    Person,
    Role,
)
from tests import factories
from tests.attendance.factories import make_activity, make_invitation
from tests.hostile import HOSTILE
from tests.threads import at_once

NEW = "/perangkat/pesan/baru/"


@pytest.fixture
def secretary(village, client):
    user = factories.make_official(Role.SECRETARY, username="sekretaris")
    client.force_login(user)
    return user


def sent(people=(), bodies=(), **fields):
    return {
        "title": "Undangan musdus",
        "text": "Yth. {nama}, kami undang.",
        "people": [person.pk for person in people],
        "bodies": [body.pk for body in bodies],
        "nonce": uuid.uuid4(),
    } | fields


def names_in(page):
    return set(re.findall(r"<strong>([^<]+)</strong>", page[page.index("<main") :]))


def test_people_are_chosen_by_part_of_the_village_unsur_body_and_name(secretary, client):
    hamlet, unsur, body = factories.make_region(), factories.make_unsur(), factories.make_body()
    rt = factories.make_region(parent=hamlet, level_word="RT")
    siti = factories.make_person(name="Siti Rohmah", region=rt, unsur=unsur)
    budi = factories.make_person(name="Budi Santoso")
    gone = factories.make_person(name="Sudah Pindah", retired_at=clock.now())
    Membership.objects.create(person=budi, body=body)

    def offered(**filters):
        return set(client.get(NEW, filters).context["people"])

    assert offered() == set()
    assert {siti, budi} <= offered(wilayah="")
    assert gone not in offered(wilayah="")
    assert offered(wilayah=hamlet.pk) == {siti}
    assert offered(unsur=unsur.pk) == {siti}
    assert offered(lembaga=body.pk) == {budi}
    assert offered(cari="rohmah") == {siti}
    assert client.get(NEW, {"wilayah": "entah"}).status_code == 422


def test_a_list_is_made_opened_and_ticked_off(secretary, client):
    siti = factories.make_person(name="Siti & Co", phone="+6281234567890")
    ani = factories.make_person(name="Ani", phone="")

    made = client.post(NEW, sent([siti, ani]))
    address = made["Location"]
    page = client.get(address).text

    assert "0 dari 2 sudah disampaikan" in page
    assert names_in(page) == {"Siti &amp; Co"}
    link = urlsplit(re.search(r'href="(https://wa\.me/[^"]+)"', page)[1].replace("&amp;", "&"))
    assert link.path == "/6281234567890"
    assert parse_qs(link.query) == {"text": ["Yth. Siti & Co, kami undang."]}
    assert names_in(client.get(f"{address}?bagian=tanpa_nomor").text) == {"Ani"}

    message = Message.objects.get(person=siti)
    assert client.get(f"{address}{message.pk}/sudah/").status_code == 405
    for _ in range(2):
        client.post(f"{address}{message.pk}/sudah/")

    page = client.get(f"{address}?bagian=sudah").text
    assert "1 dari 2 sudah disampaikan" in page
    assert "oleh sekretaris" in page
    message.refresh_from_db()
    assert message.told_by == secretary

    client.post(f"{address}{message.pk}/batal/")
    assert "0 dari 2" in client.get(address).text


def test_the_number_of_the_account_helps_where_the_address_book_has_none(secretary, client):
    user = factories.make_user(phone="+6281234567891")
    person = factories.make_person(user=user)
    made = factories.make_message_list(person, by=secretary)

    assert "wa.me/6281234567891?" in client.get(made.get_absolute_url()).text


def test_the_greeting_stands_ready(secretary, client):
    factories.make_person()

    text = client.get(NEW, {"wilayah": ""}).context["form"]["text"].value()

    assert text.startswith("Yth. Bapak/Ibu {nama},")
    assert text.endswith("Desa Sukaramah")


def test_a_form_sent_twice_makes_one_list(secretary, client):
    fields = sent([factories.make_person()])

    first, second = client.post(NEW, fields), client.post(NEW, fields)

    assert first["Location"] == second["Location"]
    assert MessageList.objects.count() == Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tick_at_once_the_first_did_it(village):
    first, second = factories.make_official(Role.SECRETARY), factories.make_official(Role.ADMIN)
    message = factories.make_message_list(by=first).messages.get()
    moment = clock.now()

    def tick(by):
        return lambda: Message.objects.get(pk=message.pk).mark_told(by=by)

    outcomes = at_once(village, tick(first), tick(second))

    assert outcomes == [None, None]
    message.refresh_from_db()
    assert message.told_by in {first, second}
    assert message.told_at >= moment


@pytest.mark.parametrize("missing", ["title", "text", "people"])
def test_what_is_missing_is_said_and_what_was_typed_stays(secretary, client, missing):
    person = factories.make_person(name="Siti")
    fields = sent([person]) | {missing: []}

    refused = client.post(f"{NEW}?wilayah=", fields)

    assert refused.status_code == 422
    assert "Ada yang perlu diperbaiki" in refused.text
    assert ("kami undang" in refused.text) == (missing != "text")
    assert not MessageList.objects.exists()


def test_nobody_is_no_list(village):
    with pytest.raises(NobodyToTell):
        MessageList.objects.make(title="Kosong", text="Halo", by=factories.make_user())

    assert not MessageList.objects.exists()


def test_a_hamlet_head_reaches_his_hamlet_and_sees_his_own_lists(village, client):
    hamlet, other = factories.make_region(), factories.make_region()
    mine, theirs = factories.make_person(region=hamlet), factories.make_person(region=other)
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    foreign = factories.make_message_list(theirs, by=factories.make_official(Role.SECRETARY))
    client.force_login(head)

    assert set(client.get(NEW, {"wilayah": ""}).context["people"]) == {mine}
    assert client.post(NEW, sent([theirs])).status_code == 422
    assert client.get(foreign.get_absolute_url()).status_code == 404
    made = client.post(NEW, sent([mine]))
    assert client.get(made["Location"]).status_code == 200
    assert f'href="{foreign.get_absolute_url()}"' not in client.get("/perangkat/pesan/").text


def test_whom_a_new_office_does_not_reach_disappears_from_an_old_list(village, client):
    hamlet, other = factories.make_region(), factories.make_region()
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    made = factories.make_message_list(factories.make_person(name="Jauh", region=other), by=head)
    client.force_login(head)

    assert "Jauh" not in client.get(made.get_absolute_url()).text
    message = made.messages.get()
    assert client.post(f"{made.get_absolute_url()}{message.pk}/sudah/").status_code == 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.MODERATOR, Role.SUPERVISOR])
def test_other_officials_send_nothing(village, client, role):
    client.force_login(factories.make_official(role))

    assert client.get("/perangkat/pesan/").status_code == 403
    assert client.post(NEW, sent([factories.make_person()])).status_code == 403
    assert not MessageList.objects.exists()


def test_people_and_lists_of_the_other_village_are_nobodys_here(secretary, neighbour, client):
    with village_scope(neighbour):
        foreign = factories.make_person(name="Orang Seberang")
        their_list = factories.make_message_list(foreign, by=factories.make_official(Role.SECRETARY))

    assert client.post(NEW, sent([foreign])).status_code == 422
    assert client.get(their_list.get_absolute_url()).status_code == 404
    assert "Orang Seberang" not in client.get(NEW, {"wilayah": ""}).text


def test_from_an_activity_the_invited_get_the_text_of_the_invitation(secretary, client):
    activity = make_activity(title="Musdus Krajan", venue="Balai Dusun")
    guest, body = factories.make_person(name="Siti"), factories.make_body(name="PKK")
    factories.make_person(name="Tidak Diundang")
    activity.invite(guest, by=secretary)
    activity.invite(body, by=secretary)
    link = f"{NEW}?tentang={activity.get_absolute_url()}"
    assert f'href="{link}"' in client.get(f"{activity.get_absolute_url()}undangan/").text

    page = client.get(link)

    assert set(page.context["people"]) == {guest}
    assert set(page.context["bodies"]) == {body}
    text = page.context["form"]["text"].value()
    assert "menghadiri Musdus Krajan" in text
    assert "Tempat: Balai Dusun" in text
    assert f"http://testserver:8000{activity.get_absolute_url()}" in text
    made = client.post(link, sent([guest], [body], text=text))
    assert MessageList.objects.get().path == activity.get_absolute_url()
    assert "0 dari 2" in client.get(made["Location"]).text


@pytest.mark.parametrize("about", ["/kegiatan/999999/", "/informasi/", "https://jahat.example/", "//x"])
def test_a_page_that_concerns_nobody_offers_the_search(secretary, client, about):
    page = client.get(NEW, {"tentang": about})

    assert page.status_code == 200
    assert page.context["about"] == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_texts_stay_text_and_stay_in_their_link(secretary, client, text):
    typed = text.replace("\x00", "").strip() or "Siti"
    person = factories.make_person(name=typed[:120], phone="+6281234567890")
    made = factories.make_message_list(person, by=secretary, title=typed[:120], text=typed + " {nama}")

    page = client.get(made.get_absolute_url()).text

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    link = re.search(r'href="(https://wa\.me/[^"]*)"', page)[1]
    assert re.fullmatch(r"https://wa\.me/6281234567890\?text=[A-Za-z0-9%._~-]+", link)


def test_many_rows_take_as_many_statements_as_one(secretary, client, django_assert_max_num_queries):
    made = factories.make_message_list(factories.make_person(phone="+6281234567890"), by=secretary)
    address = made.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(16) as one:
        client.get(address)
    for number in range(5):
        region = factories.make_region()
        person = factories.make_person(phone=f"+628123456780{number}", region=region)
        Message.objects.create(list=made, person=person)
        factories.make_message_list(by=secretary)
    with django_assert_max_num_queries(len(one) + 1):
        client.get(address)


def test_its_maker_deletes_a_list_and_nobody_else(secretary, client):
    own = factories.make_message_list(by=secretary)
    another = factories.make_message_list(by=factories.make_official(Role.ADMIN))

    assert client.get(f"{own.get_absolute_url()}hapus/").status_code == 200
    client.post(f"{own.get_absolute_url()}hapus/")
    assert client.post(f"{another.get_absolute_url()}hapus/").status_code == 403

    assert list(MessageList.objects.all()) == [another]


def test_what_is_left_to_tell_waits_in_admin_for_who_made_the_list(secretary):
    factories.make_message_list(by=secretary)
    factories.make_message_list(by=factories.make_official(Role.ADMIN))

    trays = {tray.label: tray for tray in waiting_for(secretary)}

    assert trays["Pesan WhatsApp pada daftar Anda belum disampaikan"].count == 1


def test_lists_are_forgotten_after_ninety_days(secretary):
    factories.make_message_list(by=secretary)

    with clock.at(clock.now() + timedelta(days=89)):
        assert due.forget_message_lists() == 0
    with clock.at(clock.now() + timedelta(days=91)):
        assert due.forget_message_lists() == 1
        assert due.forget_message_lists() == 0

    assert not Message.objects.exists()


def test_erasure_takes_a_person_off_the_lists(secretary):
    person = factories.make_person()
    factories.make_message_list(person, factories.make_person(), by=secretary)
    factories.make_notice(secretary)
    factories.make_follow(secretary)

    privacy.erase(person)
    privacy.erase(Person.objects.get(user=secretary))

    assert Message.objects.count() == 1
    assert not Notice.objects.exists()
    assert not Follow.objects.exists()


def test_each_invited_gets_the_address_of_his_own_answer(secretary, client):
    activity = make_activity(starts_at=clock.now() + timedelta(days=3))
    siti = factories.make_person(name="Siti", phone="+6281234567890")
    budi = factories.make_person(name="Budi {tautan}", phone="+6281234567891")
    pkk = factories.make_body(name="PKK", phone="+6281234567892")
    seats = {str(whom): make_invitation(activity, whom=whom) for whom in (siti, budi, pkk)}
    link = f"{NEW}?tentang={activity.get_absolute_url()}"
    text = client.get(link).context["form"]["text"].value()
    made = client.post(link, sent([siti, budi], [pkk], text=text))["Location"]

    told = {str(row): row.text for row in client.get(made).context["rows"]}

    for name, seat in seats.items():
        assert f"diwakilkan): http://testserver:8000{answer_path(seat)}" in told[name]
        assert [answer_path(other) in told[name] for other in seats.values()].count(True) == 1
    assert "Bapak/Ibu Budi {tautan}," in told["Budi {tautan}"]


def test_who_lost_his_seat_or_may_not_see_it_gets_no_address(secretary, client):
    activity = make_activity(starts_at=clock.now() + timedelta(days=3))
    siti = factories.make_person(name="Siti", phone="+6281234567890")
    seat = make_invitation(activity, whom=siti)
    made = factories.make_message_list(
        siti, by=secretary, text="Yth. {nama}\nJawab: {tautan}\nSalam", path=activity.get_absolute_url()
    )
    seat.withdraw("Pindah.", secretary)

    assert [row.text for row in client.get(made.get_absolute_url()).context["rows"]] == ["Yth. Siti\nSalam"]


def test_a_list_about_no_page_has_no_addresses(secretary, client):
    siti = factories.make_person(name="Siti", phone="+6281234567890")
    made = factories.make_message_list(siti, by=secretary, text="Yth. {nama}\n{tautan}")

    assert [row.text for row in client.get(made.get_absolute_url()).context["rows"]] == ["Yth. Siti"]
