"""The village's append-only record: each entry seals the one before it."""

from datetime import datetime, time, timedelta
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from partisipasi.db import ScopedManager, VillageRow, current_village_pk

from . import wording


class LedgerHead(VillageRow):
    """Where a village's chain ends. Its row lock orders all appends; a verb takes it last."""

    village = models.OneToOneField(
        "village.Village", models.PROTECT, default=current_village_pk, related_name="+", editable=False
    )
    number = models.PositiveBigIntegerField("nomor", default=0)
    hash = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64, blank=True, editable=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "kepala catatan"
        verbose_name_plural = "kepala catatan"

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"

    @classmethod
    def locked(cls) -> Self:
        """The head of the village in scope, held until the transaction ends: who comes next waits."""
        if head := cls.objects.select_for_update(of=("self",)).first():
            return head
        cls.objects.get_or_create()
        return cls.objects.select_for_update(of=("self",)).get()

    def move_to(self, number: int, digest: str, mac: str) -> None:
        self.number, self.hash, self.mac = number, digest, mac
        self.save(update_fields=["number", "hash", "mac"])


class Entry(VillageRow):
    """One thing that happened, in canonical JSON, chained by SHA-256 to the entry before (`ledger.chain`).

    `facts` hold no personal data and no free-text reasons: these stand there as salted commitments, whose salts are
    rows of Seal, beside the chain and not in it.
    """

    village = models.ForeignKey(
        "village.Village", models.PROTECT, default=current_village_pk, related_name="+", editable=False
    )
    number = models.PositiveBigIntegerField("nomor")
    at = models.DateTimeField("waktu")
    kind = models.CharField("kejadian", max_length=60)
    subject = models.CharField("tentang", max_length=80, blank=True)
    facts = models.JSONField("isi", encoder=DjangoJSONEncoder)
    previous = models.CharField("sidik jari sebelumnya", max_length=64)
    hash = models.CharField("sidik jari", max_length=64)
    mac = models.CharField(max_length=64, editable=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["village", "number"], name="ledger_entry_number_once")]
        indexes = [
            models.Index(fields=["village", "subject"]),
            models.Index(fields=["village", "kind", "-number"]),
            models.Index(fields=["village", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("ledger_entry", args=[self.number])

    @property
    def wording(self) -> wording.Wording:
        return wording.of(self.kind)

    @property
    def facts_in_words(self) -> list[tuple[str, str]]:
        return wording.told(self.kind, self.facts)

    @property
    def facts_in_brief(self) -> list[tuple[str, str]]:
        """The first facts that say something in a list, where fingerprints do not."""
        return wording.told_briefly(self.kind, self.facts)


class DailyHead(VillageRow):
    """The chain's end as it stood when a day ended: public, in the feed, and printed at the foot of minutes."""

    village = models.ForeignKey(
        "village.Village", models.PROTECT, default=current_village_pk, related_name="+", editable=False
    )
    on = models.DateField("tanggal")
    number = models.PositiveBigIntegerField("nomor")
    hash = models.CharField("sidik jari", max_length=64)

    objects = ScopedManager()

    class Meta:
        verbose_name = "kepala harian"
        verbose_name_plural = "kepala harian"
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["village", "on"], name="one_daily_head_a_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.hash[:12]}"

    @property
    def ended_at(self) -> datetime:
        """The midnight at which the day was over in the village's own time zone."""
        return datetime.combine(self.on + timedelta(days=1), time(), self.village.zone)


class Seal(VillageRow):
    """The salt of one commitment of an entry. Deleting it makes the commitment say nothing (erasure)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="seals")
    name = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)

    objects = ScopedManager()

    class Meta:
        verbose_name = "garam komitmen"
        verbose_name_plural = "garam komitmen"
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_salt_a_commitment")]
