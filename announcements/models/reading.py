"""How often an article was read: exact with several workers, and forgetting who read it after the day.

One row per visitor, article and day, under a unique constraint, so that two workers who see the same visitor at once
make one row and the database, not the program, does the counting. Readers wait for nobody: an insert takes only a
shared lock on the day's key, while a counter column would make every reader of an article wait for the one before.
At the day's end `DayKey.forget` adds the rows up into the article and deletes them together with the key, without which
what was stored could not be tied to anybody even if a copy of it remained.
"""

import hashlib
import hmac
import secrets
from datetime import date

from django.db import IntegrityError, models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow


def _secret() -> bytes:
    return secrets.token_bytes(32)


class DayKeyQuerySet(models.QuerySet["DayKey"]):
    def over(self, on: date) -> "DayKeyQuerySet":
        """Keys of days before `on`."""
        return self.filter(on__lt=on)


class DayKey(VillageRow):
    """The secret under which one day's visitors are told apart; forgotten with them when the day is over."""

    on = models.DateField("tanggal")
    secret = models.BinaryField(default=_secret)

    objects = ScopedManager(DayKeyQuerySet)

    class Meta:
        verbose_name = "kunci harian"
        verbose_name_plural = "kunci harian"
        constraints = [models.UniqueConstraint(fields=["village", "on"], name="one_key_a_day")]

    def __str__(self) -> str:
        return f"{self.on}"

    def visitor(self, address: str, user_agent: str) -> str:
        """What tells one visitor of the day from another, and says nothing without the key."""
        return hmac.new(bytes(self.secret), f"{address}\n{user_agent}".encode(), hashlib.sha256).hexdigest()

    @transaction.atomic
    def forget(self) -> bool:
        """Add the day's readings up into their articles, and delete them and the key. False if another did it."""
        from .article import Article

        # The lock conflicts with the shared one that each new reading takes on its key: nobody is lost between
        # the counting and the deletion, and a reading that comes too late finds no key and begins again.
        if not DayKey.objects.select_for_update().filter(pk=self.pk).exists():
            return False
        counts = Reading.objects.filter(day=self).order_by().values("article").annotate(n=models.Count("pk"))
        for row in list(counts):
            Article.objects.filter(pk=row["article"]).update(reads_kept=models.F("reads_kept") + row["n"])
        self.delete()
        return True


class ReadingQuerySet(models.QuerySet["Reading"]):
    def count_visitor(self, article_pk: int, *, address: str, user_agent: str) -> None:
        """Count this visitor as a reader of the article today; whoever was counted today already is not again."""
        for _attempt in range(3):
            day, _made = DayKey.objects.get_or_create(on=clock.today())
            reading = self.model(article_id=article_pk, day=day, visitor=day.visitor(address, user_agent))
            try:
                with transaction.atomic():
                    self.bulk_create([reading], ignore_conflicts=True)
            except IntegrityError:  # the day ended and its key was forgotten in between
                continue
            return


class Reading(VillageRow):
    """One visitor read one article on one day."""

    article = models.ForeignKey("announcements.Article", models.CASCADE, related_name="readings")
    day = models.ForeignKey(DayKey, models.CASCADE, related_name="readings")
    visitor = models.CharField(max_length=64)

    objects = ScopedManager(ReadingQuerySet)

    class Meta:
        verbose_name = "pembacaan"
        verbose_name_plural = "pembacaan"
        constraints = [
            models.UniqueConstraint(fields=["article", "day", "visitor"], name="a_visitor_reads_once_a_day")
        ]

    def __str__(self) -> str:
        return self.visitor[:12]
