from django.db import models

from partisipasi.db import Manager


class Area(models.Model):
    """A node of the national tree (provinsi … desa) with its Kemendagri code, PP.KK.CC.DDDD (domain: 7.1)."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, "provinsi"
        REGENCY = 2, "kabupaten/kota"
        DISTRICT = 3, "kecamatan"
        VILLAGE = 4, "desa/kelurahan"

    code = models.CharField("kode", max_length=13, primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.PositiveSmallIntegerField("tingkat", choices=Level)
    name = models.CharField("nama", max_length=80)

    objects = Manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "wilayah nasional"
        verbose_name_plural = "wilayah nasional"
        indexes = [models.Index(fields=["level", "name"])]

    def __str__(self) -> str:
        return self.name
