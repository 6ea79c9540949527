import uuid
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.permissions import coverage

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .post import Post


class TopicClosed(PermissionDenied):
    """Nobody may reply: the topic has not been opened, was closed, or is hidden."""


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> Self:
        """Topics that were opened and are not hidden; moderators see all."""
        if coverage(user, "forums.moderate_post").everywhere:
            return self
        return self.filter(opened_at__isnull=False, hidden_at__isnull=True)

    def create_for_page(self, *, title: str, page_path: str) -> "Topic":
        """A topic that serves as the comments of the page at `page_path`, not yet opened."""
        return self.create(title=title, page_path=page_path)


class Topic(VillageRow):
    """Something to talk about. With a `page_path` it serves as the comments of that page and stands in no list.

    Its owner's verbs open, close, hide and rename it, so that it need know nothing of its owner.
    """

    title = models.CharField("judul", max_length=200)
    page_path = models.CharField("halaman", max_length=300, blank=True)
    opened_at = models.DateTimeField("dibuka pada", null=True, blank=True)
    closed_at = models.DateTimeField("ditutup pada", null=True, blank=True)
    hidden_at = models.DateTimeField("disembunyikan pada", null=True, blank=True)
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)

    objects = ScopedManager(TopicQuerySet)

    class Meta:
        verbose_name = "topik"
        verbose_name_plural = "topik"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.page_path}#tanggapan"

    @property
    def takes_replies(self) -> bool:
        return bool(self.opened_at and not self.closed_at and not self.hidden_at)

    def reply_url(self) -> str:
        return reverse("forums:post_reply", args=[self.pk])

    def open(self) -> None:
        """Let people reply, for the first time or again."""
        self.opened_at = self.opened_at or clock.now()
        self.closed_at = self.hidden_at = None
        self.save(update_fields=["opened_at", "closed_at", "hidden_at"])

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
