import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from forums.models import (
    Forum,
    ForumArchived,
    Moderation,
    Post,
    TooManyPosts,
    TooManyTopics,
    Topic,
    TopicClosed,
)
from forums.models.forum import SEEDED
from forums.models.post_queries import POSTS_A_MINUTE
from forums.models.topic_queries import TOPICS_A_DAY_UNVERIFIED
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger import wording
from partisipasi.ledger.models import Entry
from partisipasi.residents import notices
from partisipasi.residents.models import Notice, Role
from tests import factories
from tests.forums.factories import make_forum, make_post, make_topic, start_topic
from tests.threads import at_once


@pytest.fixture
def forum(village):
    return make_forum()


@pytest.fixture
def moderator(village):
    return factories.make_official(Role.MODERATOR)


def verified(username=""):
    return factories.make_resident(username, verified_at=clock.now())


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("text", flat=True))


def test_a_verified_resident_begins_a_topic_that_everybody_finds(forum):
    topic = start_topic(forum, title="Lampu jalan RT 002")

    assert topic in Topic.objects.listed()
    assert topic in Topic.objects.visible_to(AnonymousUser())
    opening = topic.posts.get()
    assert opening.is_opening
    assert opening.is_readable
    assert list(Entry.objects.values_list("kind", "subject")) == [
        ("topic.published", f"forums.topic:{topic.pk}")
    ]


def test_a_newcomers_topic_is_held_with_its_first_post_and_appears_with_it(forum, moderator):
    newcomer, stranger = factories.make_user(), verified()

    topic = start_topic(forum, author=newcomer)

    assert topic not in Topic.objects.listed()
    assert topic not in Topic.objects.visible_to(stranger)
    assert topic in Topic.objects.visible_to(newcomer)
    assert topic in Topic.objects.visible_to(moderator)
    with pytest.raises(TopicClosed):
        topic.reply(author=stranger, body="Saya mau menjawab")

    topic.posts.get().release(by=moderator)

    assert topic in Topic.objects.listed()
    assert Topic.objects.get(pk=topic.pk).takes_replies


def test_a_held_topic_that_is_hidden_never_appears_and_appears_when_restored(forum, moderator):
    topic = start_topic(forum, author=factories.make_user())
    opening = topic.posts.get()

    opening.hide(by=moderator, reason="Iklan pinjaman.")
    assert topic not in Topic.objects.listed()

    opening.restore(by=moderator, reason="Ternyata bukan iklan.")
    assert topic in Topic.objects.listed()


def test_a_form_sent_twice_is_one_topic(forum):
    author, nonce = verified(), uuid.uuid4()

    first = start_topic(forum, author=author, nonce=nonce)
    second = start_topic(forum, author=author, nonce=nonce)

    assert first == second
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_from_three_places_at_once_is_one_topic(transactional_db):
    village = factories.make_village()
    with village_scope(village):
        forum, author, nonce = make_forum(), verified(), uuid.uuid4()

    topics = at_once(village, *[lambda: start_topic(forum, author=author, nonce=nonce)] * 3)

    assert len({topic.pk for topic in topics}) == 1
    with village_scope(village):
        assert Post.objects.count() == 1


def test_an_unverified_account_begins_a_few_topics_a_day(forum, moderator):
    newcomer = factories.make_resident()
    for number in range(TOPICS_A_DAY_UNVERIFIED):
        start_topic(forum, author=newcomer, title=f"Topik {number}")

    with pytest.raises(TooManyTopics):
        start_topic(forum, author=newcomer)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert start_topic(forum, author=newcomer)


def test_topics_count_among_what_one_writes_in_a_minute(forum):
    author = verified()
    with clock.at(clock.now()):
        for number in range(POSTS_A_MINUTE):
            start_topic(forum, author=author, title=f"Topik {number}")
        with pytest.raises(TooManyPosts):
            start_topic(forum, author=author)

    assert Topic.objects.count() == POSTS_A_MINUTE


def test_an_archived_forum_keeps_what_was_said_and_takes_nothing_more(forum):
    topic, official = start_topic(forum), factories.make_official(Role.OPERATOR)

    forum.archive(by=official)
    forum.archive(by=official)

    assert topic in Topic.objects.listed()
    with pytest.raises(ForumArchived):
        start_topic(forum)
    with pytest.raises(TopicClosed):
        make_post(Topic.objects.get(pk=topic.pk))
    assert Entry.objects.filter(kind="forum.archived").count() == 1

    forum.reopen(by=official)
    assert make_post(Topic.objects.get(pk=topic.pk)).is_readable


