"""The pages of forums and topics: who reads, writes, finds and follows."""

import uuid

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.models import FLAGS_TO_HOLD, PAGE_SIZE, Flag, Forum, Post, Reaction, Topic
from forums.models.forum import TAKEN
from forums.urls import urlpatterns
from partisipasi import clock, search
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.forums.factories import make_forum, make_post, make_topic, start_topic
from tests.hostile import HOSTILE

MOST_STATEMENTS = 8


@pytest.fixture
def forum(village):
    return make_forum(name="Pelayanan desa", slug="pelayanan")


@pytest.fixture
def topic(forum):
    return start_topic(forum)


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def verified(username=""):
    return factories.make_resident(username, verified_at=clock.now())


def typed(**fields):
    return {"title": "Lampu padam", "body": "Sejak Senin.", "nonce": str(uuid.uuid4())} | fields


# Reading


def test_everybody_reads_forums_topics_and_replies_without_an_account(client, forum, topic):
    make_post(topic, body="Saya setuju sekali.")

    assert topic.title in client.get(reverse("forums:forum_list")).text
    assert topic.title in client.get(forum.get_absolute_url()).text
    page = client.get(topic.get_absolute_url()).text
    assert "posyandu buka juga hari Minggu" in page
    assert "Saya setuju sekali." in page
    assert f"?halaman={topic.path}" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_no_page_shows_what_is_held_hidden_or_a_comment_under_a_page(client, forum, topic):
    moderator = factories.make_official(Role.MODERATOR)
    make_topic(title="Komentar artikel")
    start_topic(forum, author=factories.make_user(), title="Topik tertahan")
    start_topic(forum, title="Topik tersembunyi").take_down(by=moderator, reason="Iklan.")

    for address in (
        reverse("forums:forum_list"),
        forum.get_absolute_url(),
        reverse("forums:topic_search"),
        reverse("forums:forum_feed"),
    ):
        page = client.get(address).text
        assert topic.title in page
        for absent in ("Komentar artikel", "Topik tertahan", "Topik tersembunyi"):
            assert absent not in page


def test_the_address_of_comments_leads_to_their_page(client, village):
    comments = make_topic()

    assert client.get(reverse("forums:topic_detail", args=[comments.pk])).url == comments.get_absolute_url()


def test_a_locked_topic_tells_everybody_why_and_offers_no_reply(client, topic):
    topic.lock(by=factories.make_official(Role.MODERATOR), reason="Sudah dijawab.")

    page = client.get(topic.get_absolute_url()).text

    assert "Sudah dijawab." in page
    assert topic.reply_url() not in page


def test_pinned_topics_come_first_and_the_newest_activity_next(client, forum):
    first, second, third = (start_topic(forum, title=f"Topik nomor {n}") for n in (1, 2, 3))
    make_post(first)
    second.pin(by=factories.make_official(Role.MODERATOR))

    found = list(client.get(forum.get_absolute_url()).context["page"].object_list)
    assert found == [second, first, third]
    newest = client.get(forum.get_absolute_url(), {"urut": "topik-baru"}).context["page"].object_list
    assert list(newest) == [second, third, first]


def test_topics_are_found_by_their_words_and_those_of_their_replies(client, forum, topic):
    other = start_topic(forum, title="Jalan berlubang", body="Dekat jembatan.")
    reply = make_post(topic, body="Bidannya cuma dua orang.")

    def found(**asked):
        caches["pages"].clear()
        return list(client.get(forum.get_absolute_url(), asked).context["page"].object_list)

    assert found(cari="jembatan") == [other]
    assert found(cari="bidan") == [topic]
    assert found(keadaan="belum-ditanggapi") == [other]
    reply.hide(by=factories.make_official(Role.MODERATOR), reason="Salah.")
    assert found(cari="bidan") == []
    assert list(client.get(reverse("forums:topic_search"), {"cari": "berlubang"}).context["page"]) == [other]


@pytest.mark.parametrize("bad", [{"urut": "password"}, {"keadaan": "x"}, {"cari": "a" * 200}, {"cari": "\0"}])
def test_a_filter_that_means_nothing_is_said_to_be_so(client, forum, topic, bad):
    answer = client.get(forum.get_absolute_url(), bad)

    assert answer.status_code == 422
    assert topic.title not in answer.text


