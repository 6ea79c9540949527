from typing import Any

from django.apps import apps
from django.db import models

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow


class Origin(VillageRow):
    """From which row of the former site something here was taken, so that taking it over again makes nothing twice.

    A plain note without a foreign key: what was taken over may be of any kind, and goes its own way from then on.
    """

    table = models.CharField("tabel", max_length=60)
    key = models.CharField("kunci", max_length=40)
    model = models.CharField("menjadi", max_length=60)
    object_id = models.BigIntegerField("kunci di sini")
    fingerprint = models.CharField("sidik jari asal", max_length=64, blank=True)
    """SHA-256 of what was read of the row: another one says that it changed there. Empty until all of it is taken."""
    left_as = models.CharField("sidik jari di sini", max_length=64, blank=True)
    """What it was when it was taken over last: another one says that it was changed here, and stays so."""
    address = models.CharField("alamat lama", max_length=200, blank=True)
    taken_at = models.DateTimeField("diambil pada", default=clock.now)

    objects = ScopedManager()

    class Meta:
        verbose_name = "asal data lama"
        verbose_name_plural = "asal data lama"
        constraints = [
            models.UniqueConstraint(fields=["village", "table", "key"], name="one_origin_a_row"),
        ]
        indexes = [
            models.Index(
                fields=["village", "address"], condition=~models.Q(address=""), name="origin_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"

    @property
    def target(self) -> Any | None:
        """What it became here; None where that was deleted since."""
        return apps.get_model(self.model)._default_manager.filter(pk=self.object_id).first()
