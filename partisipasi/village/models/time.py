from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.functions import Now

from partisipasi.db import Manager, ScopedManager, VillageRow, current_village
from partisipasi.village.working_days import Calendar


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def calendar(self) -> Calendar:
        """The working days of the village in scope."""
        days = frozenset(self.values_list("on", flat=True))
        return Calendar(days, six_day_week=current_village().six_day_week)

    def fill(self, year: int) -> int:
        """Add the year's national holidays and cuti bersama that are not there yet; returns how many.

        What the village added, renamed or moved stays as it is. A year that the government has not fixed yet has
        estimates, and no cuti bersama.
        """
        known = set(self.filter(on__year=year).values_list("on", "kind"))
        official = [Holiday(on=on, name=name, kind=kind) for on, name, kind in _official_days(year)]
        fresh: list[Any] = [day for day in official if (day.on, day.kind) not in known]
        return len(self.bulk_create(fresh, ignore_conflicts=True))


class Holiday(VillageRow):
    """A day on which the village's office is closed (domain: 7.2)."""

    class Kind(models.TextChoices):
        NATIONAL = "nasional", "libur nasional"
        JOINT_LEAVE = "cuti-bersama", "cuti bersama"
        LOCAL = "lokal", "libur lokal"

    on = models.DateField("tanggal")
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=12, choices=Kind)

    objects = ScopedManager(HolidayQuerySet)

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


@lru_cache(maxsize=4)
def _official_days(year: int) -> list[tuple[date, str, str]]:
    """The year's official days off; worked out once for all the villages of an installation."""
    from holidays import country_holidays  # heavy, and needed once a year

    days: list[tuple[date, str, str]] = []
    for category, kind in (("public", Holiday.Kind.NATIONAL), ("government", Holiday.Kind.JOINT_LEAVE)):
        named = country_holidays("ID", years=year, language="id", categories=(category,))
        days += [(on, name[:120], kind) for on, name in sorted(named.items())]
    return days


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
