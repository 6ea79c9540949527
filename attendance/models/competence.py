from typing import Self

from django.db import models

from partisipasi.db import ScopedManager, VillageRow

# What villages train people in most; a beginning that each village makes its own.
_FIRST_LIST = (
    "Memandu musyawarah",
    "Menulis notulen dan berita acara",
    "Perencanaan dan penganggaran desa",
    "Pengawasan pembangunan",
    "Pelayanan informasi publik",
    "Literasi digital",
    "Administrasi kelompok dan pembukuan",
    "Kewirausahaan dan pemasaran",
    "Pertanian dan peternakan",
    "Pengelolaan sampah dan lingkungan",
    "Kesehatan ibu dan anak",
    "Pengasuhan dan perlindungan anak",
    "Kesiapsiagaan bencana",
    "Keterampilan tangan dan kerajinan",
)


class CompetenceQuerySet(models.QuerySet["Competence"]):
    def in_use(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def seed(self) -> None:
        """Give the village in scope the first list, unless it has one already."""
        if not self.exists():
            Competence.objects.bulk_create(
                Competence(name=name, order=order) for order, name in enumerate(_FIRST_LIST, start=1)
            )

    def named(self, name: str) -> "Competence":
        """The competence of that name, however large its letters; made at the end of the list where there is none."""
        name = " ".join(name.split())[:80]
        if known := self.filter(name__iexact=name).first():
            return known
        last = self.aggregate(models.Max("order"))["order__max"] or 0
        return self.get_or_create(name=name, defaults={"order": last + 1})[0]


class Competence(VillageRow):
    """What somebody can do after a training and may share with others (*kompetensi*). The village edits the list."""

    name = models.CharField("nama", max_length=80)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    retired_at = models.DateTimeField("tidak dipakai sejak", null=True, blank=True, editable=False)

    objects = ScopedManager(CompetenceQuerySet)

    class Meta:
        verbose_name = "kompetensi"
        verbose_name_plural = "kompetensi"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="competence_name_once",
                violation_error_message="Kompetensi ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return self.name
