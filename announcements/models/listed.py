"""What the *Daftar Informasi Publik* (DIP) tells of each piece of information."""

from django.db import models

from partisipasi.village.words import long_date


class Listed(models.Model):
    """The columns of the DIP that say whose information it is, how it came about and how long it is kept."""

    class Classification(models.TextChoices):
        REGULAR = "berkala", "Berkala"
        AT_ONCE = "serta-merta", "Serta-merta"
        ANY_TIME = "setiap-saat", "Setiap saat"

    class Form(models.TextChoices):
        SOFT = "softcopy", "Softcopy"
        HARD = "hardcopy", "Hardcopy"
        BOTH = "keduanya", "Softcopy dan hardcopy"

    classification = models.CharField("klasifikasi", max_length=12, choices=Classification)
    held_by = models.CharField("pejabat atau unit yang menguasai", max_length=120)
    made_by = models.CharField("penanggung jawab pembuatan", max_length=120)
    made_on = models.DateField("dibuat tanggal")
    made_at = models.CharField("tempat pembuatan", max_length=120)
    form = models.CharField("bentuk yang tersedia", max_length=10, choices=Form, default=Form.BOTH)
    kept_until = models.DateField(
        "disimpan sampai",
        null=True,
        blank=True,
        help_text="Menurut jadwal retensi arsip. Kosongkan bila permanen.",
    )

    class Meta:
        abstract = True

    @property
    def retention(self) -> str:
        """*Jangka waktu penyimpanan*: `sampai 31 Desember 2030`, or permanent."""
        return f"sampai {long_date(self.kept_until)}" if self.kept_until else "permanen"

    @property
    def made(self) -> str:
        """When and where it was made: `5 Januari 2026, Sendanglaras`."""
        return f"{long_date(self.made_on)}, {self.made_at}"
