import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage, current_appointments

from .topic import Topic

if TYPE_CHECKING:
    from partisipasi.residents.models import User

# A new account's first posts wait for a moderator until this many of them were let through.
FIRST_POSTS_HELD = 2
# No person writes faster; a village that shares one address is not limited by it.
POSTS_A_MINUTE, POSTS_AN_HOUR = 5, 40
PAGE_SIZE = 20


class TooManyPosts(PermissionDenied):
    """The account writes faster than a person would."""


class PostQuerySet(models.QuerySet["Post"]):
    def published(self) -> Self:
        """Posts that everybody may find: let through, and not withdrawn. Hidden ones keep their place, unread."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def waiting(self) -> Self:
        """Posts held for a moderator."""
        return self.filter(published_at__isnull=True, withdrawn_at__isnull=True, hidden_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """What stands in a thread for this visitor: the published, and of the others one's own."""
        if coverage(user, "forums.moderate_post").everywhere:
            return self
        public = models.Q(published_at__isnull=False, withdrawn_at__isnull=True)
        return self.filter(public | models.Q(author=user) if user.is_authenticated else public)

    def in_order(self) -> Self:
        return self.order_by("posted_at", "pk")

    def publish_or_hold(self, *, author: "User", **fields: Any) -> "Post":
        """Post at once, or hold the first posts of a new account. Raises TooManyPosts."""
        moment = clock.now()
        recent = self.filter(author=author, posted_at__gt=moment - timedelta(hours=1))
        if (
            recent.count() >= POSTS_AN_HOUR
            or recent.filter(posted_at__gt=moment - timedelta(minutes=1)).count() >= POSTS_A_MINUTE
        ):
            raise TooManyPosts("Anda menulis terlalu cepat. Tunggu sebentar, lalu kirim lagi.")
        person = Person.objects.of(author)
        offices = current_appointments(author)
        post = self.create(
            author=author,
            person=person,
            office=offices[0].title if offices else "",
            posted_at=moment,
            **fields,
        )
        trusted = bool(offices) or bool(person and person.verified_at)
        if trusted or self.filter(author=author).published().count() >= FIRST_POSTS_HELD:
            post.put_up()
        return post


