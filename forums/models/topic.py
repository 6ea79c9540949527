import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from forums import notices
from forums.notices import MODERATE
from partisipasi import clock, search
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.permissions import coverage
from partisipasi.village import words

from .forum import Forum
from .moderation import Moderation
from .topic_queries import ForumArchived, TopicClosed, TopicQuerySet

if TYPE_CHECKING:
    from partisipasi.residents.models import User
    from partisipasi.village.models import Region

    from .post import Post

Act = Moderation.Act
_RECORDED = {
    Act.LOCK: "topic.locked",
    Act.UNLOCK: "topic.unlocked",
    Act.HIDE: "topic.hidden",
    Act.RESTORE: "topic.restored",
    Act.PIN: "topic.pinned",
    Act.UNPIN: "topic.unpinned",
    Act.MOVE: "topic.moved",
}


class Topic(VillageRow):
    """Something to talk about, in a forum. With a `page_path` it serves as the comments of that page instead.

    A topic of a forum begins with its opening post, and moderators lock, hide, pin and move it. Comments stand in no
    list; their page's verbs open, close, hide and rename them, so that they need know nothing of their page.
    """

    forum = models.ForeignKey(
        Forum, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name="forum"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penulis",
        editable=False,
    )
    person = models.ForeignKey(
        "residents.Person", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    title = models.CharField("judul", max_length=200)
    page_path = models.CharField("halaman", max_length=300, blank=True)
    nonce = models.UUIDField(null=True, editable=False)
    opened_at = models.DateTimeField("dibuka pada", null=True, blank=True)
    closed_at = models.DateTimeField("ditutup pada", null=True, blank=True)
    closed_reason = models.CharField("alasan ditutup", max_length=300, blank=True, editable=False)
    hidden_at = models.DateTimeField("disembunyikan pada", null=True, blank=True)
    pinned_at = models.DateTimeField("disematkan pada", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)
    # Kept by the posts' verbs (`settle`).
    number_of_replies = models.PositiveIntegerField("tanggapan", default=0, editable=False)
    last_posted_at = models.DateTimeField("tanggapan terakhir", null=True, blank=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(TopicQuerySet)

    class Meta:
        verbose_name = "topik"
        verbose_name_plural = "topik"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(forum__isnull=True) & ~models.Q(page_path=""))
                | models.Q(forum__isnull=False, page_path="", author__isnull=False),
                name="a_topic_stands_in_a_forum_or_under_a_page",
            ),
            models.UniqueConstraint(fields=["village", "author", "nonce"], name="a_topic_is_sent_once"),
        ]
        indexes = [
            models.Index(fields=["forum", "-last_posted_at", "-id"]),
            models.Index(
                fields=["village", "-last_posted_at", "-id"],
                condition=models.Q(forum__isnull=False),
                name="topics_of_forums",
            ),
            GinIndex(fields=["search"], name="topic_search"),
        ]

    # The latest word of a moderator, where `comments.tell_reasons` has read it for a whole page.
    last_moderation: "Moderation | None" = None

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """The page on which it is read and followed."""
        return self.page_path or reverse("forums:topic_detail", args=[self.pk])

    def get_absolute_url(self) -> str:
        return f"{self.page_path}#tanggapan" if self.page_path else self.path

    @property
    def author_name(self) -> str:
        if self.person:
            return self.person.name
        return self.author.username if self.author else ""

    @property
    def place(self) -> "Region | None":
        """Where it lies: that decides which hamlet head moderates it."""
        return self.forum.region if self.forum else None

    @property
    def takes_replies(self) -> bool:
        if not self.opened_at or self.closed_at or self.hidden_at:
            return False
        return not (self.forum and self.forum.archived_at)

    @property
    def is_readable(self) -> bool:
        """May everybody read it now?"""
        says_something = self.page_path or self.last_posted_at
        return bool(self.opened_at and not self.hidden_at and says_something)

    def state(self) -> tuple[str, str]:
        """The word for its state and the tone of its pill; no word where it is simply open."""
        if self.hidden_at:
            return "Disembunyikan", "danger"
        if not self.opened_at:
            return "Menunggu moderasi", "warning"
        if self.closed_at:
            return "Dikunci", "neutral"
        return ("Disematkan", "notice") if self.pinned_at else ("", "")

    @property
    def facts_line(self) -> str:
        """Who began it and when, how many replied, and when last, in one line."""
        began = words.long_date(timezone.localtime(self.created_at).date())
        number = words.figures(self.number_of_replies) if self.number_of_replies else "belum ada"
        facts = [self.author_name, began, f"{number} tanggapan"]
        if self.number_of_replies and self.last_posted_at:
            last = timezone.localtime(self.last_posted_at)
            facts.append(f"terakhir {words.long_date(last.date())}, {words.clock_time(last)}")
        return " · ".join(facts)

    def note(self) -> str:
        """What its author should know about it, in a sentence; "" where there is nothing to say."""
        if not self.opened_at and not self.hidden_at:
            return "Menunggu dibaca moderator, karena akun penulisnya masih baru."
        return self.last_moderation.sentence if self.last_moderation else ""

    def reply_url(self) -> str:
        return reverse("forums:post_reply", args=[self.pk])

    def can_be_moderated_by(self, user: Any) -> bool:
        return coverage(user, MODERATE).includes(self.place)

    # What the owner of a page does with its comments

    def open(self) -> None:
        """Let people reply, for the first time or again."""
        self.opened_at = self.opened_at or clock.now()
        self.closed_at, self.closed_reason, self.hidden_at = None, "", None
        self.save(update_fields=["opened_at", "closed_at", "closed_reason", "hidden_at"])

    def close(self) -> None:
        """Keep what was said and take no more."""
        self.closed_at = self.closed_at or clock.now()
        self.save(update_fields=["closed_at"])

    def hide(self) -> None:
        """Out of sight with its page."""
        self.hidden_at = self.hidden_at or clock.now()
        self.save(update_fields=["hidden_at"])

    def rename(self, title: str, page_path: str) -> None:
        """Follow the owner's new title or address."""
        self.title, self.page_path = title, page_path
        self.save(update_fields=["title", "page_path"])

    # What people say

    @transaction.atomic
    def reply(
        self, *, author: "User", body: str, nonce: uuid.UUID | None = None, reply_to: "Post | None" = None
    ) -> "Post":
        """`author` says `body` here. The same nonce again is the same reply, so a form may be sent twice.

        Raises TopicClosed, and TooManyPosts when the account writes faster than people do.
        """
        from .post import Post

        # The row lock keeps closing and late replies apart, and makes two sendings of one form one reply.
        topic = Topic.objects.select_for_update().get(pk=self.pk)
        sent = Post.objects.filter(topic=topic, author=author, nonce=nonce).first() if nonce else None
        if sent:
            return sent
        if not topic.takes_replies:
            raise TopicClosed("Topik ini tidak menerima tanggapan lagi.")
        return Post.objects.publish_or_hold(
            topic=topic, author=author, body=body, nonce=nonce or uuid.uuid4(), reply_to=reply_to
        )

    def settle(self, post: "Post") -> None:
        """After a change to `post`: the numbers that lists show; with its opening post a topic appears."""
        Topic.objects.settle([self.pk])
        mine = Topic.objects.filter(pk=self.pk)
        if post.is_opening:
            said = post.body if post.is_readable else ""
            mine.update(search=search.vector((self.title, "A"), (said, "C")))
        if post.is_opening and post.published_at:
            mine.filter(opened_at__isnull=True).update(opened_at=post.published_at)
        self.refresh_from_db(fields=["number_of_replies", "last_posted_at", "opened_at", "search"])

    # What moderators do; of two at once the first did it, and each verb says whether it was the one

    @transaction.atomic
    def lock(self, *, by: "User", reason: str) -> bool:
        """Nobody writes here any more; everybody reads why."""
        self._take()
        if self.closed_at:
            return False
        return self._moderate(Act.LOCK, by, reason, closed_at=clock.now(), closed_reason=reason)

    @transaction.atomic
    def unlock(self, *, by: "User", reason: str = "") -> bool:
        self._take()
        if not self.closed_at:
            return False
        return self._moderate(Act.UNLOCK, by, reason, closed_at=None, closed_reason="")

    @transaction.atomic
    def take_down(self, *, by: "User", reason: str) -> bool:
        """Out of everybody's sight with all that was said; its author reads the reason."""
        self._take()
        if self.hidden_at:
            return False
        return self._moderate(Act.HIDE, by, reason, hidden_at=clock.now())

    @transaction.atomic
    def bring_back(self, *, by: "User", reason: str) -> bool:
        """Back in its forum, as it was."""
        self._take()
        if not self.hidden_at:
            return False
        return self._moderate(Act.RESTORE, by, reason, hidden_at=None)

    @transaction.atomic
    def pin(self, *, by: "User") -> bool:
        """First in its forum until it is unpinned."""
        self._take()
        return not self.pinned_at and self._moderate(Act.PIN, by, pinned_at=clock.now())

    @transaction.atomic
    def unpin(self, *, by: "User") -> bool:
        self._take()
        return bool(self.pinned_at) and self._moderate(Act.UNPIN, by, pinned_at=None)

    @transaction.atomic
    def move_to(self, forum: Forum, *, by: "User", reason: str = "") -> bool:
        """To another forum, at the same address. Raises ForumArchived."""
        self._take()
        if not self.forum_id or self.forum_id == forum.pk:
            return False
        if forum.archived_at:
            raise ForumArchived("Forum tujuan sudah diarsipkan.")
        return self._moderate(Act.MOVE, by, reason, forum=forum)

    def _take(self) -> None:
        fields = ["closed_at", "closed_reason", "hidden_at", "pinned_at", "forum", "opened_at"]
        self.refresh_from_db(fields=fields, from_queryset=Topic.objects.select_for_update())

    def _moderate(self, act: Moderation.Act, by: "User", reason: str = "", **fields: Any) -> bool:
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        Moderation.objects.create(topic=self, act=act, by=by, reason=reason, at=clock.now())
        notices.topic_was_moderated(self, act, reason, by=by)
        facts = {"forum": self.forum_id} if act == Act.MOVE else {}
        record(_RECORDED[act], self, facts, sealed={"reason": reason} if reason else {})
        return True
