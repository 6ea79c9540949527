from collections import Counter
from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction

from partisipasi import clock, search
from partisipasi.db import ScopedManager, VillageRow

RENEWED_EVERY = timedelta(hours=1)
# Shorter words are too much like others to guess what was meant.
SHORTEST, LONGEST = 4, 40


class WordQuerySet(models.QuerySet["Word"]):
    def meant_by(self, written: list[str]) -> dict[str, str]:
        """For each word that nobody wrote here, the most used one that differs by a single slip; in one statement."""
        guessed = [word for word in written if SHORTEST <= len(word) <= LONGEST]
        alike = models.Q(pk__in=[])
        for word in guessed:
            alike |= models.Q(text__trigram_similar=word)
        known = list(self.filter(alike).order_by("-times", "text").values_list("text", flat=True))
        meant: dict[str, str] = {}
        for word in guessed:
            near = [each for each in known if search.nearly(word, each)]
            if near and word not in known:
                meant[word] = near[0]
        return meant


class Vocabulary(VillageRow):
    """The words that stand in what everybody may read, and when they were last gathered."""

    made_at = models.DateTimeField("dihimpun pada")

    objects = ScopedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village"], name="one_vocabulary_per_village")]

    def __str__(self) -> str:
        return f"Kosakata {self.village}"

    @classmethod
    @transaction.atomic
    def renew(cls) -> int:
        """Gather the words anew if that is an hour ago; returns how many came, went or changed in number."""
        now = clock.now()
        renewed = cls.objects.filter(made_at__lte=now - RENEWED_EVERY).update(made_at=now)
        if not renewed and not cls.objects.get_or_create(defaults={"made_at": now})[1]:
            return 0
        said = Counter(word for text in search.public_texts() for word in search.words(text))
        wanted = {word: times for word, times in said.items() if SHORTEST <= len(word) <= LONGEST}
        kept = {word.text: word for word in Word.objects.all()}
        gone = [word.pk for text, word in kept.items() if wanted.get(text) != word.times]
        fresh = [
            Word(text=text, times=times)
            for text, times in wanted.items()
            if text not in kept or kept[text].times != times
        ]
        Word.objects.filter(pk__in=gone).delete()
        Word.objects.bulk_create(fresh)
        return len(gone) + len(fresh)


class Word(VillageRow):
    """A word of the village's public texts, so that the search may forgive a slip of the hand."""

    text = models.CharField(max_length=LONGEST)
    times = models.PositiveIntegerField()

    objects = ScopedManager(WordQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "text"], name="word_once_per_village")]
        indexes = [GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="word_likeness")]

    def __str__(self) -> str:
        return self.text
