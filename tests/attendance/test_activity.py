from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from attendance.models import (
    Activity,
    ActivityCancelled,
    ActivityKind,
    CheckInClosed,
    Guest,
    Invitation,
    KindSignatory,
    Refusal,
)
from attendance.models.closing import list_for_digest
from partisipasi import clock, search
from partisipasi.db import village_scope
from partisipasi.ledger.chain import commitment
from partisipasi.ledger.models import Entry, Seal
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_kind

ANYBODY = AnonymousUser()


def test_a_draft_does_not_exist_for_a_resident(village):
    draft = make_activity(announced=False)

    assert not Activity.objects.visible_to(ANYBODY).exists()
    assert not Activity.objects.visible_to(factories.make_resident()).exists()
    assert Activity.objects.visible_to(factories.make_official(Role.SECRETARY)).get() == draft


def test_a_hamlet_head_sees_the_drafts_of_his_hamlet_alone(village):
    hamlet, other = factories.make_region(), factories.make_region()
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    own = make_activity(announced=False, region=hamlet)
    make_activity(announced=False, region=other)
    make_activity(announced=False)
    public = make_activity(region=other)

    assert set(Activity.objects.visible_to(head)) == {own, public}
    assert list(Activity.objects.within_reach(head, "attendance.run_desk")) == [own]


def test_announcing_needs_a_time_and_happens_once(village):
    clerk = factories.make_user()
    timeless = Activity.objects.create(kind=make_kind(), title="Rapat", venue="Balai Desa")
    with pytest.raises(ValidationError, match="waktu kegiatan"):
        timeless.announce(clerk)

    timeless.add_session(clock.now() + timedelta(days=3))
    timeless.announce(clerk)
    timeless.announce(clerk)

    assert list(Entry.objects.values_list("kind", flat=True)) == ["activity.announced"]
    assert list(Activity.objects.announced()) == [timeless]


def test_what_is_announced_is_found_by_its_words(village):
    found = make_activity(title="Musyawarah Desa Perencanaan Pembangunan")
    make_activity(title="Kerja bakti")

    hits = search.find("musdes rencana", ANYBODY).hits()

    assert [hit.url for hit in hits] == [found.get_absolute_url()]


def test_a_cancelled_activity_says_why_and_takes_nobody_in(village):
    clerk = factories.make_user()
    activity = make_activity()

    activity.cancel("hujan lebat", clerk)
    activity.cancel("alasan lain", clerk)

    activity.refresh_from_db()
    assert activity.cancelled_reason == "hujan lebat"
    assert activity.state == "dibatalkan"
    with pytest.raises(ActivityCancelled):
        activity.sessions.get().check_in(Guest("Siapa"), by=clerk)
    with pytest.raises(ActivityCancelled):
        activity.close(clerk)
    with pytest.raises(ActivityCancelled):
        activity.announce(clerk)
    entry = Entry.objects.get(kind="activity.cancelled")
    assert "hujan" not in str(entry.facts)


