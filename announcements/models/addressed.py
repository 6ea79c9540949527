"""Rows with an address made of their own words, given once and never again to another."""

from collections.abc import Collection

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from partisipasi.db import VillageRow

SLUG_LENGTH = 110


class Addressed(VillageRow):
    """Something whose address is made of what it is called first."""

    slug = models.SlugField("alamat", max_length=120, editable=False)

    class Meta:
        abstract = True

    def save_under_free_slug(self, text: str, *, otherwise: str, reserved: Collection[str] = ()) -> None:
        """Insert the row under an address made of `text`, or `otherwise` where that gives none; numbered if taken."""
        stem = slugify(text)[:SLUG_LENGTH].strip("-") or otherwise
        while True:
            self.slug = self._free_slug(stem, reserved)
            try:
                with transaction.atomic():
                    self.save(force_insert=True)
            except IntegrityError:
                # Another draft of the same title was faster: take the next address. Anything else is no race.
                if not type(self)._default_manager.filter(slug=self.slug).exists():
                    raise
            else:
                return

    def _free_slug(self, stem: str, reserved: Collection[str]) -> str:
        beginning_alike = type(self)._default_manager.filter(slug__startswith=stem)
        taken = {*reserved, *beginning_alike.values_list("slug", flat=True)}
        number, slug = 1, stem
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        return slug
