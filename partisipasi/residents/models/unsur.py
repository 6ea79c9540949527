from django.db import models

from partisipasi.db import ScopedManager, VillageRow

# Permendesa 2/2015 art. 5, a to j, and what sheets and invitations in villages add (domain: 1.5).
_FIRST_LIST = (
    "Pemerintah Desa",
    "BPD",
    "RT/RW",
    "LPM",
    "PKK",
    "Karang Taruna",
    "Posyandu",
    "Tokoh adat",
    "Tokoh agama",
    "Tokoh masyarakat",
    "Tokoh pendidikan",
    "Perwakilan kelompok tani",
    "Perwakilan kelompok nelayan",
    "Perwakilan kelompok perajin",
    "Perwakilan kelompok perempuan",
    "Perwakilan kelompok pemerhati dan perlindungan anak",
    "Perwakilan kelompok masyarakat miskin",
    "Penyandang disabilitas",
    "Pemuda",
    "Pendamping/narasumber",
    "Undangan lain",
)
_SENSITIVE = {"Perwakilan kelompok masyarakat miskin", "Penyandang disabilitas"}


class Unsur(VillageRow):
    """Whom a participant represents (Permendesa 2/2015 art. 5; domain: 1.5). The village edits the list."""

    name = models.CharField("nama", max_length=80)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    sensitive = models.BooleanField(
        "peka",
        default=False,
        help_text="Di samping nama akan mengungkap hal pribadi; pada halaman publik hanya dijumlahkan.",
    )

    objects = ScopedManager()

    class Meta:
        verbose_name = "unsur"
        verbose_name_plural = "unsur"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                name="unsur_name_once",
                violation_error_message="Unsur ini sudah ada.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def seed() -> None:
        """The list that a village begins with; names that it has already are left as they are."""
        Unsur.objects.bulk_create(
            [
                Unsur(name=name, order=10 * place, sensitive=name in _SENSITIVE)
                for place, name in enumerate(_FIRST_LIST, start=1)
            ],
            ignore_conflicts=True,
        )