def test_a_closed_activity_cannot_be_cancelled(village):
    clerk = factories.make_user()
    activity = make_activity()
    activity.close(clerk)

    with pytest.raises(CheckInClosed, match="tidak dapat dibatalkan"):
        activity.cancel("berubah pikiran", clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.update(cancelled_at=clock.now())


def test_a_list_is_not_closed_before_it_begins_nor_reopened_before_it_is_closed(village):
    clerk = factories.make_user()
    activity = make_activity(starts_at=clock.now() + timedelta(minutes=5))

    with pytest.raises(Refusal, match="sesudah kegiatan dimulai"):
        activity.close(clerk)
    with pytest.raises(Refusal, match="belum ditutup"):
        activity.reopen("tanpa sebab", clerk)


def test_state_follows_the_clock(village):
    start = datetime(2023, 12, 22, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    activity = make_activity(starts_at=start, ends_at=start + timedelta(hours=3))
    activity.announced_at = start - timedelta(days=7)
    activity.save()

    seen = []
    for hours in (-24, 1, 4):
        with clock.at(start + timedelta(hours=hours)):
            seen.append(activity.state)
            upcoming = activity in Activity.objects.upcoming()
            assert upcoming != (activity in Activity.objects.past())

    assert seen == ["mendatang", "berlangsung", "selesai"]


def test_an_activity_without_an_end_lasts_until_the_villages_midnight(village):
    evening = datetime(2023, 12, 22, 19, 30, tzinfo=ZoneInfo("Asia/Jakarta"))

    activity = make_activity(starts_at=evening)

    assert activity.until_at == datetime(2023, 12, 23, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert activity.sessions.get().time_text == "19.30 WIB s.d. selesai"
    assert activity.sessions.get().day_text == "Jumat, 22 Desember 2023"


def test_several_sessions_span_the_activity_and_keep_lists_of_their_own(village):
    clerk = factories.make_user()
    activity = make_activity()
    second = activity.add_session(clock.now() - timedelta(minutes=5), name="Sesi kedua")
    person = factories.make_person()
    for session in activity.sessions.all():
        session.check_in(person, by=clerk)

    activity.close(clerk)

    assert activity.starts_at == activity.sessions.in_order().first().starts_at
    assert [row.number for row in person.attendances.all()] == [1, 1]
    assert second.attendances.count() == 1


def test_the_ledgers_digest_is_that_of_the_closed_list(village):
    activity = make_activity()
    make_attendance(activity, name="Sumarni", sex="P")

    activity.close(factories.make_user())

    entry = Entry.objects.get(kind="activity.closed")
    salt = Seal.objects.get(entry=entry, name="list").salt
    assert entry.facts["list"]["commitment"] == commitment(salt, list_for_digest(activity))
    activity.sessions.get().attendances.update(name="Orang Lain")
    assert entry.facts["list"]["commitment"] != commitment(salt, list_for_digest(activity))


def test_names_are_public_only_where_the_village_its_kind_and_the_activity_let_them(village):
    activity = make_activity()
    assert not activity.shows_names

    village.names_on_public_lists = True
    village.save()
    with village_scope(village):
        assert activity.shows_names
    activity.names_public = False
    assert not activity.shows_names
    activity.names_public = True
    activity.kind.names_public = False
    assert not activity.shows_names


def test_every_village_begins_with_the_kinds_of_the_law(village):
    ActivityKind.objects.seed()
    ActivityKind.objects.filter(code="musdes").update(name="Rembuk Desa")

    ActivityKind.objects.seed()

    assert ActivityKind.objects.count() == 8
    assert ActivityKind.objects.get(code="musdes").name == "Rembuk Desa"
    signing = KindSignatory.objects.filter(kind__code="musdes").values_list("heading", "text")
    assert list(signing) == [
        ("", "Pimpinan Musyawarah"),
        ("", "Notulis"),
        ("Mengetahui,", "Kepala Desa"),
        ("Mengetahui,", "Ketua BPD"),
        ("", "Wakil Masyarakat"),
    ]
    for kind in ActivityKind.objects.all():
        kind.full_clean()


def test_an_invitation_is_for_a_person_or_a_body_and_never_both(village):
    activity = make_activity()
    for whom in ({}, {"person": factories.make_person(), "body": factories.make_body()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(activity=activity, **whom)


def test_what_waits_is_over_announced_and_not_closed(village):
    clerk = factories.make_user()
    yesterday = clock.now() - timedelta(days=1)
    waiting = make_activity(starts_at=yesterday, ends_at=yesterday + timedelta(hours=2))
    make_activity(starts_at=yesterday, announced=False)
    make_activity(starts_at=yesterday).cancel("hujan", clerk)
    closed = make_activity(starts_at=yesterday, ends_at=yesterday + timedelta(hours=2))
    closed.close(clerk)
    make_activity()

    assert list(Activity.objects.waiting_to_close()) == [waiting]
    assert list(Activity.objects.without_evidence()) == [closed]
