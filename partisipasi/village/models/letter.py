from datetime import date

from django.db import connection, models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village

# The first half of the advisory locks' keys, so that no other use of them meets ours; the second is the book.
_LOCK = 0x4C4E4F00


class LetterNumberQuerySet(models.QuerySet["LetterNumber"]):
    @transaction.atomic
    def give(
        self, book: str, subject: str, *, on: date | None = None, classification: str = ""
    ) -> "LetterNumber":
        """The next number of `book` in the year of `on` (today), written as the village writes its numbers.

        Who asks at the same time waits until this transaction ends: so a number that is rolled back leaves no gap.
        """
        village, day = current_village(), on or clock.today()
        with connection.cursor() as cursor:
            key = f"{village.pk}:{day.year}:{book}"
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, key])
        last = self.filter(book=book, year=day.year).aggregate(models.Max("number"))["number__max"] or 0
        text = village.letter_number(last + 1, day, classification)
        return self.create(
            book=book, year=day.year, number=last + 1, text=text, subject=subject, given_on=day
        )


class LetterNumber(VillageRow):
    """A number given once, without gaps, in one book and year of the village (*buku agenda*, domain: 1.9)."""

    book = models.CharField("buku", max_length=40)
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveIntegerField("nomor urut")
    text = models.CharField("nomor lengkap", max_length=120)
    subject = models.CharField("perihal", max_length=200)
    given_on = models.DateField("tanggal")

    objects = ScopedManager(LetterNumberQuerySet)

    class Meta:
        verbose_name = "nomor surat"
        verbose_name_plural = "buku agenda"
        ordering = ["-year", "book", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "book", "year", "number"], name="letter_number_given_once"
            )
        ]

    def __str__(self) -> str:
        return self.text
