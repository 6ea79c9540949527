from django.db import models

from partisipasi.db import ScopedManager, VillageRow


class LetterNumber(VillageRow):
    """A number given once, without gaps, in one book and year of the village (*buku agenda*, domain: 1.9)."""

    book = models.CharField("buku", max_length=40)
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveIntegerField("nomor urut")
    text = models.CharField("nomor lengkap", max_length=120)
    subject = models.CharField("perihal", max_length=200)
    given_on = models.DateField("tanggal")

    objects = ScopedManager()

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
