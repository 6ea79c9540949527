import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from forums import notices
from forums.notices import MODERATE
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage

from .flag import FLAGS_TO_HOLD, Flag
from .moderation import Moderation
from .post_queries import PAGE_SIZE, PostQuerySet
from .reaction import Reaction
from .topic import Topic

if TYPE_CHECKING:
    from forums.comments import Card
    from partisipasi.residents.models import User
    from partisipasi.village.models import Region

Act = Moderation.Act


class Post(VillageRow):
    """What somebody said in a topic: a comment, a reply, an official's answer."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts", verbose_name="topik")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penulis", editable=False
    )
    person = models.ForeignKey(
        "residents.Person", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    told_name = models.CharField("nama di situs lama", max_length=80, blank=True, editable=False)
    """The name over a comment that was taken over from elsewhere, whose author has no account here."""
    office = models.CharField("jabatan saat menulis", max_length=80, blank=True, editable=False)
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name="menanggapi"
    )
    is_opening = models.BooleanField("pembuka topik", default=False, editable=False)
    body = models.TextField("isi", max_length=4000)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    posted_at = models.DateTimeField("ditulis pada")
    published_at = models.DateTimeField("tayang pada", null=True, blank=True)
    hidden_at = models.DateTimeField("disembunyikan pada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(PostQuerySet)

    class Meta:
        verbose_name = "tanggapan"
        verbose_name_plural = "tanggapan"
        ordering = ["-posted_at", "-pk"]
        permissions = [("moderate_post", "Dapat memoderasi tanggapan")]
        constraints = [
            models.UniqueConstraint(fields=["topic", "author", "nonce"], name="a_post_is_sent_once"),
            models.UniqueConstraint(
                fields=["topic"], condition=models.Q(is_opening=True), name="a_topic_has_one_opening_post"
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "posted_at", "id"]),
            models.Index(fields=["village", "author", "posted_at"]),
            models.Index(
                fields=["village", "posted_at"],
                condition=models.Q(published_at__isnull=True),
                name="posts_waiting",
            ),
            GinIndex(fields=["search"], name="post_search"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("forums:post_detail", args=[self.pk])

    @property
    def anchor(self) -> str:
        return f"tanggapan-{self.pk}"

    @property
    def author_name(self) -> str:
        return self.person.name if self.person else self.told_name or self.author.username

    @property
    def is_waiting(self) -> bool:
        return not (self.published_at or self.hidden_at or self.withdrawn_at)

    @property
    def is_readable(self) -> bool:
        """May everybody read it now?"""
        return bool(self.published_at and not self.hidden_at and not self.withdrawn_at)

    def state(self) -> tuple[str, str]:
        """The word for its state and the tone of its pill."""
        if self.withdrawn_at:
            return "Ditarik penulisnya", "neutral"
        if self.hidden_at:
            return "Disembunyikan", "danger"
        return ("Tayang", "done") if self.published_at else ("Menunggu moderasi", "warning")

    @property
    def place(self) -> "Region | None":
        return self.topic.place

    # What `comments` has read for a whole page.
    last_moderation: "Moderation | None" = None
    reacted: list[dict[str, Any]]
    card: "Card | None"

    def note(self) -> str:
        """What its author should know about it, in a sentence; "" where there is nothing to say."""
        if self.withdrawn_at:
            return "Ditarik penulisnya; hanya penulis dan moderator yang masih melihatnya."
        if self.last_moderation and self.last_moderation.reason:
            return self.last_moderation.sentence
        if self.is_waiting:
            return "Menunggu dibaca moderator, karena akun penulisnya masih baru."
        return ""

    def page_number(self, user: Any) -> int:
        """On which page of the topic this visitor finds it, from 1. The opening post stands before the first."""
        if self.is_opening:
            return 1
        earlier = models.Q(posted_at__lt=self.posted_at)
        earlier |= models.Q(posted_at=self.posted_at, pk__lt=self.pk)
        before = self.topic.posts.visible_to(user).replies().filter(earlier)
        return before.count() // PAGE_SIZE + 1

    def place_url(self, user: Any) -> str:
        """Where this visitor finds it on its topic's page."""
        page = self.page_number(user)
        query = f"?halaman={page}" if page > 1 else ""
        return f"{self.topic.path}{query}#{self.anchor}"

    def can_be_moderated_by(self, user: Any) -> bool:
        return coverage(user, MODERATE).includes(self.place)

    def can_be_withdrawn_by(self, user: "User") -> bool:
        return self.author_id == user.pk and not self.withdrawn_at

    def can_be_flagged_by(self, user: Any) -> bool:
        return user.is_authenticated and self.is_readable and self.author_id != user.pk

    def can_be_reacted_to_by(self, user: Any) -> bool:
        return self.can_be_flagged_by(user) and self.topic.takes_replies

    def put_up(self) -> None:
        """Everybody may read it from now on; the record keeps that it was said, and a seal of what."""
        self.published_at = clock.now()
        self.save(update_fields=["published_at"])
        self.topic.settle(self)
        notices.post_appeared(self)
        if self.is_opening:
            facts = {"forum": self.topic.forum_id, "post": self.pk}
            record(
                "topic.published", self.topic, facts, sealed={"title": self.topic.title, "body": self.body}
            )
        else:
            record("post.published", self, {"topic": self.topic_id}, sealed={"body": self.body})

    def _locked(self) -> "Post":
        # The topic first, as replying does: whoever acts on both waits in the same order.
        topic = Topic.objects.select_for_update().get(pk=self.topic_id)
        post = Post.objects.select_for_update(of=("self",)).get(pk=self.pk)
        post.topic = topic
        return post

    def _moderated(self, act: Moderation.Act, *, by: "User | None", reason: str = "") -> None:
        """What a moderator's act leaves behind, but for the record: the reason, and word to the author."""
        Moderation.objects.create(post=self, act=act, by=by, reason=reason, at=clock.now())
        notices.post_was_moderated(self, act, reason, by=by)

    @transaction.atomic
    def release(self, *, by: "User") -> bool:
        """A moderator lets a held post through. Of two moderators at once the first did it: was it this one?"""
        post = self._locked()
        if not post.is_waiting:
            return False
        notices.flags_were_decided(post, post.flags.decide(Flag.Outcome.DISMISSED, by=by), upheld=False)
        post._moderated(Act.RELEASE, by=by)
        post.put_up()
        self.published_at = post.published_at
        return True

    @transaction.atomic
    def hide(self, *, by: "User", reason: str) -> bool:
        """Out of everybody's sight; its place remains, and its author reads the reason."""
        post = self._locked()
        if post.hidden_at:
            return False
        post.hidden_at = self.hidden_at = clock.now()
        post.save(update_fields=["hidden_at"])
        notices.flags_were_decided(post, post.flags.decide(Flag.Outcome.UPHELD, by=by), upheld=True)
        post.topic.settle(post)
        post._moderated(Act.HIDE, by=by, reason=reason)
        record("post.hidden", post, {"topic": post.topic_id}, sealed={"reason": reason})
        return True

    @transaction.atomic
    def restore(self, *, by: "User", reason: str) -> bool:
        """Back in its place; a post that was hidden before anybody read it appears for the first time."""
        post = self._locked()
        if not post.hidden_at:
            return False
        post.hidden_at = self.hidden_at = None
        post.published_at = self.published_at = post.published_at or clock.now()
        post.save(update_fields=["hidden_at", "published_at"])
        post.topic.settle(post)
        post._moderated(Act.RESTORE, by=by, reason=reason)
        notices.post_appeared(post)
        record("post.restored", post, {"topic": post.topic_id}, sealed={"reason": reason})
        return True

    @transaction.atomic
    def dismiss_flags(self, *, by: "User") -> bool:
        """A moderator has read the flags and leaves the post where it is."""
        post = self._locked()
        told = post.flags.decide(Flag.Outcome.DISMISSED, by=by)
        if not told:
            return False
        notices.flags_were_decided(post, told, upheld=False)
        post._moderated(Act.DISMISS, by=by)
        record("post.flags_dismissed", post, {"topic": post.topic_id, "flags": len(told)})
        return True

    @transaction.atomic
    def flag(self, *, by: "User", reason: str, text: str = "") -> Flag:
        """A reader tells the moderators that it breaks the rules; twice is the same as once.

        The third open flag of a verified resident puts it on hold. Raises TooManyFlags, and PermissionDenied for
        what the reader does not see or wrote himself.
        """
        post = self._locked()
        if sent := post.flags.filter(by=by).first():
            return sent
        if not post.can_be_flagged_by(by):
            raise PermissionDenied
        Flag.objects.refuse_too_many(by)
        flag = Flag.objects.create(
            post=post, by=by, person=Person.objects.of(by), reason=reason, text=text, at=clock.now()
        )
        notices.post_was_flagged(post)
        flags = post.flags.open().from_verified().count()
        if flags >= FLAGS_TO_HOLD:
            post._hold(flags)
        self.published_at = post.published_at
        return flag

    def _hold(self, flags: int) -> None:
        self.published_at = None
        self.save(update_fields=["published_at"])
        self.topic.settle(self)
        self._moderated(Act.HOLD, by=None, reason="Beberapa warga melaporkannya; moderator akan memutuskan.")
        record("post.held", self, {"topic": self.topic_id, "flags": flags})

    @transaction.atomic
    def react(self, *, by: "User", kind: str) -> None:
        """`by` thinks so of it, instead of whatever he thought before; "" takes it back."""
        if not kind:
            self.reactions.filter(by=by).delete()
            return
        if not self.can_be_reacted_to_by(by):
            raise PermissionDenied
        Reaction.objects.choose(Reaction.Kind(kind), post=self, by=by)

    @transaction.atomic
    def withdraw(self, *, by: "User") -> None:
        """Its author takes it back; the author alone may see it still and put it up again."""
        post = self._locked()
        if not post.can_be_withdrawn_by(by):
            raise PermissionDenied
        post.withdrawn_at = self.withdrawn_at = clock.now()
        post.save(update_fields=["withdrawn_at"])
        post.topic.settle(post)
        record("post.withdrawn", post, {"topic": post.topic_id})

    @transaction.atomic
    def resubmit(self, *, by: "User") -> None:
        """Its author puts a withdrawn post back as it was: published, waiting or hidden."""
        post = self._locked()
        if post.author_id != by.pk:
            raise PermissionDenied
        if not post.withdrawn_at:
            return
        post.withdrawn_at = self.withdrawn_at = None
        post.save(update_fields=["withdrawn_at"])
        post.topic.settle(post)
        record("post.resubmitted", post, {"topic": post.topic_id})
