"""What people say in the demo's forums and reports holds together: who, when, and in which state."""

from collections import Counter
from datetime import time

import pytest

from feedback.models.category import SEEDED
from partisipasi.portal.demo import content
from partisipasi.portal.demo.pictures import MOTIFS

DEMO = content.load()
villages = pytest.mark.parametrize("village", DEMO.villages, ids=lambda village: village.key)
ENDS = {"accept", "close", "reject", "forward"}


def topics_of(village):
    return [topic for forum in village.forums for topic in forum.topics]


def test_six_forums_hold_sixty_topics_and_six_hundred_replies():
    topics = [topic for village in DEMO.villages for topic in topics_of(village)]

    assert [len(village.forums) for village in DEMO.villages] == [4, 2]
    assert len(topics) == 60
    assert sum(len(topic.replies) for topic in topics) >= 600


@villages
def test_a_topic_is_answered_in_the_order_of_time(village):
    keys = Counter(topic.key for topic in topics_of(village))

    assert max(keys.values()) == 1
    for topic in topics_of(village):
        spoken = [(0, topic.at), *((reply.day, reply.at) for reply in topic.replies)]
        assert spoken == sorted(spoken), topic.key
        assert topic.by in village.people, topic.key
        assert len(topic.replies) >= 5, topic.key
        assert spoken[-1][0] < topic.days_ago, topic.key
        assert not topic.locked or spoken[-1][0] < topic.locked_day < topic.days_ago, topic.key
        for position, reply in enumerate(topic.replies, start=1):
            where = (topic.key, position)
            assert reply.by in village.people, where
            assert 0 <= reply.to < position, where
            assert time(4, 30) <= reply.at <= time(23), where
            assert not reply.held or village.people[reply.by].username == "wargabaru", where


@villages
def test_forums_stand_where_the_village_has_places_and_bodies(village):
    hamlets, bodies = {hamlet.key for hamlet in village.dusun}, {body.key for body in village.bodies}

    for forum in village.forums:
        assert forum.dusun in {"", *hamlets}, forum.slug
        assert forum.body in {"", *bodies}, forum.slug
        assert sum(topic.pinned for topic in forum.topics) <= 1, forum.slug


def test_eighty_reports_of_every_kind_are_told():
    reports = [report for village in DEMO.villages for report in village.reports]
    last_acts = {report.steps[-1].act if report.steps else "" for report in reports}

    assert [len(village.reports) for village in DEMO.villages] == [60, 20]
    assert len({report.key for report in reports}) == 80
    assert {report.kind for report in reports} == {"aspirasi", "pengaduan"}
    assert {report.privacy for report in reports} == {"terbuka", "anonim", "rahasia"}
    assert {report.channel for report in reports} == {"web", "loket", "rt", "telepon", "wa"}
    assert last_acts >= {"", "assign", "progress", "answer", *ENDS}
    assert any(step.act == "reopen" for report in reports for step in report.steps)


@villages
def test_a_report_is_told_by_somebody_there_about_somewhere_there(village):
    categories = set(SEEDED)
    regions = {
        region
        for hamlet in village.dusun
        for rw, rts in hamlet.rw.items()
        for region in [(), (hamlet.key,), (hamlet.key, rw), *((hamlet.key, rw, rt) for rt in rts)]
    }

    for report in village.reports:
        assert report.category in categories, report.key
        assert report.region in regions, report.key
        assert (report.by == "") == (report.privacy == "anonim"), report.key
        assert report.by in {"", *village.people}, report.key
        assert (report.channel == "web") == (report.typed_by == ""), report.key
        assert {photo.motif for photo in report.photos} <= set(MOTIFS), report.key
        told = [(0, report.at), *((step.day, step.at) for step in report.steps)]
        assert told == sorted(told), report.key
        for step in report.steps:
            assert step.by in {"reporter", *village.people}, report.key
            assert step.act != "assign" or step.to in village.people, report.key
