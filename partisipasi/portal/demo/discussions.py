"""The demo's forums: who opened which topic, what was answered, and what moderators did about it."""

from datetime import time, timedelta
from functools import partial

from forums.models import Forum, Post, Reaction, Topic
from partisipasi.residents.models import Body, Role, User

from . import content as told
from .story import Story

FOUNDED_DAYS_AGO, FOUNDED = 380, time(10)
# How readers think of what they read: mostly well.
KINDS = [Reaction.Kind.SUPPORT] * 5 + [Reaction.Kind.THANKS] * 3 + [Reaction.Kind.DISAGREE]
MOST_REACTIONS = 6


def plan(story: Story) -> None:
    """Put the village's forums and everything that is said in them into the story."""
    founded = story.moment(FOUNDED_DAYS_AGO, FOUNDED)
    story.happens(founded, lambda: Forum.objects.all().delete())  # the village has chosen its own
    for order, forum in enumerate(story.texts.forums, start=1):
        discussed = Discussed(story, forum)
        story.happens(founded, partial(discussed.found, order))
        for topic in forum.topics:
            discussed.plan(topic)


class Discussed:
    """One forum of the texts on its way through the verbs."""

    def __init__(self, story: Story, texts: told.Forum) -> None:
        self.story, self.texts = story, texts
        self.forum: Forum
        self.topics: dict[str, Topic] = {}
        self.posts: dict[str, list[Post]] = {}

    def found(self, order: int) -> None:
        texts, story = self.texts, self.story
        self.forum = Forum.objects.create(
            slug=texts.slug,
            name=texts.name,
            description=texts.description,
            region=story.regions[(texts.dusun,)] if texts.dusun else None,
            body=Body.objects.get(name=story.body_name(texts.body)) if texts.body else None,
            order=order,
        )

    def plan(self, topic: told.Topic) -> None:
        happens, moment = self.story.happens, self.story.moment
        opened = moment(topic.days_ago, topic.at)
        happens(opened, partial(self.open, topic))
        for reply in topic.replies:
            said = moment(topic.days_ago - reply.day, reply.at)
            happens(said, partial(self.reply, topic, reply))
            if reply.hidden:
                happens(said + timedelta(hours=3), partial(self.hide, topic, reply))
            elif not reply.held:
                happens(said + timedelta(minutes=40), partial(self.let_through, topic, reply))
        if topic.pinned:
            happens(opened + timedelta(hours=1), lambda: self.topics[topic.key].pin(by=self._moderator()))
        if topic.locked:
            locked = moment(topic.days_ago - topic.locked_day, time(8, 30))
            happens(locked, partial(self.lock, topic))
        last = max((reply.day for reply in topic.replies), default=0)
        happens(moment(topic.days_ago - last, time(23, 30)), partial(self.think, topic))

    def open(self, topic: told.Topic) -> None:
        started = Topic.objects.start(
            forum=self.forum,
            author=self.story.accounts[topic.by],
            title=topic.title,
            body=topic.text,
            nonce=self.story.nonce("topik", topic.key),
        )
        self.topics[topic.key], self.posts[topic.key] = started, []

    def reply(self, topic: told.Topic, reply: told.Comment) -> None:
        posts = self.posts[topic.key]
        said = self.topics[topic.key].reply(
            author=self.story.accounts[reply.by],
            body=reply.text,
            nonce=self.story.nonce("topik", topic.key, len(posts)),
            reply_to=posts[reply.to - 1] if reply.to else None,
        )
        posts.append(said)

    def _post(self, topic: told.Topic, reply: told.Comment) -> Post:
        return self.posts[topic.key][topic.replies.index(reply)]

    def let_through(self, topic: told.Topic, reply: told.Comment) -> None:
        post = self._post(topic, reply)
        if post.is_waiting:
            post.release(by=self._moderator())

    def hide(self, topic: told.Topic, reply: told.Comment) -> None:
        self._post(topic, reply).hide(by=self._moderator(), reason=reply.hidden)

    def lock(self, topic: told.Topic) -> None:
        self.topics[topic.key].lock(by=self._moderator(), reason=topic.locked)

    def think(self, topic: told.Topic) -> None:
        """Some who took part in other topics say by one tap what they think of some of these posts."""
        chance, accounts = self.story.chance, list(self.story.accounts.values())
        opening = self.topics[topic.key].posts.in_order().first()
        liked = [opening, *chance.sample(self.posts[topic.key], k=min(3, len(topic.replies)))]
        for post in liked:
            for reader in chance.sample(accounts, k=chance.randint(0, MOST_REACTIONS)):
                if post and post.can_be_reacted_to_by(reader):
                    post.react(by=reader, kind=chance.choice(KINDS))

    def _moderator(self) -> User:
        return self.story.account_of(Role.MODERATOR)