class Post(VillageRow):
    """What somebody said in a topic: a comment, a reply, an official's answer."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts", verbose_name="topik")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penulis", editable=False
    )
    person = models.ForeignKey(
        "residents.Person", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    office = models.CharField("jabatan saat menulis", max_length=80, blank=True, editable=False)
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name="menanggapi"
    )
    body = models.TextField("isi", max_length=4000)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    posted_at = models.DateTimeField("ditulis pada")
    published_at = models.DateTimeField("tayang pada", null=True, blank=True)
    hidden_at = models.DateTimeField("disembunyikan pada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)

    objects = ScopedManager(PostQuerySet)

    class Meta:
        verbose_name = "tanggapan"
        verbose_name_plural = "tanggapan"
        ordering = ["-posted_at", "-pk"]
        permissions = [("moderate_post", "Dapat memoderasi tanggapan")]
        constraints = [
            models.UniqueConstraint(fields=["topic", "author", "nonce"], name="a_post_is_sent_once"),
        ]
        indexes = [
            models.Index(fields=["topic", "posted_at", "id"]),
            models.Index(fields=["village", "author", "posted_at"]),
            models.Index(
                fields=["village", "posted_at"],
                condition=models.Q(published_at__isnull=True),
                name="posts_waiting",
            ),
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
        return self.person.name if self.person else self.author.username

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

    # The latest word of a moderator, where `comments.tell_reasons` has read it for a whole page.
    last_moderation: "Moderation | None" = None

    def note(self) -> str:
        """What its author should know about it, in a sentence; "" where there is nothing to say."""
        if self.withdrawn_at:
            return "Ditarik penulisnya; hanya penulis dan moderator yang masih melihatnya."
        if self.is_waiting:
            return "Menunggu dibaca moderator, karena akun penulisnya masih baru."
        if self.last_moderation and self.last_moderation.reason:
            return f"{self.last_moderation.get_act_display().capitalize()}. Alasan: {self.last_moderation.reason}"
        return ""

    def page_number(self, user: Any) -> int:
        """On which page of the topic this visitor finds it, from 1."""
        before = self.topic.posts.visible_to(user).filter(
            models.Q(posted_at__lt=self.posted_at) | models.Q(posted_at=self.posted_at, pk__lt=self.pk)
        )
        return before.count() // PAGE_SIZE + 1

    def can_be_moderated_by(self, user: "User") -> bool:
        return user.has_perm("forums.moderate_post")

    def can_be_withdrawn_by(self, user: "User") -> bool:
        return self.author_id == user.pk and not self.withdrawn_at

    def put_up(self) -> None:
        """Everybody may read it from now on; the record keeps that it was said, and a seal of what."""
        self.published_at = clock.now()
        self.save(update_fields=["published_at"])
        record("post.published", self, {"topic": self.topic_id}, sealed={"body": self.body})

    def _locked(self) -> "Post":
        return Post.objects.select_for_update(of=("self",)).get(pk=self.pk)

    @transaction.atomic
    def release(self, *, by: "User") -> None:
        """A moderator lets a held post through. Of two moderators at once the first did it."""
        post = self._locked()
        if not post.is_waiting:
            return
        Moderation.objects.create(post=post, act=Moderation.Act.RELEASE, by=by, at=clock.now())
        post.put_up()
        self.published_at = post.published_at

    @transaction.atomic
    def hide(self, *, by: "User", reason: str) -> None:
        """Out of everybody's sight; its place remains, and its author reads the reason."""
        post = self._locked()
        if post.hidden_at:
            return
        post.hidden_at = self.hidden_at = clock.now()
        post.save(update_fields=["hidden_at"])
        Moderation.objects.create(post=post, act=Moderation.Act.HIDE, by=by, reason=reason, at=post.hidden_at)
        record("post.hidden", post, {"topic": post.topic_id}, sealed={"reason": reason})

    @transaction.atomic
    def restore(self, *, by: "User", reason: str) -> None:
        """Back in its place; a post that was hidden before anybody read it appears for the first time."""
        post = self._locked()
        if not post.hidden_at:
            return
        post.hidden_at = self.hidden_at = None
        post.published_at = self.published_at = post.published_at or clock.now()
        post.save(update_fields=["hidden_at", "published_at"])
        Moderation.objects.create(post=post, act=Moderation.Act.RESTORE, by=by, reason=reason, at=clock.now())
        record("post.restored", post, {"topic": post.topic_id}, sealed={"reason": reason})

    @transaction.atomic
    def withdraw(self, *, by: "User") -> None:
        """Its author takes it back; the author alone may see it still and put it up again."""
        post = self._locked()
        if not post.can_be_withdrawn_by(by):
            raise PermissionDenied
        post.withdrawn_at = self.withdrawn_at = clock.now()
        post.save(update_fields=["withdrawn_at"])
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
        record("post.resubmitted", post, {"topic": post.topic_id})


class Moderation(VillageRow):
    """What a moderator did with a post, and why; its author reads it."""

    class Act(models.TextChoices):
        RELEASE = "loloskan", "diloloskan"
        HIDE = "sembunyikan", "disembunyikan"
        RESTORE = "pulihkan", "dipulihkan"

    post = models.ForeignKey(Post, models.CASCADE, related_name="moderations", verbose_name="tanggapan")
    act = models.CharField("tindakan", max_length=12, choices=Act)
    reason = models.CharField("alasan", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh", editable=False
    )
    at = models.DateTimeField("pada")

    objects = ScopedManager()

    class Meta:
        verbose_name = "moderasi"
        verbose_name_plural = "moderasi"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act="loloskan") | ~models.Q(reason=""),
                name="hiding_and_restoring_need_a_reason",
                violation_error_message="Tuliskan alasannya; penulis tanggapan akan membacanya.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.reason}"
