"""The demo's villages hold together: people, bodies and gatherings fit each other, and no such village exists."""

import csv
import re
from datetime import time

import pytest
from django.conf import settings

from attendance.models import Activity
from partisipasi.portal.demo import content
from partisipasi.residents.models import Body, Person, Unsur

DEMO = content.load()
SHARED = settings.BASE_DIR.parent / "shared" / "data" / "idn-area-data"
KINDS = {
    "Musyawarah Desa",
    "Musrenbang Desa",
    "Musyawarah Dusun",
    "Rapat BPD",
    "Pelatihan",
    "Sosialisasi",
    "Kerja Bakti",
}
PAPERS = {"undangan", "daftar hadir", "notulen", "berita acara", "dokumentasi", "risalah", "laporan"}
ACCOUNTS = {
    "admin",
    "kades",
    "operator",
    "moderator",
    "petugas",
    "ppid",
    "sekretaris",
    "bpd",
    "keuangan",
    "kadus",
    "kadus2",
    "warga",
    "warga2",
    "wargabaru",
}

villages = pytest.mark.parametrize("texts", DEMO.villages, ids=lambda texts: texts.key)


@villages
def test_people_stand_where_the_village_has_a_place_for_them(texts):
    places = {(d.key, rw, rt) for d in texts.dusun for rw, rts in d.rw.items() for rt in rts}
    bodies = {body.key for body in texts.bodies}

    for person in texts.people.values():
        assert person.region in places, person
        assert person.bodies.keys() <= bodies, person
        assert person.sex in Person.Sex.values, person
        assert person.age in Person.AgeGroup.values, person
    assert len({person.name for person in texts.people.values()}) == len(texts.people)
    assert not {guest.name for guest in texts.walk_ins} & {person.name for person in texts.people.values()}


def test_the_demo_accounts_belong_to_people():
    first, second = DEMO.villages

    assert {person.username for person in first.people.values() if person.username} == ACCOUNTS
    assert [person.username for person in second.people.values() if person.username] == ["tetangga"]


def test_there_are_two_hundred_people_or_nearly():
    first, second = DEMO.villages

    assert 130 <= len(first.people) <= 150
    assert 55 <= len(second.people) <= 65
    for village in DEMO.villages:
        women = sum(person.sex == "P" for person in village.people.values())
        assert 0.4 < women / len(village.people) < 0.6


@villages
def test_activities_know_who_calls_and_who_comes(texts):
    keys = [activity.key for activity in texts.activities]
    bodies = {body.key for body in texts.bodies}
    dusun = {d.key for d in texts.dusun}

    assert len(set(keys)) == len(keys)
    for activity in texts.activities:
        assert activity.kind in KINDS, activity.key
        assert {activity.organiser, *activity.invite_bodies} <= bodies, activity.key
        assert {activity.dusun or texts.dusun[0].key, *activity.invite_dusun} <= dusun, activity.key
        assert {activity.chair, activity.minute_taker} <= texts.people.keys(), activity.key
        assert {paper.kind for paper in activity.evidence} <= PAPERS, activity.key
        assert len(texts.invitees(activity)) == activity.invited, activity.key


@villages
def test_a_gathering_to_come_has_nobody_present_and_a_past_one_has(texts):
    for activity in texts.activities:
        for session in activity.sessions:
            assert time(6) <= session.starts < session.ends <= time(23), activity.key
            assert activity.announced_days_ago >= session.days_ago + 2, activity.key
            assert bool(session.attendances) == (session.days_ago > 0), activity.key
            assert session.present + session.stand_ins <= activity.invited, activity.key
            assert activity.invited + session.stand_ins + session.walk_ins <= len(texts.people) + len(
                texts.walk_ins
            ), activity.key
        assert bool(activity.summary) == (activity.sessions[0].days_ago > 0), activity.key
        if activity.postponed:
            assert activity.sessions[0].days_ago < activity.postponed.days_ago < activity.announced_days_ago


@villages
def test_an_assembly_that_was_held_had_two_thirds_of_its_seats_filled(texts):
    assemblies = [a for a in texts.activities if a.kind == "Musyawarah Desa" and a.summary]

    assert assemblies
    for activity in assemblies:
        [session] = activity.sessions
        assert 3 * (session.present + session.stand_ins) >= 2 * activity.invited, activity.key


def test_thirty_activities_of_every_kind_hold_fifteen_hundred_attendances():
    activities = [activity for village in DEMO.villages for activity in village.activities]

    assert [len(village.activities) for village in DEMO.villages] == [21, 10]
    assert {activity.kind for activity in activities} == KINDS
    assert sum(activity.attendances for activity in activities) == 1500
    assert any(len(activity.sessions) == 2 for activity in activities)


@villages
def test_the_villages_do_not_exist(texts):
    if not SHARED.exists():
        pytest.skip("The national list of areas is not here.")
    real = set()
    for file in ("villages", "districts", "regencies", "provinces"):
        with (SHARED / f"{file}.csv").open(newline="") as lines:
            for row in csv.DictReader(lines):
                bare = re.sub(r"^(kabupaten|kota)( administrasi)? ", "", row["name"].lower())
                real.add(re.sub(r"[^a-z]", "", bare))

    invented = [texts.name, texts.kecamatan, texts.kabupaten, texts.provinsi]
    invented += [dusun.name for dusun in texts.dusun]

    assert not {re.sub(r"[^a-z]", "", name.lower()) for name in invented} & real


@villages
def test_people_stand_for_an_unsur_that_villages_begin_with(texts, village):
    Unsur.seed()
    known = set(Unsur.objects.values_list("name", flat=True))

    assert {one.unsur for one in [*texts.people.values(), *texts.walk_ins]} <= known


@villages
def test_what_is_told_fits_the_models(texts):
    assert {body.kind for body in texts.bodies} <= set(Body.Kind.values)
    for activity in texts.activities:
        for field, told in (
            ("title", activity.title),
            ("agenda", activity.agenda),
            ("venue", activity.place),
        ):
            assert 0 < len(told) <= Activity._meta.get_field(field).max_length, (activity.key, field)


@villages
def test_no_guest_is_counted_twice_in_one_sitting(texts):
    for activity in texts.activities:
        for session in activity.sessions:
            walk_ins, stand_ins = texts.guests(activity, session)
            names = {guest.name for guest in [*walk_ins, *stand_ins]}
            assert [len(walk_ins), len(stand_ins)] == [session.walk_ins, session.stand_ins], activity.key
            assert len(names) == session.walk_ins + session.stand_ins, activity.key


@villages
def test_guests_come_first_from_the_hamlet_of_the_gathering(texts):
    hamlets = {hamlet.key: hamlet.name for hamlet in texts.dusun}

    for activity in texts.activities:
        if activity.dusun and activity.sessions[0].walk_ins:
            walk_ins, _ = texts.guests(activity, activity.sessions[0])
            assert hamlets[activity.dusun] in walk_ins[0].address, activity.key


@villages
def test_a_paper_in_the_evidence_has_something_to_say(texts):
    for activity in texts.activities:
        papers = {paper.kind for paper in activity.evidence}
        assert activity.minutes or "notulen" not in papers, activity.key
        assert activity.decisions or "berita acara" not in papers, activity.key
        assert not [paper for paper in activity.evidence if paper.kind == "daftar hadir" and paper.public]
