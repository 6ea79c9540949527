import pytest

from forums.models import Flag, Post, Reaction, Topic
from partisipasi import clock
from partisipasi.residents import notices, privacy
from partisipasi.residents.models import Follow, Notice, Person
from tests import factories
from tests.forums.factories import make_forum, make_post, start_topic

TITLE, BODY, REPLY = "Kandang Pak Wagimin", "Baunya sampai kamar saya", "Sudah saya sampaikan kepadanya"


@pytest.fixture
def author(village):
    return factories.make_resident("wagirah", verified_at=clock.now())


def everything():
    """All that the rooms' own tables hold, as one string."""
    models = (Topic, Post, Flag, Notice, Follow)
    return str([list(model.objects.values()) for model in models])


def test_one_takes_ones_topics_and_words_along(author):
    start_topic(author=author, title=TITLE, body=BODY)

    taken = str(privacy.export(Person.objects.of(author)))

    assert TITLE in taken
    assert BODY in taken


def test_who_is_forgotten_leaves_only_what_others_said(village, author):
    forum, reader = make_forum(), factories.make_resident("rahmi", verified_at=clock.now())
    notices.follow(reader, forum.get_absolute_url(), forum.name)
    topic = start_topic(forum, author=author, title=TITLE, body=BODY)
    notices.follow(reader, topic.get_absolute_url(), topic.title)
    answer = make_post(topic, author=reader, body="Saya juga terganggu")
    make_post(topic, author=author, body=REPLY)
    answer.react(by=author, kind="dukung")
    answer.flag(by=author, reason="lain", text=f"Ini tentang {TITLE}")

    privacy.erase(Person.objects.of(author))

    left = everything().lower()
    for words in (TITLE, BODY, REPLY, "wagirah", "wagimin"):
        assert words.lower() not in left
    topic = Topic.objects.get()
    assert topic.title == privacy.GONE
    assert topic in Topic.objects.listed()
    assert topic.number_of_replies == 1
    assert list(Post.objects.readable()) == [answer]
    assert not Reaction.objects.exists()
    assert Flag.objects.get().text == ""


def test_a_topic_that_nobody_answered_goes_with_its_author(author):
    start_topic(author=author, title=TITLE)

    privacy.erase(Person.objects.of(author))

    assert not Topic.objects.listed().exists()
