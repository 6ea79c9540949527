from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import TruncMonth

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow


class ModerationQuerySet(models.QuerySet["Moderation"]):
    def by_month(self) -> list[tuple[date, list[tuple[int, str]]]]:
        """How often each act was done in each of the last twelve months with any, newest first.

        Months of the village's own time, each with pairs of a number and the word of its act.
        """
        recent = self.filter(at__gt=clock.now() - timedelta(days=366)).order_by()
        rows = recent.annotate(month=TruncMonth("at")).values("month", "act").annotate(n=models.Count("pk"))
        months: dict[date, dict[str, int]] = {}
        for row in rows:
            months.setdefault(row["month"].date(), {})[row["act"]] = row["n"]
        return [
            (month, [(done[act], act.label) for act in Moderation.Act if act in done])
            for month, done in sorted(months.items(), reverse=True)[:12]
        ]


class Moderation(VillageRow):
    """What a moderator did with a post or a topic, and why; its author reads it.

    Without `by` the portal did it by rule: it held what several residents had flagged.
    """

    class Act(models.TextChoices):
        RELEASE = "loloskan", "diloloskan"
        HIDE = "sembunyikan", "disembunyikan"
        RESTORE = "pulihkan", "dipulihkan"
        HOLD = "tahan", "ditahan"
        DISMISS = "tolak-laporan", "laporan ditolak"
        LOCK = "kunci", "dikunci"
        UNLOCK = "buka-kunci", "dibuka kembali"
        PIN = "sematkan", "disematkan"
        UNPIN = "lepas-sematan", "sematan dilepas"
        MOVE = "pindahkan", "dipindahkan"

    # What takes something away from somebody, or gives it back against an earlier reason.
    EXPLAINED = (Act.HIDE, Act.RESTORE, Act.HOLD, Act.LOCK)

    post = models.ForeignKey(
        "forums.Post",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="moderations",
        verbose_name="tanggapan",
    )
    topic = models.ForeignKey(
        "forums.Topic",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="moderations",
        verbose_name="topik",
    )
    act = models.CharField("tindakan", max_length=16, choices=Act)
    reason = models.CharField("alasan", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="oleh",
        editable=False,
    )
    at = models.DateTimeField("pada")

    objects = ScopedManager(ModerationQuerySet)

    class Meta:
        verbose_name = "moderasi"
        verbose_name_plural = "moderasi"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(act__in=["sembunyikan", "pulihkan", "tahan", "kunci"])
                | ~models.Q(reason=""),
                name="what_is_taken_away_has_a_reason",
                violation_error_message="Tuliskan alasannya; penulisnya akan membacanya.",
            ),
            models.CheckConstraint(
                condition=models.Q(post__isnull=False, topic__isnull=True)
                | models.Q(post__isnull=True, topic__isnull=False),
                name="moderation_of_a_post_or_of_a_topic",
            ),
        ]
        indexes = [models.Index(fields=["village", "at"])]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.reason}" if self.reason else self.get_act_display()

    @property
    def sentence(self) -> str:
        """For the author of what was moderated."""
        said = self.get_act_display().capitalize()
        return f"{said}. Alasan: {self.reason}" if self.reason else f"{said}."
