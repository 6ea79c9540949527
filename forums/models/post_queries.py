from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models

from forums import notices
from forums.notices import MODERATE
from partisipasi import clock, search
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage, current_appointments

from .flag import Flag
from .reaction import Reaction
from .topic import Topic

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .post import Post

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

    def readable(self) -> Self:
        """Posts that everybody may read, each in a topic that everybody may read."""
        return self.published().filter(hidden_at__isnull=True, topic__in=Topic.objects.public())

    def waiting(self) -> Self:
        """Posts held for a moderator."""
        return self.filter(published_at__isnull=True, withdrawn_at__isnull=True, hidden_at__isnull=True)

    def flagged(self) -> Self:
        """Posts that stand, and about whose flags a moderator has to decide."""
        flags = Flag.objects.open().filter(post=models.OuterRef("pk"))
        return self.filter(models.Exists(flags), withdrawn_at__isnull=True, hidden_at__isnull=True)

    def to_moderate(self, user: Any) -> Self:
        """What waits for this moderator: held and flagged posts within his reach, newest first."""
        flags = Flag.objects.open().filter(post=models.OuterRef("pk"))
        waits = models.Q(published_at__isnull=True) | models.Exists(flags)
        within = self.moderated_by(user).filter(waits, withdrawn_at__isnull=True, hidden_at__isnull=True)
        return within.order_by("-posted_at", "-pk")

    def moderated_by(self, user: Any) -> Self:
        return self.filter(coverage(user, MODERATE).as_q("topic__forum__region"))

    def visible_to(self, user: Any) -> Self:
        """What stands in a thread for this visitor: the published, and of the others one's own."""
        reach = coverage(user, MODERATE)
        if reach.everywhere:
            return self
        seen = models.Q(published_at__isnull=False, withdrawn_at__isnull=True)
        if user.is_authenticated:
            seen |= models.Q(author=user)
        if reach:
            seen |= reach.as_q("topic__forum__region")
        return self.filter(seen)

    def reachable_by(self, user: Any) -> Self:
        """The posts that this visitor may see in the topics that he may see."""
        return self.visible_to(user).filter(topic__in=Topic.objects.visible_to(user))

    def replies(self) -> Self:
        return self.filter(is_opening=False)

    def with_reactions(self) -> Self:
        """Annotates `reacted`: how many reactions of each kind."""
        return self.annotate(reacted=Reaction.objects.counts_of(models.OuterRef("pk")))

    def in_order(self) -> Self:
        return self.order_by("posted_at", "pk")

    def publish_or_hold(self, *, topic: Topic, author: "User", body: str, **fields: Any) -> "Post":
        """Post at once, or hold the first posts of a new account. Raises TooManyPosts."""
        moment = clock.now()
        self._refuse_haste(author, moment)
        person = Person.objects.of(author)
        offices = current_appointments(author)
        post = self.create(
            topic=topic,
            author=author,
            body=body,
            person=person,
            office=offices[0].title if offices else "",
            posted_at=moment,
            search=search.vector((body, "C")),
            **fields,
        )
        notices.author_follows(post)
        trusted = bool(offices) or bool(person and person.verified_at)
        if trusted or self.filter(author=author).published().count() >= FIRST_POSTS_HELD:
            post.put_up()
        else:
            notices.post_waits(post)
        return post

    def keep_from_elsewhere(
        self, topic: Topic, *, author: "User", told_name: str, body: str, at: datetime
    ) -> "Post":
        """What somebody of that name said at another site, taken over with its time. Nobody is told of it.

        `author` is the account that keeps it; the numbers of the topic are settled by who takes over many.
        """
        words = search.vector((body, "C"))
        return self.create(
            topic=topic,
            author=author,
            told_name=told_name,
            body=body,
            posted_at=at,
            published_at=at,
            search=words,
        )

    def _refuse_haste(self, author: "User", moment: datetime) -> None:
        recent = self.filter(author=author, posted_at__gt=moment - timedelta(hours=1))
        if (
            recent.count() >= POSTS_AN_HOUR
            or recent.filter(posted_at__gt=moment - timedelta(minutes=1)).count() >= POSTS_A_MINUTE
        ):
            raise TooManyPosts("Anda menulis terlalu cepat. Tunggu sebentar, lalu kirim lagi.")