def test_a_reply_is_found_at_its_place(client, topic):
    posts = [make_post(topic, body=f"Tanggapan {n}") for n in range(PAGE_SIZE + 1)]

    opening = topic.posts.get(is_opening=True)
    assert client.get(opening.get_absolute_url()).url == f"{topic.path}#tanggapan-{opening.pk}"
    assert client.get(posts[0].get_absolute_url()).url == f"{topic.path}#tanggapan-{posts[0].pk}"
    assert client.get(posts[-1].get_absolute_url()).url == f"{topic.path}?halaman=2#tanggapan-{posts[-1].pk}"


def test_the_forum_of_ones_own_hamlet_comes_first(village, forum):
    hamlet = factories.make_region()
    own = make_forum(region=hamlet, order=9)
    neighbour_of_hall = factories.make_resident(region=hamlet)

    shown = as_(neighbour_of_hall).get(reverse("forums:forum_list")).context["forums"]

    assert shown[0] == own


def test_an_archived_forum_stands_apart_and_stays_readable(client, forum, topic):
    forum.archive(by=factories.make_official(Role.OPERATOR))

    page = client.get(reverse("forums:forum_list"))
    assert page.context["forums"] == []
    assert page.context["archived"] == [forum]
    assert "tidak menerima tulisan baru" in client.get(forum.get_absolute_url()).text
    assert topic.reply_url() not in client.get(topic.get_absolute_url()).text


def statements(client, path):
    with CaptureQueriesContext(connection) as captured:  # fmt: skip
        assert client.get(path).status_code == 200
    return len(captured)


def test_public_pages_ask_little_and_the_same_for_one_and_for_many(client, village):
    def grown(topics, replies):
        for _ in range(topics):
            forum = make_forum(region=factories.make_region())
            topic = start_topic(forum)
            for number in range(topics):
                start_topic(forum, title=f"Topik {number}")
        said = [make_post(topic, author=factories.make_official(Role.OPERATOR)) for _ in range(replies)]
        for post in said:
            post.react(by=verified(), kind="dukung")
            make_post(topic, reply_to=post)
        return [
            statements(client, path)
            for path in (
                reverse("forums:forum_list"),
                forum.get_absolute_url(),
                topic.get_absolute_url(),
                reverse("forums:topic_search"),
                reverse("forums:forum_feed"),
                reverse("forums:topic_feed", args=[topic.pk]),
            )
        ]

    one, many = grown(1, 1), grown(4, 12)

    assert one == many
    assert max(one) <= MOST_STATEMENTS


# Beginning a topic


def test_a_resident_begins_a_topic_and_lands_on_it(forum):
    client = as_(verified())

    answer = client.post(reverse("forums:topic_start", args=[forum.slug]), typed())

    topic = Topic.objects.get()
    assert answer.url == topic.get_absolute_url()
    assert "Sejak Senin." in client.get(answer.url).text


def test_the_same_form_twice_is_one_topic(forum):
    client, form = as_(verified()), typed()
    for _ in range(2):
        client.post(reverse("forums:topic_start", args=[forum.slug]), form)

    assert Topic.objects.count() == 1


def test_a_newcomer_reads_that_his_topic_waits_and_sees_it_himself(forum, client):
    newcomer = as_(factories.make_user())

    answer = newcomer.post(reverse("forums:topic_start", args=[forum.slug]), typed(), follow=True)

    assert "moderator membacanya dahulu" in answer.text
    assert "Menunggu moderasi" in answer.text
    assert client.get(Topic.objects.get().get_absolute_url()).status_code == 404


def test_a_bad_topic_keeps_what_was_typed(forum):
    client, address = as_(verified()), reverse("forums:topic_start", args=[forum.slug])

    for bad in ({"title": " "}, {"body": "\n"}, {"title": "x" * 121}, {"nonce": "bukan"}):
        answer = client.post(address, typed(**bad))
        assert answer.status_code == 422
    assert "Tuliskan judul topiknya." in client.post(address, typed(title="\u202e")).text
    assert "Sejak Senin." in client.post(address, typed(title="")).text
    assert not Topic.objects.exists()


