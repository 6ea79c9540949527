"""The moderators' queue and what is decided there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.models import Moderation, Post, Topic
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.forums.factories import make_forum, make_post, make_topic, start_topic

QUEUE = "forums:moderation_queue"


@pytest.fixture
def topic(village):
    return start_topic()


@pytest.fixture
def moderator(village):
    return factories.make_official(Role.MODERATOR)


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(client, thing, **fields):
    name = "topic_moderate" if isinstance(thing, Topic) else "post_moderate"
    return client.post(reverse(f"forums:{name}", args=[thing.pk]), fields)


def held_in(topic, body="Baru mendaftar"):
    return make_post(topic, author=factories.make_user(), body=body)


def test_the_queue_shows_held_and_flagged_posts_newest_first_with_their_context(topic, moderator):
    asked = make_post(topic, body="Kapan bukanya?")
    held = make_post(topic, author=factories.make_user(), body="Minggu ini", reply_to=asked)
    flagged = make_post(topic, body="Semua maling!")
    flagged.flag(by=factories.make_resident("sumi"), reason="kasar", text="Kasar sekali")
    make_post(topic, body="Tidak apa-apa")

    page = as_(moderator).get(reverse(QUEUE))

    assert list(page.context["page"].object_list) == [flagged, held]
    for words in ("Semua maling!", "Kasar sekali", "Sumi", "Menanggapi", "Kapan bukanya?", topic.title):
        assert words in page.text
    assert "Tidak apa-apa" not in page.text


def test_one_tap_lets_a_held_post_through_and_leads_back_to_the_queue(topic, moderator):
    held = held_in(topic)

    answer = act(as_(moderator), held, tindakan="loloskan", kembali="antrean")

    assert answer.url == reverse(QUEUE)
    assert Post.objects.get(pk=held.pk).is_readable


def test_hiding_from_the_queue_needs_a_reason_and_keeps_what_was_typed(topic, moderator):
    held, client = held_in(topic), as_(moderator)

    assert act(client, held, tindakan="sembunyikan", reason="  ").status_code == 422
    long = act(client, held, tindakan="sembunyikan", reason="a" * 301)
    assert long.status_code == 422
    assert "a" * 301 in long.text
    act(client, held, tindakan="sembunyikan", reason="Iklan.", kembali="antrean")
    assert Post.objects.get(pk=held.pk).hidden_at


def test_flags_are_dismissed_with_one_tap(topic, moderator):
    post = make_post(topic)
    post.flag(by=factories.make_resident(), reason="kasar")

    act(as_(moderator), post, tindakan="tolak-laporan", kembali="antrean")

    assert Post.objects.get(pk=post.pk).is_readable
    assert not Post.objects.to_moderate(moderator).exists()


def test_a_second_moderator_reads_that_it_was_decided_and_undoes_nothing(topic, moderator):
    held = held_in(topic)
    held.hide(by=moderator, reason="Iklan.")
    late = as_(factories.make_official(Role.MODERATOR))

    answer = late.post(
        reverse("forums:post_moderate", args=[held.pk]),
        {"tindakan": "sembunyikan", "reason": "Iklan.", "kembali": "antrean"},
        follow=True,
    )

    assert "Sudah ada keputusan lain" in answer.text
    assert Post.objects.get(pk=held.pk).hidden_at
    assert Moderation.objects.count() == 1


def test_a_moderator_locks_pins_moves_hides_and_undoes_it_all(topic, moderator):
    client, other = as_(moderator), make_forum()

    def now():
        return Topic.objects.get(pk=topic.pk)

    assert act(client, topic, tindakan="kunci").status_code == 422
    act(client, topic, tindakan="kunci", reason="Ramai.")
    assert now().closed_at
    act(client, topic, tindakan="buka-kunci")
    assert not now().closed_at
    act(client, topic, tindakan="sematkan")
    assert now().pinned_at
    act(client, topic, tindakan="lepas-sematan")
    assert not now().pinned_at
    assert act(client, topic, tindakan="pindahkan").status_code == 422
    act(client, topic, tindakan="pindahkan", forum=other.pk)
    assert now().forum == other
    act(client, topic, tindakan="sembunyikan", reason="Iklan.")
    assert now().hidden_at
    act(client, topic, tindakan="pulihkan", reason="Bukan iklan.")
    assert not now().hidden_at
    assert act(client, topic, tindakan="hapus").status_code == 422


def test_a_hamlet_head_decides_about_his_hamlet_and_nothing_else(village, topic):
    hamlet = factories.make_region()
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    within, beyond, comment = (
        held_in(t) for t in (start_topic(make_forum(region=hamlet)), topic, make_topic())
    )
    client = as_(head)

    assert list(client.get(reverse(QUEUE)).context["page"].object_list) == [within]
    assert [(tray.label, tray.count) for tray in waiting_for(head) if "moderasi" in tray.label] == [
        ("Tanggapan menunggu moderasi", 1)
    ]
    act(client, within, tindakan="loloskan")
    for other in (beyond, comment):
        assert act(client, other, tindakan="loloskan").status_code == 404
    assert list(Post.objects.waiting().order_by("pk")) == [beyond, comment]


@pytest.mark.parametrize("role", [None, Role.OPERATOR, Role.BPD_CHAIR])
def test_nobody_else_sees_the_queue_or_decides(topic, role):
    user = factories.make_official(role) if role else factories.make_resident(verified_at=clock.now())
    client = as_(user)

    assert client.get(reverse(QUEUE)).status_code == 403
    assert act(client, topic, tindakan="kunci", reason="Saya tidak suka.").status_code == 403
    assert not Topic.objects.get(pk=topic.pk).closed_at


def test_a_moderator_of_the_other_village_finds_nothing(topic, neighbour):
    held = held_in(topic)
    with village_scope(neighbour):
        client = as_(factories.make_official(Role.MODERATOR))
    host = {"headers": {"host": "tetangga.testserver"}}

    assert held.body not in client.get(reverse(QUEUE), **host).text
    assert client.get(reverse("forums:topic_moderate", args=[topic.pk]), **host).status_code == 404
    assert client.get(reverse(QUEUE)).status_code == 403


def test_the_queue_asks_the_same_for_one_and_for_many(topic, moderator):
    client = as_(moderator)

    def statements():
        with CaptureQueriesContext(connection) as captured:  # fmt: skip
            assert client.get(reverse(QUEUE)).status_code == 200
        return len(captured)

    def fill():
        held_in(start_topic(make_forum(region=factories.make_region())))
        post = make_post(topic, reply_to=make_post(topic))
        post.flag(by=factories.make_resident(), reason="kasar")

    fill()
    one = statements()
    for _ in range(3):
        fill()

    assert statements() == one
