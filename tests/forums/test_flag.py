import pytest
from django.core.exceptions import PermissionDenied

from forums.models import FLAGS_A_DAY, FLAGS_TO_HOLD, Flag, Moderation, Post, Reaction, TooManyFlags, Topic
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Role
from tests import factories
from tests.forums.factories import make_post, start_topic
from tests.threads import at_once


@pytest.fixture
def topic(village):
    return start_topic(title="Pungutan parkir")


@pytest.fixture
def post(topic):
    return make_post(topic, body="Semua petugasnya maling!")


@pytest.fixture
def moderator(village):
    return factories.make_official(Role.MODERATOR)


def verified(username=""):
    return factories.make_resident(username, verified_at=clock.now())


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("text", flat=True))


def flag(post, by=None):
    return post.flag(by=by or verified(), reason=Flag.Reason.RUDE)


def test_a_flagged_post_stays_until_a_moderator_decides(post, moderator):
    reader = verified()

    flag(post, by=reader)
    flag(post, by=reader)

    assert Post.objects.get(pk=post.pk).is_readable
    assert Flag.objects.count() == 1
    assert list(Post.objects.to_moderate(moderator)) == [post]
    assert told(moderator) == ["Warga melaporkan tulisan pada “Pungutan parkir”."]
    assert told(post.author) == []


def test_three_flags_of_verified_residents_put_it_on_hold(post, moderator):
    for _ in range(FLAGS_TO_HOLD + 1):
        flag(post, by=factories.make_user())
    for _ in range(FLAGS_TO_HOLD - 1):
        flag(post)
    assert Post.objects.get(pk=post.pk).is_readable

    flag(post)

    held = Post.objects.get(pk=post.pk)
    assert held.is_waiting
    assert Moderation.objects.get().by is None
    assert "ditahan sementara" in told(post.author)[-1]
    assert Entry.objects.filter(kind="post.held").exists()
    assert held in Post.objects.to_moderate(moderator)


def test_a_held_opening_post_leaves_the_replies_of_others_readable(topic, post):
    opening = topic.posts.get(is_opening=True)
    for _ in range(FLAGS_TO_HOLD):
        flag(opening)

    assert topic in Topic.objects.listed()
    assert post in Post.objects.readable()
    assert opening not in Post.objects.readable()


def test_who_flagged_hears_that_it_was_hidden(post, moderator):
    reader = verified()
    flag(post, by=reader)

    post.hide(by=moderator, reason="Menghina petugas.")

    assert "disembunyikan moderator" in told(reader)[-1]
    flagged = Flag.objects.get()
    assert (flagged.outcome, flagged.decided_by) == (Flag.Outcome.UPHELD, moderator)
    assert reader.username not in " ".join(told(post.author))
    assert not Post.objects.to_moderate(moderator).exists()


def test_who_flagged_hears_that_it_stays_and_the_author_hears_nothing(post, moderator):
    reader = verified()
    flag(post, by=reader)

    assert post.dismiss_flags(by=moderator)
    assert not post.dismiss_flags(by=moderator)

    assert "tetap tayang" in told(reader)[-1]
    assert told(post.author) == []
    assert Post.objects.get(pk=post.pk).is_readable
    assert flag(post, by=reader).outcome == Flag.Outcome.DISMISSED


def test_dismissed_flags_count_no_more_towards_a_hold(post, moderator):
    for _ in range(FLAGS_TO_HOLD - 1):
        flag(post)
    post.dismiss_flags(by=moderator)

    flag(post)

    assert Post.objects.get(pk=post.pk).is_readable


def test_a_held_post_that_is_let_through_appears_again_and_nobody_is_told_twice(topic, post, moderator):
    for _ in range(FLAGS_TO_HOLD):
        flag(post)

    assert post.release(by=moderator)
    assert not post.release(by=moderator)

    assert Post.objects.get(pk=post.pk).is_readable
    assert not Flag.objects.open().exists()
    assert told(topic.author) == [f"{post.author_name} menanggapi “Pungutan parkir”."]


def test_nobody_flags_his_own_words_or_what_is_not_to_be_read(post, moderator):
    with pytest.raises(PermissionDenied):
        flag(post, by=post.author)
    post.hide(by=moderator, reason="Kasar.")
    with pytest.raises(PermissionDenied):
        flag(post)


def test_nobody_flags_the_whole_forum(topic):
    reader = verified()
    posts = [make_post(topic) for _ in range(FLAGS_A_DAY + 1)]
    for each in posts[:-1]:
        flag(each, by=reader)

    with pytest.raises(TooManyFlags):
        flag(posts[-1], by=reader)


def test_a_withdrawn_post_leaves_the_queue_and_comes_back_with_its_flags(post, moderator):
    flag(post)
    post.withdraw(by=post.author)
    assert not Post.objects.to_moderate(moderator).exists()

    post.resubmit(by=post.author)
    assert post in Post.objects.to_moderate(moderator)


@pytest.mark.django_db(transaction=True)
def test_flags_of_three_residents_at_once_hold_it_once(transactional_db):
    village = factories.make_village()
    with village_scope(village):
        post = make_post(start_topic())
        readers = [verified() for _ in range(FLAGS_TO_HOLD)]

    at_once(village, *[lambda by=by: flag(Post.objects.get(pk=post.pk), by=by) for by in readers])

    with village_scope(village):
        assert Flag.objects.count() == FLAGS_TO_HOLD
        assert Moderation.objects.count() == 1
        assert Post.objects.get(pk=post.pk).is_waiting


# Reactions


def test_a_reader_reacts_once_changes_his_mind_and_takes_it_back(post):
    reader = verified()

    post.react(by=reader, kind="dukung")
    post.react(by=reader, kind="dukung")
    post.react(by=reader, kind="terima-kasih")
    assert Reaction.objects.get().kind == Reaction.Kind.THANKS

    post.react(by=reader, kind="")
    post.react(by=reader, kind="")
    assert not Reaction.objects.exists()


def test_nobody_reacts_to_his_own_words_or_where_nothing_is_said_any_more(topic, post, moderator):
    with pytest.raises(PermissionDenied):
        post.react(by=post.author, kind="dukung")
    topic.lock(by=moderator, reason="Selesai.")
    with pytest.raises(PermissionDenied):
        Post.objects.get(pk=post.pk).react(by=verified(), kind="dukung")


@pytest.mark.django_db(transaction=True)
def test_two_reactions_of_one_reader_at_once_are_one(transactional_db):
    village = factories.make_village()
    with village_scope(village):
        post, reader = make_post(start_topic()), verified()

    outcomes = at_once(
        village,
        lambda: Post.objects.get(pk=post.pk).react(by=reader, kind="dukung"),
        lambda: Post.objects.get(pk=post.pk).react(by=reader, kind="tidak-setuju"),
        lambda: Post.objects.get(pk=post.pk).react(by=reader, kind="dukung"),
    )

    assert outcomes == [None, None, None]
    with village_scope(village):
        assert Reaction.objects.count() == 1