def test_lists_show_the_number_of_replies_and_the_last_without_counting(forum, moderator):
    topic, author = start_topic(forum), verified()

    def shown():
        topic.refresh_from_db()
        return topic.number_of_replies, topic.last_posted_at

    opening = topic.posts.get()
    assert shown() == (0, opening.published_at)
    first, second = make_post(topic), make_post(topic, author=author)
    assert shown() == (2, second.published_at)
    held = make_post(topic, author=factories.make_user())
    assert shown() == (2, second.published_at)
    held.release(by=moderator)
    assert shown()[0] == 3
    first.hide(by=moderator, reason="Kasar.")
    assert shown()[0] == 2
    first.restore(by=moderator, reason="Tidak kasar.")
    second.withdraw(by=author)
    assert shown()[0] == 2
    second.resubmit(by=author)
    assert shown()[0] == 3


def test_a_topic_whose_author_takes_it_back_goes_unless_others_have_answered(forum):
    author = verified()
    alone, answered = start_topic(forum, author=author), start_topic(forum, author=author)
    make_post(answered)

    for topic in (alone, answered):
        topic.posts.get(is_opening=True).withdraw(by=author)

    assert list(Topic.objects.listed()) == [answered]


# What moderators do


def test_a_locked_topic_takes_no_reply_and_says_why_until_it_is_unlocked(forum, moderator):
    author = verified()
    topic = start_topic(forum, author=author)

    assert topic.lock(by=moderator, reason="Sudah dijawab tuntas.")
    assert not topic.lock(by=moderator, reason="Sekali lagi.")

    topic = Topic.objects.get()
    assert topic.closed_reason == "Sudah dijawab tuntas."
    with pytest.raises(TopicClosed):
        make_post(topic)
    assert "dikunci moderator. Alasan: Sudah dijawab tuntas." in told(author)[-1]

    assert topic.unlock(by=moderator)
    assert make_post(Topic.objects.get()).is_readable
    assert list(topic.moderations.order_by("pk").values_list("act", flat=True)) == ["kunci", "buka-kunci"]


def test_a_hidden_topic_is_seen_by_its_author_and_moderators_alone_and_comes_back(forum, moderator):
    author, stranger = verified(), verified()
    topic = start_topic(forum, author=author)
    reply = make_post(topic)

    topic.take_down(by=moderator, reason="Menyebut nomor HP orang.")

    assert topic not in Topic.objects.visible_to(stranger)
    assert reply not in Post.objects.reachable_by(stranger)
    assert topic in Topic.objects.visible_to(author)
    assert topic in Topic.objects.visible_to(moderator)
    topic.bring_back(by=moderator, reason="Nomornya sudah dihapus.")
    assert topic in Topic.objects.visible_to(stranger)
    assert "Nomornya sudah dihapus." in told(author)[-1]


def test_pinned_topics_are_unpinned_and_moved_ones_keep_their_address(forum, moderator):
    topic, other = start_topic(forum), make_forum()
    address = topic.get_absolute_url()

    assert topic.pin(by=moderator)
    assert not Topic.objects.get().pin(by=moderator)
    assert topic.unpin(by=moderator)
    assert topic.move_to(other, by=moderator, reason="Lebih cocok di sini.")
    assert not topic.move_to(other, by=moderator)

    moved = Topic.objects.get()
    assert moved.forum == other
    assert moved.get_absolute_url() == address
    other.archive(by=moderator)
    forum.archive(by=moderator)
    forum.refresh_from_db()
    with pytest.raises(ForumArchived):
        moved.move_to(forum, by=moderator)


