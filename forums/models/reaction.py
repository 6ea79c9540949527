from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .post import Post


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def choose(self, kind: "Reaction.Kind", *, post: "Post", by: "User") -> None:
        """`by` thinks so of `post`, instead of what he thought before; one statement, so that two at once leave one."""
        self.bulk_create(
            [self.model(post=post, by=by, kind=kind, at=clock.now())],
            update_conflicts=True,
            unique_fields=["post", "by"],
            update_fields=["kind", "at"],
        )

    def counts_of(self, post: models.F | models.OuterRef) -> ArraySubquery:
        """For annotating posts: how many reactions of each kind one has, without a question of its own."""
        by_kind = self.filter(post=post).order_by().values("kind").annotate(n=models.Count("pk"))
        return ArraySubquery(by_kind.values(pair=JSONObject(kind="kind", n="n")))


class Reaction(VillageRow):
    """What somebody thinks of a post, without words of his own; one of each person, and it may be taken back."""

    class Kind(models.TextChoices):
        SUPPORT = "dukung", "mendukung"
        THANKS = "terima-kasih", "berterima kasih"
        DISAGREE = "tidak-setuju", "tidak setuju"

    ICONS = {Kind.SUPPORT: "hand-thumb-up", Kind.THANKS: "heart", Kind.DISAGREE: "hand-thumb-down"}
    BUTTONS = {Kind.SUPPORT: "Dukung", Kind.THANKS: "Terima kasih", Kind.DISAGREE: "Tidak setuju"}

    post = models.ForeignKey(
        "forums.Post", models.CASCADE, related_name="reactions", verbose_name="tanggapan"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh", editable=False
    )
    kind = models.CharField("reaksi", max_length=12, choices=Kind)
    at = models.DateTimeField("pada")

    objects = ScopedManager(ReactionQuerySet)

    class Meta:
        verbose_name = "reaksi"
        verbose_name_plural = "reaksi"
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="one_reaction_of_each_person"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
