"""Putting an activity off: for a reason, and step by step for want of a quorum (domain: 1.6)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.agreement import as_pdf
from attendance.models import Activity, Postponement, Refusal, Step
from attendance.roster import SheetOptions, sheet_of
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Person, Role
from tests import factories
from tests.attendance.factories import make_activity, make_invitation, make_kind, make_minutes
from tests.attendance.test_admin import ACTIVITIES, change_answers
from tests.threads import at_once

START = datetime(2026, 8, 17, 2, tzinfo=UTC)  # Monday, 09.00 WIB
BEFORE = START - timedelta(days=7)


@pytest.fixture
def guest(village):
    return factories.make_resident()


@pytest.fixture
def activity(village, guest):
    """Three seats, of which two make the quorum; announced a week before."""
    with clock.at(BEFORE):
        activity = make_activity(title="Musdes RKP", starts_at=START, kind=make_kind(quorum="2/3"))
        activity.invite(Person.objects.get(user=guest), by=factories.make_user())
        for _ in range(2):
            make_invitation(activity)
    return activity


def at(activity, name, session=None):
    return reverse(f"attendance:{name}", args=[activity.pk]) + (f"?sesi={session.pk}" if session else "")


def how(by=None):
    return {"by": by or factories.make_user(), "nonce": uuid4()}


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("text", flat=True))


def next_step(session):
    return Postponement.objects.next_step(session)


def fresh(activity):
    return Activity.objects.get(pk=activity.pk).sessions.in_order()


def test_no_step_is_offered_before_the_beginning_or_with_the_quorum(activity, clerk):
    session = activity.sessions.get()
    with clock.at(START - timedelta(minutes=1)):
        assert next_step(session) is None
    with clock.at(START + timedelta(minutes=10)):
        assert next_step(session) == Step.HOURS
        for seat in activity.invitations.all()[:2]:
            session.check_in(invitation=seat, by=clerk)
        assert next_step(session) is None


def test_hours_then_days_then_on_with_those_present(activity, clerk, guest):
    first = activity.sessions.get()
    with clock.at(START + timedelta(minutes=30)):
        first.check_in(invitation=activity.invitations.first(), by=clerk)
        Postponement.objects.adjourn(first, clock.now() + timedelta(hours=1), **how(clerk))
        (first,) = fresh(activity)
        assert first.starts_at == START + timedelta(minutes=90)
        assert first.attendances.present().count() == 1
        assert next_step(first) is None

    with clock.at(START + timedelta(hours=2)):
        assert next_step(first) == Step.DAYS
        Postponement.objects.convene_again(first, START + timedelta(days=2), venue="Gedung PKK", **how(clerk))
        first, second = fresh(activity)
        assert (first.over_at, second.venue_text) == (clock.now(), "Gedung PKK")
        assert second.attendances.count() == 0
        assert next_step(first) is None

    with clock.at(START + timedelta(days=2, hours=1)):
        assert next_step(second) == Step.ON
        Postponement.objects.go_on(second, **how(clerk))
        assert next_step(second) is None

    remark = sheet_of(second, SheetOptions()).recap.remark
    assert "Dilanjutkan dengan yang hadir, meskipun kuorum belum terpenuhi (0 dari 2 kursi" in remark
    lines = Activity.objects.get().change_lines
    assert [line.split(" karena")[0] for line in lines[:2]] == ["Ditunda", "Ditunda"]
    assert "1 dari 2 kursi yang diperlukan terisi" in lines[0]
    assert "Rabu, 19 Agustus 2026 pukul 09.00 WIB, di Gedung PKK" in lines[1]
    assert lines[2].startswith("Dilanjutkan dengan yang hadir")
    entries = Entry.objects.filter(kind="activity.postponed").order_by("number")
    assert [entry.facts["step"] for entry in entries] == ["skors", "ulang", "lanjut"]
    assert entries[0].facts["seats_filled"] == 1
    assert [text.startswith("Musdes RKP: Ditunda karena kuorum") for text in told(guest)[1:]] == [True, True]


@pytest.mark.parametrize(
    ("hours", "days", "steps"), [(None, 3, Step.DAYS), (None, None, Step.ON), (2, None, Step.HOURS)]
)
def test_a_village_leaves_steps_out(activity, hours, days, steps):
    activity.kind.wait_hours, activity.kind.wait_days = hours, days
    activity.kind.save()

    with clock.at(START + timedelta(hours=1)):
        assert next_step(fresh(activity)[0]) == steps


@pytest.mark.parametrize("late", [timedelta(hours=3, minutes=1), timedelta(0), -timedelta(hours=1)])
def test_hours_end_where_the_rules_do(activity, late):
    session = activity.sessions.get()
    with clock.at(START + timedelta(minutes=5)), pytest.raises(Refusal, match="paling lama 3 jam"):
        Postponement.objects.adjourn(session, clock.now() + late, **how())

    assert fresh(activity)[0].starts_at == START
    assert not Postponement.objects.exists()


def test_the_other_day_is_within_the_days_of_the_rules(activity):
    activity.kind.wait_hours = None
    activity.kind.save()
    (session,) = fresh(activity)
    with clock.at(START + timedelta(minutes=5)), pytest.raises(Refusal, match="20 Agustus 2026"):
        Postponement.objects.convene_again(session, START + timedelta(days=4), **how())

    assert len(fresh(activity)) == 1


def test_no_step_is_skipped_or_taken_of_a_closed_list(activity):
    session = activity.sessions.get()
    with clock.at(START + timedelta(minutes=5)):
        with pytest.raises(Refusal):
            Postponement.objects.go_on(session, **how())
        activity.close(factories.make_user())
        with pytest.raises(Refusal):
            Postponement.objects.adjourn(session, clock.now() + timedelta(hours=1), **how())
    assert not Postponement.objects.exists()


def test_the_same_step_sent_twice_is_one(activity):
    session, once = activity.sessions.get(), how()
    with clock.at(START + timedelta(minutes=5)):
        until = clock.now() + timedelta(hours=1)
        for _ in range(2):
            Postponement.objects.adjourn(session, until, **once)

    assert Postponement.objects.count() == Entry.objects.filter(kind="activity.postponed").count() == 1


def test_an_activity_moves_with_a_reason_and_the_invited_hear_of_it(activity, guest, clerk):
    session = activity.sessions.get()
    with clock.at(BEFORE + timedelta(days=1)):
        Postponement.objects.move(
            session, START + timedelta(days=1), venue="Gedung PKK", reason="Balai dipakai.", **how(clerk)
        )

    (session,) = fresh(activity)
    assert (session.starts_at, session.venue_text) == (START + timedelta(days=1), "Gedung PKK")
    assert session.activity.starts_at == START + timedelta(days=1)
    [line] = session.activity.change_lines
    assert line == (
        "Ditunda dari Senin, 17 Agustus 2026 pukul 09.00 WIB menjadi Selasa, 18 Agustus 2026 pukul 09.00 WIB, "
        "di Gedung PKK. Alasan: Balai dipakai."
    )
    assert told(guest)[-1].startswith("Musdes RKP: Ditunda dari Senin")
    assert len(told(guest)) == 2
    assert "Balai" not in str(Entry.objects.get(kind="activity.postponed").facts)


def test_what_has_begun_to_fill_or_did_not_change_is_not_moved(activity, clerk):
    session = activity.sessions.get()
    with clock.at(BEFORE + timedelta(days=1)), pytest.raises(Refusal, match="sama"):
        Postponement.objects.move(session, START, venue="Balai Desa", reason="x", **how())
    with clock.at(START):
        session.check_in(invitation=activity.invitations.first(), by=clerk)
        with pytest.raises(Refusal, match="tercatat hadir"):
            Postponement.objects.move(session, START + timedelta(days=1), venue="x", reason="x", **how())
    draft = make_activity(announced=False, starts_at=clock.now() + timedelta(days=1))
    with pytest.raises(Refusal, match="belum diumumkan"):
        Postponement.objects.move(
            draft.sessions.get(), clock.now() + timedelta(days=2), venue="x", reason="x", **how()
        )
    assert not Postponement.objects.exists()


# Pages


def moved(session, **fields):
    told = {"sesi": session.pk, "day": "2026-08-19", "begins": "10:30", "ends": "", "venue": "Balai Desa"}
    return told | {"reason": "Listrik padam.", "nonce": uuid4()} | fields


def test_a_secretary_moves_it_on_the_page_and_everybody_reads_why(client, activity, clerk):
    with clock.at(BEFORE + timedelta(days=1)):
        assert 'value="2026-08-17"' in client.get(at(activity, "activity_postpone")).text
        answer = client.post(at(activity, "activity_postpone"), moved(activity.sessions.get()))
        page = client.get(activity.get_absolute_url()).text

    assert answer.status_code == 302
    assert "Listrik padam." in page
    assert "Rabu, 19 Agustus 2026" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": " "}, "Tulis alasannya"),
        ({"day": "x"}, "Tulis tanggal"),
        ({"begins": "pagi"}, "Tulis jam dengan angka"),
        ({"ends": "09:00"}, "sesudah waktu mulai"),
        ({"day": "2026-08-01"}, "sudah lewat"),
        ({"venue": ""}, "Tulis tempatnya"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_moves(client, activity, clerk, wrong, sentence):
    with clock.at(BEFORE + timedelta(days=1)):
        answer = client.post(at(activity, "activity_postpone"), moved(activity.sessions.get(), **wrong))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert fresh(activity)[0].starts_at == START


def test_the_desk_leads_to_the_next_step_and_the_step_is_taken(client, activity, clerk):
    session = activity.sessions.get()
    with clock.at(START + timedelta(minutes=10)):
        client.force_login(clerk)
        for name in ("desk", "desk_close"):
            assert at(activity, "desk_quorum", session) in client.get(at(activity, name)).text
        page = client.get(at(activity, "desk_quorum", session)).text
        assert "1 jam 30 menit lagi, sekitar pukul 10.40 WIB" in page
        assert "3 jam 30 menit" not in page
        sent = {"sesi": session.pk, "langkah": "skors", "minutes": "90", "nonce": uuid4()}
        assert client.post(at(activity, "desk_quorum"), sent | {"minutes": "600"}).status_code == 422
        client.post(at(activity, "desk_quorum"), sent)
        client.post(at(activity, "desk_quorum"), sent)
        public = client.get(activity.get_absolute_url()).text
        hall = client.get(at(activity, "hall_live")).text

    assert Postponement.objects.get().step == Step.HOURS
    assert "Ditunda karena kuorum belum terpenuhi" in public
    assert "Ditunda karena kuorum belum terpenuhi" in hall


def test_the_other_day_and_going_on_are_taken_on_the_page(client, activity, clerk):
    activity.kind.wait_hours = None
    activity.kind.save()
    first = activity.sessions.get()
    with clock.at(START + timedelta(minutes=10)):
        client.force_login(clerk)
        again = {
            "sesi": first.pk,
            "langkah": "ulang",
            "day": "2026-08-18",
            "begins": "09:00",
            "ends": "11:00",
        }
        client.post(at(activity, "desk_quorum"), again | {"venue": "Balai Desa", "nonce": uuid4()})
    _, second = fresh(activity)
    with clock.at(START + timedelta(days=1, minutes=10)):
        client.force_login(clerk)
        sent = {"sesi": second.pk, "langkah": "lanjut", "nonce": uuid4()}
        assert "Lanjutkan musyawarah" in client.get(at(activity, "desk_quorum", second)).text
        client.post(at(activity, "desk_quorum"), sent)

    assert list(Postponement.objects.values_list("step", flat=True)) == ["ulang", "lanjut"]


def test_other_villages_and_who_may_not_close_find_nothing(client, activity, neighbour):
    session = activity.sessions.get()
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))
    for name in ("activity_postpone", "desk_quorum"):
        elsewhere = client.get(at(activity, name), headers={"host": "tetangga.testserver"})
        assert elsewhere.status_code == 404
    client.force_login(factories.make_official(Role.OPERATOR))
    assert client.post(at(activity, "activity_postpone"), moved(session)).status_code == 404
    assert fresh(activity)[0].starts_at == START


def test_an_edited_place_is_told_and_the_berita_acara_tells_each_step(client, activity, guest, clerk):
    with clock.at(BEFORE + timedelta(days=1)):
        client.force_login(clerk)
        client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, venue="Gedung PKK"))
    assert told(guest)[-1] == "Tempat berubah: Musdes RKP, di Gedung PKK."

    with clock.at(START + timedelta(minutes=10)):
        Postponement.objects.adjourn(activity.sessions.get(), clock.now() + timedelta(hours=1), **how())
    with clock.at(START + timedelta(hours=3)):
        minutes = make_minutes(Activity.objects.get())
        assert as_pdf(minutes).startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_two_officials_take_one_step_together_once(village):
    with clock.at(BEFORE):
        activity = make_activity(starts_at=START, kind=make_kind())
        make_invitation(activity)
    session, by = activity.sessions.get(), factories.make_user()

    def adjourn():
        with clock.at(START + timedelta(minutes=5)):
            try:
                Postponement.objects.adjourn(session, START + timedelta(hours=1), by=by, nonce=uuid4())
            except Refusal:
                return "refused"
            return "taken"

    assert sorted(at_once(village, adjourn, adjourn)) == ["refused", "taken"]
