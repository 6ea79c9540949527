from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from attendance import due
from attendance.models import FollowUp, Refusal
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents import handover
from partisipasi.residents.models import Body, Membership, Notice, Role
from partisipasi.search.finding import find
from tests import factories
from tests.attendance.factories import make_follow_up, make_minutes
from tests.threads import at_once


@pytest.fixture
def clerk(village):
    return factories.make_user()


@pytest.fixture
def worker(village):
    return factories.make_person(user=factories.make_user())


def days(number):
    return clock.today() + timedelta(days=number)


def later(number):
    return clock.at(clock.now() + timedelta(days=number))


def report(follow_up, by, text="Tiang sudah berdiri.", **told):
    follow_up.report(text, by=by, **{"nonce": uuid4()} | told)


def told(person):
    notices = Notice.objects.filter(recipient=person.user, kind="follow_up").order_by("pk")
    return list(notices.values_list("text", flat=True))


def kinds():
    return list(
        Entry.objects.filter(kind__startswith="follow_up").order_by("number").values_list("kind", flat=True)
    )


def photo():
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(drawn, "JPEG")
    return SimpleUploadedFile("foto.jpg", drawn.getvalue(), "image/jpeg")


def test_a_resolution_is_handed_to_one_who_hears_of_it(clerk, worker):
    follow_up = make_follow_up(responsible=worker, by=clerk, task="Memasang lampu")

    assert follow_up.responsible == worker
    assert told(worker) == ["Tugas baru untuk Anda: Memasang lampu"]
    entry = Entry.objects.get(kind="follow_up.set")
    assert entry.facts == {
        "resolution": follow_up.resolution_id,
        "due_on": str(follow_up.due_on),
        "person": worker.pk,
    }


