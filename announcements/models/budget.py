"""The village's budget (*APB Desa*): one version for each of its stages, and its lines."""

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse

from announcements.budget.codes import FINANCING, INCOME, SPENDING
from announcements.budget.lines import Line, Reading
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import canonical, record
from partisipasi.village.models import Village

from .telling import tell_budget

if TYPE_CHECKING:
    from partisipasi.residents.models import User

FIRST_YEAR, LAST_YEAR = 2015, 2100
"""The law on villages gave them budgets of this form in 2015."""


class NotToBeTakenIn(ValidationError):
    """The table has faults; nothing of it is kept."""


class BudgetQuerySet(models.QuerySet["Budget"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """The published; for who works on the budget also what is not published yet."""
        return self if user.has_perm("announcements.view_budget") else self.published()

    def latest_first(self) -> Self:
        """Of a year what was said last comes first."""
        return self.order_by("-year", "-published_at", "-pk")

    def of_years(self) -> "list[Budget]":
        """The newest version of each year, newest year first: one query."""
        return list(self.order_by("-year", "-published_at", "-pk").distinct("year"))

    @transaction.atomic
    def take_in(
        self,
        reading: Reading,
        *,
        stage: str,
        regulation: str = "",
        reason: str = "",
        by: "User | None" = None,
    ) -> "Budget":
        """Keep what was read as the newest version of its year's stage; published it is not yet.

        The same content again is the version that is there. A version that nobody has read is replaced; one that was
        published stays, and what corrects it says why. Raises NotToBeTakenIn for a reading with faults, and
        ValidationError for a correction without a reason.
        """
        if reading.faults or not reading.year:
            raise NotToBeTakenIn(
                [str(fault) for fault in reading.faults] or ["Tahun anggarannya tidak tertulis."]
            )
        content = content_hash(reading)
        standing = self._standing(reading, stage, lock=True)
        if standing and standing.content == content:
            return standing
        if not reason:
            self.check_reason(reading, stage=stage)
        if standing and not standing.published_at:
            version = standing.version
            standing.delete()
        else:
            version = standing.version + 1 if standing else 1
        budget = self.create(
            year=reading.year,
            stage=stage,
            version=version,
            regulation=regulation,
            reason=reason if version > 1 else "",
            content=content,
            income=reading.income,
            spending=reading.spending,
            financing_in=reading.financing_in,
            financing_out=reading.financing_out,
            taken_in_by=by,
        )
        BudgetLine.objects.bulk_create(_rows(budget, reading))
        return budget

    def check_reason(self, reading: Reading, *, stage: str) -> None:
        """Raises ValidationError where what was read corrects a published version, which needs a reason."""
        standing = self._standing(reading, stage)
        if standing and standing.published_at and standing.content != content_hash(reading):
            raise ValidationError("Tulis alasannya: anggaran tahap ini sudah terbit dengan angka lain.")

    def _standing(self, reading: Reading, stage: str, *, lock: bool = False) -> "Budget | None":
        """The newest version of what was read. With `lock`, whoever takes in the same waits for his turn."""
        if lock:
            Village.objects.select_for_update(no_key=True).get(pk=current_village().pk)
        return self.filter(year=reading.year, stage=stage).order_by("-version").first()


def _rows(budget: "Budget", reading: Reading) -> list["BudgetLine"]:
    lines = [(line, True) for line in reading.groups] + [(line, False) for line in reading.details]
    lines.sort(key=lambda each: each[0].number)
    return [
        BudgetLine(
            budget=budget,
            position=position,
            section=line.section,
            account=".".join(line.account),
            activity=".".join(line.activity),
            name=line.name,
            fund=line.fund,
            volume=line.volume,
            unit=line.unit,
            amount=line.amount,
            realised=line.realised,
            is_group=is_group,
        )
        for position, (line, is_group) in enumerate(lines, start=1)
    ]


def content_hash(reading: Reading) -> str:
    """The SHA-256 over the lines as they were understood."""

    def told(line: Line) -> list[Any]:
        realised = None if line.realised is None else f"{line.realised:.2f}"
        words = [
            ".".join(line.account),
            ".".join(line.activity),
            line.name,
            line.fund,
            line.volume,
            line.unit,
        ]
        return [*words, f"{line.amount:.2f}", realised]

    return hashlib.sha256(canonical([told(line) for line in reading.details])).hexdigest()


class Budget(VillageRow):
    """One version of a year's budget, whose lines no longer change; a correction is another version with its reason."""

    class Stage(models.TextChoices):
        DRAFT = "rancangan", "Rancangan"
        ENACTED = "ditetapkan", "Ditetapkan"
        AMENDED = "perubahan", "Perubahan"
        HALF_YEAR = "semester-1", "Realisasi semester pertama"
        YEAR = "akhir-tahun", "Realisasi akhir tahun"

    year = models.PositiveSmallIntegerField(
        "tahun", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    stage = models.CharField("tahap", max_length=12, choices=Stage)
    version = models.PositiveSmallIntegerField("versi", default=1)
    regulation = models.CharField(
        "peraturan", max_length=200, blank=True, help_text="Misalnya: Peraturan Desa Nomor 5 Tahun 2025."
    )
    reason = models.CharField("alasan perbaikan", max_length=300, blank=True)
    content = models.CharField("sidik isi", max_length=64)
    income = models.DecimalField("pendapatan", max_digits=16, decimal_places=2)
    spending = models.DecimalField("belanja", max_digits=16, decimal_places=2)
    financing_in = models.DecimalField("penerimaan pembiayaan", max_digits=16, decimal_places=2)
    financing_out = models.DecimalField("pengeluaran pembiayaan", max_digits=16, decimal_places=2)
    taken_in_at = models.DateTimeField("diimpor pada", default=clock.now, editable=False)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diimpor oleh",
    )
    published_at = models.DateTimeField("terbit pada", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diterbitkan oleh",
    )

    objects = ScopedManager(BudgetQuerySet)

    class Meta:
        verbose_name = "anggaran"
        verbose_name_plural = "anggaran"
        ordering = ["-year", "-published_at", "-pk"]
        permissions = [("publish_budget", "Dapat menerbitkan anggaran")]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year", "stage", "version"], name="one_version_of_a_budget_once"
            ),
        ]
        indexes = [models.Index(fields=["village", "-year", "-published_at"])]

    def __str__(self) -> str:
        return f"APB Desa {self.year}, {self.get_stage_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("announcements:budget_year", args=[self.year])

    @property
    def is_realisation(self) -> bool:
        return self.stage in {self.Stage.HALF_YEAR, self.Stage.YEAR}

    @property
    def surplus(self) -> Decimal:
        return self.income - self.spending

    @property
    def financing(self) -> Decimal:
        """*Pembiayaan neto*."""
        return self.financing_in - self.financing_out

    @property
    def remainder(self) -> Decimal:
        """*SILPA tahun berjalan*."""
        return self.surplus + self.financing

    @transaction.atomic
    def publish(self, *, by: "User | None" = None) -> None:
        """From now on everybody reads it. Published already: nothing happens."""
        if type(self).objects.select_for_update().get(pk=self.pk).published_at:
            return
        self.published_at, self.published_by = clock.now(), by
        self.save(update_fields=["published_at", "published_by"])
        tell_budget(self)
        facts = {
            "year": self.year,
            "stage": self.stage,
            "version": self.version,
            "income": self.income,
            "spending": self.spending,
            "financing_in": self.financing_in,
            "financing_out": self.financing_out,
            "content": self.content,
        }
        record("budget.published", self, facts, sealed={"reason": self.reason} if self.reason else None)


class BudgetLine(VillageRow):
    """One line of a budget: what the money is for, or a group with the sum that was stated."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines", verbose_name="anggaran")
    position = models.PositiveIntegerField("urutan")
    section = models.CharField(
        "bagian",
        max_length=1,
        choices=[(INCOME, "Pendapatan"), (SPENDING, "Belanja"), (FINANCING, "Pembiayaan")],
    )
    account = models.CharField("rekening", max_length=30, blank=True)
    activity = models.CharField("kegiatan", max_length=20, blank=True)
    name = models.CharField("uraian", max_length=500)
    fund = models.CharField("sumber dana", max_length=500, blank=True)
    volume = models.CharField("volume", max_length=500, blank=True)
    unit = models.CharField("satuan", max_length=500, blank=True)
    amount = models.DecimalField("anggaran", max_digits=16, decimal_places=2, null=True)
    realised = models.DecimalField("realisasi", max_digits=16, decimal_places=2, null=True)
    is_group = models.BooleanField("kelompok", default=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "baris anggaran"
        verbose_name_plural = "baris anggaran"
        ordering = ["budget", "position"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "position"], name="one_budget_line_at_each_place"),
        ]

    def __str__(self) -> str:
        return self.name
