from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

from partisipasi.db import ScopedManager, VillageRow


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, region: "Region") -> Self:
        """`region` itself and all below it."""
        return self.filter(path__startswith=region.path)

    def top(self) -> Self:
        """The parts that lie in no other: the dusun, where there are any."""
        return self.filter(parent__isnull=True)


class Region(VillageRow):
    """A part of the village as the village has it: dusun, RW, RT, or jorong, banjar, lingkungan."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="bagian dari"
    )
    level_word = models.CharField("sebutan", max_length=30, help_text="Dusun, RW, RT, Banjar, Jorong …")
    name = models.CharField("nama", max_length=60, help_text="Untuk RT dan RW cukup nomornya, misalnya 001.")
    # Keys from the top down, "/3/17/": a prefix match finds everything below.
    path = models.CharField(max_length=60, editable=False, db_index=True)

    objects = ScopedManager(RegionQuerySet)

    class Meta:
        verbose_name = "wilayah desa"
        verbose_name_plural = "wilayah desa"
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "parent", "level_word", "name"],
                nulls_distinct=False,
                name="region_name_unique_within_parent",
                violation_error_message="Wilayah dengan nama ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.level_word} {self.name}"

    @property
    def full_name(self) -> str:
        """From below upwards, as addresses have it: "RT 001/RW 002, Dusun Krajan"."""
        if self.parent is None:
            return str(self)
        joint = "/" if (self.level_word, self.parent.level_word) == ("RT", "RW") else ", "
        return f"{self}{joint}{self.parent.full_name}"

    def lies_in(self, region: "Region") -> bool:
        """Is this `region` itself, or a part of it?"""
        return self.path.startswith(region.path)

    def clean(self) -> None:
        if self.pk and self.parent and self.parent.lies_in(self):
            raise ValidationError({"parent": "Wilayah tidak dapat menjadi bagian dari dirinya sendiri."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self._move_to(path)

    def _move_to(self, path: str) -> None:
        Region.objects.filter(pk=self.pk).update(path=path)
        self.path = path
        for child in self.children.all():
            child._move_to(f"{path}{child.pk}/")
