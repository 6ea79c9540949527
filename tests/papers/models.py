from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.models import StoredFile


class Paper(VillageRow):
    """Something of a village that is searched for and points at files and at others of its kind."""

    title = models.CharField(max_length=80)
    published = models.BooleanField(default=True)
    main_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    more_files = models.ManyToManyField(StoredFile, related_name="+")
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="answered_by")
    mentions = models.ManyToManyField("self", symmetrical=False, related_name="mentioned_by")

    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager()

    class Meta:
        indexes = [GinIndex(fields=["search"], name="paper_search")]

    def __str__(self) -> str:
        return self.title