def test_too_many_topics_keep_what_was_typed(forum):
    client = as_(factories.make_resident())
    address = reverse("forums:topic_start", args=[forum.slug])
    for _ in range(3):
        client.post(address, typed())

    answer = client.post(address, typed(body="Yang keempat hari ini"))

    assert answer.status_code == 429
    assert "Yang keempat hari ini" in answer.text
    assert Topic.objects.count() == 3


def test_what_was_typed_survives_the_archiving_of_the_forum(forum):
    forum.archive(by=factories.make_official(Role.OPERATOR))

    answer = as_(verified()).post(
        reverse("forums:topic_start", args=[forum.slug]), typed(body="Panjang sekali")
    )

    assert answer.status_code == 403
    assert "Panjang sekali" in answer.text


def test_who_is_not_signed_in_is_asked_to_and_the_other_village_finds_nothing(client, forum, neighbour):
    address = reverse("forums:topic_start", args=[forum.slug])
    assert client.get(address).url.endswith(f"?next={address}")

    with village_scope(neighbour):
        stranger = as_(verified())
    host = {"headers": {"host": "tetangga.testserver"}}
    for path in (address, forum.get_absolute_url()):
        assert stranger.get(path, **host).status_code == 404
    assert not Topic.objects.exists()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_words_everywhere(forum, client, hostile):
    author = verified()
    as_(author).post(
        reverse("forums:topic_start", args=[forum.slug]), typed(title=hostile[:120], body=hostile)
    )
    topic = Topic.objects.first()
    if topic is None:  # nothing printable was left of it
        return
    reply = make_post(topic, body=hostile.replace("\0", "") or "-")
    reply.flag(by=verified(), reason=Flag.Reason.OTHER, text=hostile.replace("\0", "")[:500])
    moderator = as_(factories.make_official(Role.MODERATOR))

    pages = [
        client.get(path).text
        for path in (
            forum.get_absolute_url(),
            topic.get_absolute_url(),
            reverse("forums:forum_feed"),
            reverse("forums:topic_feed", args=[topic.pk]),
        )
    ]
    pages += [
        moderator.get(path).text
        for path in (
            reverse("forums:moderation_queue"),
            reverse("forums:topic_moderate", args=[topic.pk]),
            reverse("forums:post_moderate", args=[reply.pk]),
            reverse("forums:post_flag", args=[topic.posts.get(is_opening=True).pk]),
            "/admin/forums/topic/",
        )
    ]
    for page in pages:
        for raw in ("<script>alert", "<img src=x", "<svg onload", "<b>tebal", 'href="javascript:'):
            assert raw not in page


# Reacting and flagging


def test_a_reader_reacts_with_one_tap_and_takes_it_back_with_another(client, topic):
    post, reader = make_post(topic), as_(verified())
    address = reverse("forums:post_react", args=[post.pk])

    assert address in client.get(topic.get_absolute_url()).text
    reader.post(address, {"reaksi": "dukung"})
    caches["pages"].clear()
    assert "1 mendukung" in client.get(topic.get_absolute_url()).text
    assert "Reaksi Anda: mendukung" in reader.get(topic.get_absolute_url()).text
    assert 'value="tarik"' in reader.get(address).text
    reader.post(address, {"reaksi": "tarik"})
    assert not Reaction.objects.exists()


def test_a_reaction_that_does_not_exist_changes_nothing(topic):
    post, reader = make_post(topic), as_(verified())

    assert reader.post(reverse("forums:post_react", args=[post.pk]), {"reaksi": "marah"}).status_code == 422
    assert reader.post(reverse("forums:post_react", args=[post.pk]), {"lain": "1"}).status_code == 422
    assert (
        as_(post.author).post(reverse("forums:post_react", args=[post.pk]), {"reaksi": "dukung"}).status_code
        == 403
    )
    assert not Reaction.objects.exists()