def test_the_record_knows_what_moderators_did_and_not_why(forum, moderator):
    topic = start_topic(forum)
    topic.lock(by=moderator, reason="Saling menghina.")
    topic.unlock(by=moderator)
    topic.take_down(by=moderator, reason="Saling menghina.")
    topic.bring_back(by=moderator, reason="Sudah tenang.")
    topic.pin(by=moderator)
    topic.unpin(by=moderator)
    topic.move_to(make_forum(), by=moderator)

    kinds = list(Entry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == [
        "topic.published",
        "topic.locked",
        "topic.unlocked",
        "topic.hidden",
        "topic.restored",
        "topic.pinned",
        "topic.unpinned",
        "topic.moved",
    ]
    assert set(kinds) <= set(wording.registered_kinds())
    assert "menghina" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_database_refuses_a_lock_without_a_reason(forum, moderator):
    topic = start_topic(forum)

    with pytest.raises(IntegrityError), transaction.atomic():
        Moderation.objects.create(topic=topic, act="kunci", by=moderator, at=clock.now())


def test_a_hamlet_head_moderates_the_forum_of_his_hamlet_and_no_comments(forum):
    hamlet, other = factories.make_region(), factories.make_region()
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    within, beyond = start_topic(make_forum(region=hamlet)), start_topic(make_forum(region=other))
    everywhere, comments = start_topic(forum), make_topic()

    assert within.can_be_moderated_by(head)
    assert within.posts.get().can_be_moderated_by(head)
    for topic in (beyond, everywhere, comments):
        assert not topic.can_be_moderated_by(head)
    assert list(Topic.objects.moderated_by(head)) == [within]


def test_the_owner_of_a_page_opens_what_a_moderator_locked_under_it(village, moderator):
    topic = make_topic()
    topic.lock(by=moderator, reason="Ramai sekali.")

    topic.open()

    assert Topic.objects.get().takes_replies
    assert Topic.objects.get().closed_reason == ""


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_lock_and_reply_at_once_wait_for_each_other(transactional_db):
    village = factories.make_village()
    with village_scope(village):
        topic, moderator = start_topic(), factories.make_official(Role.MODERATOR)
        second = factories.make_official(Role.MODERATOR)
        post = make_post(topic)
        author = verified()

    outcomes = at_once(
        village,
        lambda: Topic.objects.get(pk=topic.pk).lock(by=moderator, reason="Ramai."),
        lambda: Topic.objects.get(pk=topic.pk).lock(by=second, reason="Ramai."),
        lambda: Post.objects.get(pk=post.pk).hide(by=moderator, reason="Kasar."),
        lambda: Post.objects.get(pk=post.pk).hide(by=second, reason="Kasar."),
        lambda: Topic.objects.get(pk=topic.pk).reply(author=author, body="Masih sempat?", reply_to=post),
    )

    assert sorted(outcomes[:2]) == sorted(outcomes[2:4]) == [False, True]
    assert isinstance(outcomes[4], (Post, TopicClosed))
    with village_scope(village):
        readable = Post.objects.readable().replies().filter(topic=topic).count()
        assert Topic.objects.get(pk=topic.pk).number_of_replies == readable
        assert Moderation.objects.count() == 2


# Who hears of it


def test_followers_of_a_forum_hear_of_a_topic_and_of_a_topic_of_replies(forum):
    reader, author = verified("reni"), verified("aji")
    notices.follow(reader, forum.get_absolute_url(), forum.name)

    topic = start_topic(forum, author=author, title="Sampah pasar")

    assert told(reader) == [f"Aji membuka topik “Sampah pasar” di forum {forum.name}."]
    assert notices.is_following(author, topic.get_absolute_url())
    reply = make_post(topic, author=reader)
    assert told(author) == ["Reni menanggapi “Sampah pasar”."]
    assert Notice.objects.of(author).get().path == reply.get_absolute_url()


def test_whoever_is_answered_hears_it_once_though_he_follows_the_topic(forum):
    asker = verified("tini")
    topic = start_topic(forum, title="Sampah pasar")
    question = make_post(topic, author=asker)
    make_post(topic, author=verified("budi"), reply_to=question)

    assert told(asker) == ["Budi menjawab tanggapan Anda pada “Sampah pasar”."]


def test_whoever_unfollowed_hears_nothing_though_he_writes_again(forum):
    author = verified()
    topic = start_topic(forum, author=author)
    notices.unfollow(author, topic.get_absolute_url())

    make_post(topic, author=author)
    make_post(topic)

    assert told(author) == []


def test_nobody_hears_of_what_is_held_until_it_appears(forum, moderator):
    reader = verified()
    notices.follow(reader, forum.get_absolute_url(), forum.name)
    newcomer = factories.make_user("baru")

    topic = start_topic(forum, author=newcomer, title="Halo semua")
    assert told(reader) == []
    assert told(moderator) == ["Tulisan baru pada “Halo semua” menunggu moderasi."]

    topic.posts.get().release(by=moderator)
    assert len(told(reader)) == 1
    assert told(newcomer) == ["Tulisan Anda pada “Halo semua” diloloskan moderator."]


def test_one_word_is_enough_until_a_moderator_has_been_at_the_queue(forum, moderator):
    held = [start_topic(forum, author=factories.make_user()).posts.get() for _ in range(3)]
    assert len(told(moderator)) == 1

    held[0].release(by=moderator)
    start_topic(forum, author=factories.make_user())

    assert len(told(moderator)) == 2


def test_a_new_village_finds_forums_and_an_old_one_keeps_its_own(village):
    Forum.objects.seed()
    Forum.objects.seed()
    assert Forum.objects.count() == len(SEEDED)


def test_the_other_village_sees_none_of_it(forum, neighbour):
    start_topic(forum)

    with village_scope(neighbour):
        assert not Forum.objects.exists()
        assert not Topic.objects.exists()
        assert not Moderation.objects.exists()
