import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Coalesce

from forums.notices import MODERATE
from partisipasi import clock
from partisipasi.residents.models import Person, Standing
from partisipasi.residents.permissions import coverage

from .forum import Forum

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .topic import Topic

# An account that nobody has verified begins no more topics than this in 24 hours.
TOPICS_A_DAY_UNVERIFIED = 3


class TopicClosed(PermissionDenied):
    """Nobody may reply: the topic has not been opened, was closed, or is hidden."""


class ForumArchived(TopicClosed):
    """Nobody begins a topic in a forum that was archived."""


class TooManyTopics(PermissionDenied):
    """The account begins more topics than a newcomer should."""


class TopicQuerySet(models.QuerySet["Topic"]):
    def public(self) -> Self:
        """Topics that were opened, are not hidden, and still say something."""
        says_something = models.Q(forum__isnull=True) | models.Q(last_posted_at__isnull=False)
        return self.filter(says_something, opened_at__isnull=False, hidden_at__isnull=True)

    def listed(self) -> Self:
        """What stands in the lists of the forums; topics that serve as comments do not."""
        return self.public().filter(forum__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """The public ones, one's own, and where one moderates all."""
        reach = coverage(user, MODERATE)
        if reach.everywhere:
            return self
        public = models.Q(pk__in=self.model.objects.public().order_by().values("pk"))
        if user.is_authenticated:
            public |= models.Q(author=user)
        if reach:
            public |= reach.as_q("forum__region")
        return self.filter(public)

    def moderated_by(self, user: Any) -> Self:
        return self.filter(coverage(user, MODERATE).as_q("forum__region"))

    def newest_activity(self) -> Self:
        return self.order_by(models.F("last_posted_at").desc(nulls_last=True), "-pk")

    def with_opening_text(self) -> Self:
        """Annotates `opening_text`: how each topic begins, empty where that is not to be read."""
        from .post import Post

        opening = Post.objects.published().filter(topic=models.OuterRef("pk"), is_opening=True)
        text = models.Subquery(
            opening.filter(hidden_at__isnull=True).order_by().values("body")[:1],
            output_field=models.TextField(),
        )
        return self.annotate(opening_text=Coalesce(text, models.Value(""), output_field=models.TextField()))

    def create_for_page(self, *, title: str, page_path: str) -> "Topic":
        """A topic that serves as the comments of the page at `page_path`, not yet opened."""
        return self.create(title=title, page_path=page_path)

    @transaction.atomic
    def start(
        self, *, forum: Forum, author: "User", title: str, body: str, nonce: uuid.UUID | None = None
    ) -> "Topic":
        """`author` begins a topic in `forum` with its opening post; a newcomer's is held with it.

        The same nonce again is the same topic. Raises ForumArchived, TooManyTopics and TooManyPosts.
        """
        from .post import Post

        # The row lock keeps archiving apart, makes two sendings of one form one topic, and the limit exact.
        forum = Forum.objects.select_for_update(of=("self",)).get(pk=forum.pk)
        sent = self.filter(author=author, nonce=nonce).first() if nonce else None
        if sent:
            return sent
        if forum.archived_at:
            raise ForumArchived("Forum ini sudah diarsipkan dan tidak menerima topik baru.")
        self._refuse_too_many(author)
        nonce = nonce or uuid.uuid4()
        topic = self.create(
            forum=forum, author=author, person=Person.objects.of(author), title=title, nonce=nonce
        )
        Post.objects.publish_or_hold(topic=topic, author=author, body=body, nonce=nonce, is_opening=True)
        topic.refresh_from_db()
        return topic

    def _refuse_too_many(self, author: "User") -> None:
        if author.appointments() or Person.objects.standing_of(author) == Standing.VERIFIED:
            return
        today = self.filter(author=author, created_at__gt=clock.now() - timedelta(days=1)).count()
        if today >= TOPICS_A_DAY_UNVERIFIED:
            raise TooManyTopics(
                f"Akun yang belum diverifikasi membuka paling banyak {TOPICS_A_DAY_UNVERIFIED} topik sehari. "
                "Coba lagi besok, atau minta petugas desa memverifikasi akun Anda."
            )

    def settle(self, topics: Iterable[int]) -> None:
        """Count again what was said in the topics with these keys, and when last: lists show it without counting."""
        from .post import Post

        said = Post.objects.published().filter(topic=models.OuterRef("pk")).order_by().values("topic")
        replies = said.filter(hidden_at__isnull=True, is_opening=False)
        self.filter(pk__in=topics).update(
            number_of_replies=Coalesce(
                models.Subquery(replies.annotate(n=models.Count("pk")).values("n")), 0
            ),
            last_posted_at=models.Subquery(said.annotate(last=models.Max("published_at")).values("last")),
        )
