import uuid
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from forums.models import Moderation, Post, TooManyPosts, Topic, TopicClosed
from forums.models.post_queries import FIRST_POSTS_HELD, POSTS_A_MINUTE
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories
from tests.forums.factories import make_post, make_topic


@pytest.fixture
def topic(village):
    return make_topic()


@pytest.fixture
def moderator(village):
    return factories.make_official(Role.MODERATOR)


def verified(username=""):
    return factories.make_resident(username, verified_at=clock.now())


def test_a_verified_resident_is_heard_at_once(topic):
    post = topic.reply(author=verified("sri"), body="Terima kasih, jelas sekali.")

    assert post.is_readable
    assert list(topic.posts.published()) == [post]


def test_the_first_posts_of_a_new_account_wait_and_then_no_longer(topic, moderator):
    newcomer = factories.make_user()

    first = [topic.reply(author=newcomer, body=f"Tanggapan {n}") for n in range(FIRST_POSTS_HELD)]
    assert all(post.is_waiting for post in first)
    assert not topic.posts.published().exists()

    for post in first:
        post.release(by=moderator)

    assert topic.reply(author=newcomer, body="Sudah dikenal").is_readable


def test_an_official_answers_with_the_office_held_that_day(topic):
    official = factories.make_official(Role.SECRETARY, title="Sekretaris Desa")

    assert topic.reply(author=official, body="Jadwalnya hari Sabtu.").office == "Sekretaris Desa"
    assert topic.reply(author=verified(), body="Baik.").office == ""


def test_a_form_sent_twice_is_one_reply(topic):
    author, nonce = verified(), uuid.uuid4()

    first = topic.reply(author=author, body="Satu kali saja", nonce=nonce)
    second = topic.reply(author=author, body="Satu kali saja", nonce=nonce)

    assert first == second
    assert Post.objects.count() == 1


def test_nobody_replies_to_what_is_closed_hidden_or_not_yet_open(topic):
    author = verified()
    unopened = Topic.objects.create_for_page(title="Belum", page_path="/belum/")
    topic.close()

    for shut in (topic, unopened):
        with pytest.raises(TopicClosed):
            shut.reply(author=author, body="Masih bisa?")

    topic.open()
    assert topic.reply(author=author, body="Sekarang bisa.")
    topic.hide()
    with pytest.raises(TopicClosed):
        topic.reply(author=author, body="Tersembunyi")


def test_nobody_writes_faster_than_people_do(topic):
    author = verified()
    with clock.at(clock.now()):
        for number in range(POSTS_A_MINUTE):
            topic.reply(author=author, body=f"Cepat {number}")
        with pytest.raises(TooManyPosts):
            topic.reply(author=author, body="Terlalu cepat")
        assert topic.reply(author=verified(), body="Orang lain tetap boleh")

    with clock.at(clock.now() + timedelta(minutes=2)):
        assert topic.reply(author=author, body="Setelah jeda")


def test_hiding_and_restoring_leave_a_reason_for_the_author_and_a_trace(topic, moderator):
    author = verified()
    post = topic.reply(author=author, body="Kasar sekali")

    post.hide(by=moderator, reason="Menyebut orang lain dengan kata kasar.")
    post.refresh_from_db()
    assert not post.is_readable
    assert post in topic.posts.published()

    post.restore(by=moderator, reason="Setelah dibaca ulang tidak kasar.")
    post.refresh_from_db()
    assert post.is_readable
    assert [m.reason for m in post.moderations.order_by("at", "pk")] == [
        "Menyebut orang lain dengan kata kasar.",
        "Setelah dibaca ulang tidak kasar.",
    ]
    kinds = list(Entry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["post.published", "post.hidden", "post.restored"]
    assert "kasar" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_database_refuses_hiding_without_a_reason(topic, moderator):
    post = make_post(topic)

    with pytest.raises(IntegrityError), transaction.atomic():
        Moderation.objects.create(post=post, act=Moderation.Act.HIDE, by=moderator, reason="", at=clock.now())


def test_two_moderators_at_once_release_once(topic, moderator):
    post = topic.reply(author=factories.make_user(), body="Menunggu")
    stale = Post.objects.get(pk=post.pk)

    post.release(by=moderator)
    stale.release(by=moderator)

    assert post.moderations.count() == 1
    assert Entry.objects.filter(kind="post.published").count() == 1


def test_an_author_takes_back_and_puts_up_again_but_nobody_else_does(topic):
    author = verified()
    post = topic.reply(author=author, body="Saya tarik dulu")

    with pytest.raises(PermissionDenied):
        post.withdraw(by=verified())
    post.withdraw(by=author)
    assert not topic.posts.published().exists()

    with pytest.raises(PermissionDenied):
        post.resubmit(by=verified())
    post.resubmit(by=author)
    assert topic.posts.published().get().is_readable


def test_a_withdrawn_post_comes_back_as_hidden_as_it_was(topic, moderator):
    author = verified()
    post = topic.reply(author=author, body="Iklan pinjaman")
    post.hide(by=moderator, reason="Iklan.")
    post.withdraw(by=author)
    post.resubmit(by=author)

    assert not Post.objects.get(pk=post.pk).is_readable


def test_who_sees_what(topic, moderator, village):
    newcomer, stranger = factories.make_user(), verified()
    held = topic.reply(author=newcomer, body="Menunggu")
    public = topic.reply(author=stranger, body="Tayang")

    assert set(topic.posts.visible_to(newcomer)) == {held, public}
    assert set(topic.posts.visible_to(stranger)) == {public}
    assert set(topic.posts.visible_to(moderator)) == {held, public}


def test_the_other_village_sees_none_of_it(topic, neighbour):
    topic.reply(author=verified(), body="Hanya di sini")

    with village_scope(neighbour):
        assert not Post.objects.exists()
        assert not Topic.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_from_two_places_at_once_is_one_reply(transactional_db):
    village = factories.make_village()
    with village_scope(village):
        topic, author = make_topic(), verified()
    nonce, barrier, failures = uuid.uuid4(), Barrier(4), []

    def send():
        try:
            with village_scope(village):
                barrier.wait(10)
                topic.reply(author=author, body="Sekali", nonce=nonce)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    with village_scope(village):
        assert Post.objects.count() == 1
        assert Entry.objects.filter(kind="post.published").count() == 1
