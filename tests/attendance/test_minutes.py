from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from attendance.models import ActivityCancelled, Minutes, Refusal, Resolution, Writing, WrittenMeanwhile
from attendance.models.minutes import text_for_digest
from partisipasi.ledger.chain import commitment
from partisipasi.ledger.models import Entry, Seal
from partisipasi.residents import notices
from partisipasi.residents.models import Notice
from partisipasi.village.models import LetterNumber
from tests import factories
from tests.attendance.factories import WRITTEN, make_activity, make_minutes
from tests.threads import at_once

OTHER = Writing(items=(("Pembukaan", "Dibuka kepala desa."),), resolutions=("Satu putusan.",))


@pytest.fixture
def clerk(village):
    return factories.make_user()


def write(activity, clerk, writing=WRITTEN, version=0, **told):
    return Minutes.objects.write(activity, writing, version=version, by=clerk, **{"nonce": uuid4()} | told)


def last_entry():
    return Entry.objects.order_by("-number").first()


def test_minutes_say_what_was_written_and_resolutions_are_numbered(clerk):
    activity = make_activity()

    minutes = write(activity, clerk)

    assert minutes.writing == WRITTEN
    assert [each.number for each in activity.resolutions.all()] == [1, 2]
    assert minutes.version == 1


def test_who_was_overtaken_is_told_and_changes_nothing(clerk):
    activity = make_activity()
    write(activity, clerk)

    with pytest.raises(WrittenMeanwhile) as overtaken:
        write(activity, factories.make_user(), OTHER, version=0)

    assert overtaken.value.minutes.writing == WRITTEN
    write(activity, clerk, OTHER, version=1)
    assert Minutes.objects.get().writing == OTHER


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_minutes_at_once_one_is_told(village):
    activity, one, two = make_activity(), factories.make_user(), factories.make_user()

    outcomes = at_once(village, lambda: write(activity, one), lambda: write(activity, two, OTHER))

    assert {type(outcome) for outcome in outcomes} == {Minutes, WrittenMeanwhile}
    assert Minutes.objects.count() == 1


def test_sent_twice_is_saved_once(clerk):
    activity, nonce = make_activity(), uuid4()

    write(activity, clerk, nonce=nonce)
    again = write(activity, clerk, nonce=nonce)

    assert again.version == 1


def test_a_draft_takes_resolutions_back_and_closes_up_their_numbers(clerk):
    activity = make_activity()
    write(activity, clerk)

    write(activity, clerk, OTHER, version=1)

    assert [(each.number, each.text) for each in activity.resolutions.all()] == [(1, "Satu putusan.")]


def test_what_was_called_off_has_no_minutes(clerk):
    activity = make_activity()
    activity.cancel("Hujan.", clerk)

    with pytest.raises(ActivityCancelled):
        write(activity, clerk)


def test_published_minutes_have_a_number_and_stand_in_the_record_by_digest(clerk):
    activity = make_activity()
    follower = factories.make_user()
    notices.follow(follower, activity.get_absolute_url(), str(activity))
    activity.close(clerk)
    minutes = write(activity, clerk)

    minutes.publish(1, clerk)

    assert minutes.number == LetterNumber.objects.get(book="berita-acara").text
    assert Notice.objects.filter(recipient=follower, kind="activity").count() == 1
    entry = last_entry()
    assert entry.kind == "minutes.published"
    assert {name: entry.facts[name] for name in ("activity", "version", "items", "resolutions")} == {
        "activity": activity.pk,
        "version": 1,
        "items": 2,
        "resolutions": 2,
    }
    seal = Seal.objects.get(entry=entry, name="minutes")
    assert "Lampu" not in str(entry.facts)
    assert entry.facts["minutes"]["commitment"] == commitment(seal.salt, text_for_digest(WRITTEN))


def test_publishing_twice_is_once(clerk):
    minutes = make_minutes(by=clerk)

    minutes.publish(minutes.version, clerk)

    assert Entry.objects.filter(kind="minutes.published").count() == 1
    assert LetterNumber.objects.count() == 1


def test_nothing_is_published_while_the_list_is_open_or_nothing_is_written(clerk):
    activity = make_activity()
    minutes = write(activity, clerk)
    with pytest.raises(Refusal):
        minutes.publish(1, clerk)

    empty = make_activity()
    empty.close(clerk)
    with pytest.raises(Refusal):
        write(empty, clerk, Writing()).publish(1, clerk)


def test_only_what_was_looked_at_is_published(clerk):
    activity = make_activity()
    activity.close(clerk)
    minutes = write(activity, clerk)
    write(activity, clerk, OTHER, version=1)

    with pytest.raises(WrittenMeanwhile):
        minutes.publish(1, clerk)


def test_published_minutes_change_only_with_a_reason_that_everybody_reads(clerk):
    minutes = make_minutes(by=clerk)
    mended = Writing(WRITTEN.items, (*WRITTEN.resolutions, "Putusan ketiga."), "Slamet", "Retno")
    with pytest.raises(Refusal):
        write(minutes.activity, clerk, mended, version=1)

    write(minutes.activity, clerk, mended, version=1, reason="Putusan ketiga tertinggal.")

    assert minutes.corrections.get().reason == "Putusan ketiga tertinggal."
    assert last_entry().kind == "minutes.corrected"
    assert "tertinggal" not in str(last_entry().facts)


def test_saving_the_same_again_corrects_nothing(clerk):
    minutes = make_minutes(by=clerk)

    write(minutes.activity, clerk, version=1, reason="Tidak ada.")

    assert not minutes.corrections.exists()


def test_a_published_resolution_does_not_vanish(clerk):
    minutes = make_minutes(by=clerk)

    with pytest.raises(Refusal):
        write(minutes.activity, clerk, OTHER, version=1, reason="Dihapus saja.")

    assert minutes.activity.resolutions.count() == 2


def test_resolutions_are_seen_once_the_minutes_are_published(clerk):
    drafted, published = make_minutes(by=clerk, published=False), make_minutes(by=clerk)

    seen = Resolution.objects.visible_to(AnonymousUser())

    assert {each.activity_id for each in seen} == {published.activity_id}
    assert drafted.activity_id not in {each.activity_id for each in seen}


def test_a_number_stands_once_in_an_activity(clerk):
    activity = make_minutes(by=clerk).activity

    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.create(activity=activity, number=1, text="Lagi.")
