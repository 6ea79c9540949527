from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from partisipasi.db import Manager, ScopedManager, VillageRow


class Holiday(VillageRow):
    """A day on which the village's office is closed (domain: 7.2)."""

    class Kind(models.TextChoices):
        NATIONAL = "nasional", "libur nasional"
        JOINT_LEAVE = "cuti-bersama", "cuti bersama"
        LOCAL = "lokal", "libur lokal"

    on = models.DateField("tanggal")
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=12, choices=Kind)

    objects = ScopedManager()

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "on", "kind"],
                name="holiday_once_a_day_and_kind",
                violation_error_message="Hari libur ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When `due` or the task worker last showed that it lives, by the database's clock; read by /healthz."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    objects = Manager()

    class Meta:
        verbose_name = "tanda hidup"
        verbose_name_plural = "tanda hidup"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        # The trial's moved clock has no say in whether a program lives.
        cls.objects.update_or_create(name=name, defaults={"at": Now()})

    @classmethod
    def is_alive(cls, name: str, within: timedelta) -> bool:
        return cls.objects.filter(name=name, at__gte=Now() - within).exists()