def test_exactly_one_answers_for_it(clerk, worker):
    follow_up = make_follow_up(responsible=worker)

    for whom in ({"body": factories.make_body()}, {"person": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=follow_up.pk).update(**whom)


def test_sent_twice_is_one_task(clerk, worker):
    minutes, nonce = make_minutes(), uuid4()

    first, second = (make_follow_up(minutes, responsible=worker, nonce=nonce) for _ in range(2))

    assert first == second


def test_nothing_follows_from_what_is_not_published_or_until_a_day_that_is_over(clerk):
    with pytest.raises(Refusal):
        make_follow_up(make_minutes(published=False))
    with pytest.raises(Refusal):
        make_follow_up(due_on=days(-1))


def test_its_state_follows_from_what_happened_and_from_the_day(clerk):
    waiting, running, late, done = (make_follow_up(due_on=days(5)) for _ in range(4))
    report(running, clerk)
    report(done, clerk, is_done=True)
    FollowUp.objects.filter(pk=late.pk).update(due_on=days(-2))
    late.refresh_from_db()

    assert [each.state for each in (waiting, running, late, done)] == [
        "belum",
        "berjalan",
        "terlambat",
        "selesai",
    ]
    assert late.state_pill == ("danger", "Terlambat 2 hari")
    for each in (waiting, running, late, done):
        assert list(FollowUp.objects.in_state(each.state, clock.today())) == [each]
    assert FollowUp.objects.counts(clock.today()) == dict.fromkeys(
        ["belum", "berjalan", "terlambat", "selesai"], 1
    )


def test_progress_is_told_with_photos_once(clerk):
    follow_up, nonce = make_follow_up(), uuid4()

    for _ in range(2):
        report(follow_up, clerk, photos=[photo()], nonce=nonce)

    event = follow_up.events.get()
    assert event.photos.get().file.visibility == "publik"
    assert kinds() == ["follow_up.set"]


def test_done_is_recorded_with_whether_it_was_in_time_and_is_the_end(clerk):
    follow_up = make_follow_up()

    report(follow_up, clerk, is_done=True)

    entry = Entry.objects.get(kind="follow_up.done")
    assert entry.facts["on_time"] is True
    assert "Tiang" not in str(entry.facts)
    with pytest.raises(Refusal):
        report(follow_up, clerk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_it_at_once_one_is_told_that_it_is_done(village):
    follow_up, clerk = make_follow_up(), factories.make_user()

    def finish():
        report(FollowUp.objects.get(pk=follow_up.pk), clerk, is_done=True)

    outcomes = at_once(village, finish, finish)

    assert sorted(map(str, outcomes)) == ["None", "Tindak lanjut ini sudah selesai."]
    assert Entry.objects.filter(kind="follow_up.done").count() == 1


def test_more_time_is_given_with_a_reason_and_recorded(clerk, worker):
    follow_up = make_follow_up(responsible=worker, due_on=days(3))
    before = follow_up.due_on

    follow_up.delay(days(20), "Tiang belum dikirim.", by=clerk, nonce=uuid4())

    assert follow_up.due_on == days(20)
    assert follow_up.first_due_on == before
    assert "Tiang belum dikirim." in follow_up.events.get().text
    entry = Entry.objects.get(kind="follow_up.delayed")
    assert entry.facts["due_before"] == str(before)
    assert "Tiang" not in str(entry.facts)


def test_a_delay_leads_to_a_later_day(clerk):
    follow_up = make_follow_up(due_on=days(3))

    with pytest.raises(Refusal):
        follow_up.delay(days(3), "Sama saja.", by=clerk, nonce=uuid4())


def test_another_answers_for_it_with_a_reason_and_both_are_told(clerk, worker):
    follow_up, body = make_follow_up(responsible=worker), factories.make_body(name="Karang Taruna")
    chair = factories.make_person(user=factories.make_user())
    Membership.objects.create(body=body, person=chair, position="Ketua")
    FollowUp.objects.filter(pk=follow_up.pk).update(reminded_for=follow_up.due_on)
    nonce = uuid4()

    for _ in range(2):
        follow_up.reassign(body, "Lebih dekat lokasinya.", by=clerk, nonce=nonce)

    follow_up.refresh_from_db()
    assert follow_up.responsible == body
    assert follow_up.reminded_for is None
    event = follow_up.events.get()
    assert (event.former, event.text) == (worker, "Lebih dekat lokasinya.")
    assert told(worker)[-1] == f"Tidak lagi menjadi tanggung jawab Anda: {follow_up.task}"
    assert told(chair) == [f"Tugas dialihkan kepada Anda: {follow_up.task}"]
    assert kinds() == ["follow_up.set", "follow_up.reassigned"]
    assert Entry.objects.order_by("-number").first().facts["body"] == body.pk


def test_nothing_is_handed_to_who_has_it_or_from_what_is_done(clerk, worker):
    follow_up = make_follow_up(responsible=worker)

    with pytest.raises(Refusal, match="sudah menjadi tanggung jawab"):
        follow_up.reassign(worker, "Begitu saja.", by=clerk, nonce=uuid4())
    report(follow_up, clerk, is_done=True)
    with pytest.raises(Refusal, match="sudah selesai"):
        follow_up.reassign(factories.make_body(), "Begitu saja.", by=clerk, nonce=uuid4())

    assert follow_up.responsible == worker


def test_what_was_done_is_opened_again_with_a_reason_and_recorded(clerk, worker):
    follow_up, nonce = make_follow_up(responsible=worker, due_on=days(2)), uuid4()
    with pytest.raises(Refusal, match="belum selesai"):
        follow_up.reopen(days(5), "Lampu padam.", by=clerk, nonce=uuid4())
    report(follow_up, clerk, is_done=True)
    with later(4):
        with pytest.raises(Refusal, match="sudah lewat"):
            follow_up.reopen(days(-1), "Lampu padam.", by=clerk, nonce=uuid4())

        for _ in range(2):
            follow_up.reopen(days(5), "Lampu padam.", by=clerk, nonce=nonce)

        follow_up.refresh_from_db()
        assert follow_up.state == "berjalan"
        assert follow_up.due_on == days(5)
    assert "Dibuka kembali" in told(worker)[-1]
    assert follow_up.events.last().text.endswith("Lampu padam.")
    assert kinds()[-1] == "follow_up.reopened"


def test_three_days_before_one_is_reminded_once_and_again_for_a_new_date(clerk, worker):
    follow_up = make_follow_up(responsible=worker, due_on=days(10))
    assert due.remind_of_follow_ups() == 0

    with later(7):
        assert due.remind_of_follow_ups() == 1
        assert due.remind_of_follow_ups() == 0
    assert len(told(worker)) == 2

    follow_up.delay(days(30), "Tiang belum dikirim.", by=clerk, nonce=uuid4())
    with later(28):
        assert due.remind_of_follow_ups() == 1


def test_the_working_day_after_it_is_late_for_everybody_to_see_once(village, worker):
    secretary = factories.make_official(Role.SECRETARY)
    with clock.at(datetime(2026, 9, 1, 3, tzinfo=UTC)):
        follow_up = make_follow_up(responsible=worker, due_on=date(2026, 9, 4))  # a Friday
    with clock.at(datetime(2026, 9, 6, 3, tzinfo=UTC)):
        assert due.note_late_follow_ups() == 0
    with clock.at(datetime(2026, 9, 7, 3, tzinfo=UTC)):
        assert due.note_late_follow_ups() == 1
        assert due.note_late_follow_ups() == 0

    assert kinds()[-1] == "follow_up.deadline_missed"
    assert follow_up.events.get().act == "terlewat"
    assert (
        Notice.objects.filter(kind="follow_up", recipient=secretary, text__startswith="Terlambat").count()
        == 1
    )
    assert told(worker)[-1].startswith("Terlambat")


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_note_a_late_task_once(village):
    follow_up = make_follow_up()
    FollowUp.objects.filter(pk=follow_up.pk).update(due_on=days(-10))

    assert sum(at_once(village, due.note_late_follow_ups, due.note_late_follow_ups)) == 1
    assert Entry.objects.filter(kind="follow_up.deadline_missed").count() == 1


def test_open_tasks_pass_on_with_an_office(clerk, worker):
    follow_up, finished = make_follow_up(responsible=worker), make_follow_up(responsible=worker)
    report(finished, clerk, is_done=True)
    successor = factories.make_person()

    passed = handover.pass_on(worker, successor)

    assert passed["tindak lanjut terbuka"] == 1
    follow_up.refresh_from_db()
    finished.refresh_from_db()
    assert (follow_up.person, finished.person) == (successor, worker)
    assert follow_up.events.get().act == "serah-terima"


def test_those_who_lead_a_body_answer_for_it(clerk):
    body = factories.make_body(kind=Body.Kind.LKD)
    chair, member = (factories.make_person(user=factories.make_user()) for _ in range(2))
    Membership.objects.create(body=body, person=chair, position="Ketua")
    Membership.objects.create(body=body, person=member)

    follow_up = make_follow_up(responsible=body)

    assert follow_up.accounts() == [chair.user]
    assert follow_up.is_worked_on_by(chair.user)
    assert not follow_up.is_worked_on_by(member.user)
    assert not follow_up.is_worked_on_by(AnonymousUser())


def test_it_is_found_by_its_task(clerk, worker):
    make_follow_up(responsible=worker, task="Memasang rambu jembatan")

    found = find("rambu jembatan", AnonymousUser()).hits()

    assert [hit.kind.name for hit in found] == ["tindak-lanjut"]