def test_a_reader_flags_once_and_reads_that_he_did(topic):
    post, reader = make_post(topic), as_(verified())
    address = reverse("forums:post_flag", args=[post.pk])

    assert reader.post(address, {"reason": "lain"}).status_code == 422
    assert reader.post(address, {"lain": "1"}).status_code == 422
    answer = reader.post(address, {"reason": "lain", "text": "Orang ini mengaku sebagai saya."})
    assert answer.url == topic.get_absolute_url()
    assert "Anda sudah melaporkannya" in reader.get(address).text
    reader.post(address, {"reason": "kasar"})
    assert Flag.objects.get().reason == Flag.Reason.OTHER


def test_only_moderators_read_who_flagged(client, topic):
    post, reader = make_post(topic), verified("sumiyati")
    post.flag(by=reader, reason="kasar")

    for visitor in (client, as_(post.author), as_(factories.make_official(Role.OPERATOR))):
        assert "Sumiyati" not in visitor.get(topic.get_absolute_url()).text
    assert "Sumiyati" not in as_(post.author).get(reverse("forums:my_posts")).text
    moderator = as_(factories.make_official(Role.MODERATOR))
    assert "Sumiyati" in moderator.get(reverse("forums:moderation_queue")).text


# Feeds, search, rules


def test_a_topics_feed_tells_what_was_said_and_nothing_hidden(client, topic):
    make_post(topic, body="Yang ini tampil")
    make_post(topic, body="Yang ini tidak").hide(by=factories.make_official(Role.MODERATOR), reason="Kasar.")

    feed = client.get(reverse("forums:topic_feed", args=[topic.pk]))

    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "Yang ini tampil" in feed.text
    assert "Yang ini tidak" not in feed.text


def test_every_published_topic_and_post_is_found_and_nothing_else(topic):
    from django.contrib.auth.models import AnonymousUser

    moderator = factories.make_official(Role.MODERATOR)
    post = make_post(topic, body="Kambingnya lepas lagi")
    comment = make_post(make_topic(title="Artikel"), body="Kambing siapa?")

    def found(asked):
        hits = search.find(asked, AnonymousUser()).hits()
        return {hit.url for hit in hits if hit.url.startswith("/forum/")}

    assert found("kambing") == {post.get_absolute_url(), comment.get_absolute_url()}
    assert found("posyandu") == {topic.get_absolute_url()}
    post.hide(by=moderator, reason="Salah.")
    make_post(topic, author=factories.make_user(), body="Kambing tertahan")
    assert found("kambing") == {comment.get_absolute_url()}
    opening = topic.posts.get(is_opening=True)
    opening.hide(by=moderator, reason="Salah.")
    assert found("minggu") == set()
    opening.restore(by=moderator, reason="Benar.")
    topic.take_down(by=moderator, reason="Salah.")
    assert found("posyandu") == set()


def test_the_rules_show_what_moderators_did_each_month_and_no_names(client, topic):
    moderator = factories.make_official(Role.MODERATOR, username="bumoderator")
    topic.lock(by=moderator, reason="Ramai sekali.")
    topic.unlock(by=moderator)

    page = client.get(reverse("forums:rules")).text

    assert "1 dikunci, 1 dibuka kembali" in page
    assert f"{FLAGS_TO_HOLD} warga terverifikasi" in page
    assert "bumoderator" not in page.lower()
    assert "Ramai sekali" not in page


def test_no_forum_takes_an_address_of_the_portal(village):
    own = {str(route.pattern).split("/")[0] for route in urlpatterns} - {""}

    assert {address for address in own if not address.startswith("<") and "." not in address} == TAKEN
    with pytest.raises(Exception, match="dipakai portal"):
        Forum(name="Cari", slug="cari").clean_fields(exclude=["village"])


def test_ones_own_page_knows_topics_and_what_moderators_did_with_them(topic):
    author, moderator = topic.author, factories.make_official(Role.MODERATOR)
    topic.take_down(by=moderator, reason="Menyebut nama anak.")

    page = as_(author).get(reverse("forums:my_posts")).text

    assert "Topik Anda di forum" in page
    assert "Menyebut nama anak." in page
    assert Post.objects.filter(author=author).count() == 1
