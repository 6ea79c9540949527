"""What a project is planned to be, and how a plan that was told may change."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction

from announcements.budget.names import NAMES
from announcements.rich_text import printable
from partisipasi.ledger.chain import record
from partisipasi.search import vector
from partisipasi.village.words import figures, long_date, rupiah

from .addressed import Addressed
from .budget import FIRST_YEAR, LAST_YEAR
from .carrying_out import CarryingOut, NotAsThingsStand
from .project_event import Act

if TYPE_CHECKING:
    from forums.models import Topic
    from partisipasi.residents.models import User

RESERVED = {"peta"}
"""Addresses below /pembangunan/ that are pages of their own."""


TOLD: dict[str, tuple[str, Callable[[Any], str]]] = {
    "name": ("Nama", str),
    "location": ("Letak", str),
    "starts_on": ("Rencana mulai", long_date),
    "ends_on": ("Rencana selesai", long_date),
    "cost": ("Nilai rencana", rupiah),
    "volume": ("Volume", figures),
}
"""What of a plan may not change silently once it was told, and how it is written."""

PLANNED = (
    "year",
    "name",
    "field",
    "description",
    "region",
    "location",
    "latitude",
    "longitude",
    "volume",
    "unit",
    "pattern",
    "person",
    "body",
    "partner",
    "starts_on",
    "ends_on",
    "cost",
    "budget_codes",
    "resolution",
)


class Planning(Addressed, CarryingOut):
    """The planned side of a project.

    Which budget lines it spends is told by the codes of their activities, which last from version to version.
    """

    class Pattern(models.TextChoices):
        SELF = "swakelola", "Swakelola"
        JOINT = "kerja-sama", "Kerja sama antardesa"
        THIRD_PARTY = "pihak-ketiga", "Kerja sama pihak ketiga"

    year = models.PositiveSmallIntegerField(
        "tahun anggaran", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    name = models.CharField("nama", max_length=160)
    field = models.CharField(
        "bidang", max_length=2, choices=[(code, NAMES[code]) for code in ("01", "02", "03", "04", "05")]
    )
    description = models.TextField("uraian", max_length=2000, blank=True)
    region = models.ForeignKey(
        "village.Region",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah",
        help_text="Kosongkan bila menyangkut seluruh desa.",
    )
    location = models.CharField(
        "letak", max_length=160, help_text="Dengan kata-kata, misalnya: Saluran RW 06 di depan musala."
    )
    latitude = models.DecimalField(
        "lintang",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-11), MaxValueValidator(6)],
        help_text="Derajat, misalnya -7,512345. Kosongkan bila tidak diketahui.",
    )
    longitude = models.DecimalField(
        "bujur",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(95), MaxValueValidator(141)],
        help_text="Derajat, misalnya 109,123456.",
    )
    volume = models.DecimalField(
        "volume", max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    unit = models.CharField("satuan", max_length=40, help_text="Misalnya: meter, unit, titik.")
    pattern = models.CharField("pola pelaksanaan", max_length=12, choices=Pattern, default=Pattern.SELF)
    partner = models.CharField(
        "mitra pelaksana",
        max_length=160,
        blank=True,
        help_text="Desa atau pihak ketiga yang mengerjakannya, bila bukan swakelola.",
    )
    starts_on = models.DateField("rencana mulai")
    ends_on = models.DateField("rencana selesai")
    cost = models.DecimalField(
        "nilai rencana (Rp)",
        max_digits=16,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    budget_codes = ArrayField(
        models.CharField(max_length=20), verbose_name="kegiatan dalam APB Desa", default=list, blank=True
    )
    search = SearchVectorField(null=True, editable=False)

    if TYPE_CHECKING:
        topic: Topic | None
        person_id: int | None
        body_id: int | None
        made_by: User

        def get_absolute_url(self) -> str: ...

    class Meta:
        abstract = True

    @transaction.atomic
    def write(self, *, by: "User") -> Self:
        """Keep it as a new draft, under an address that never changes again."""
        self.made_by = by
        self._tidy()
        self.save_under_free_slug(self.name, otherwise="pembangunan", reserved=RESERVED)
        return self

    @transaction.atomic
    def revise(self, *, by: "User", reason: str = "") -> None:
        """Keep what was changed. What readers of a published one were told otherwise is told with the reason.

        Raises NotAsThingsStand where the reason is missing.
        """
        stored = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self._tidy()
        changes = self.changes_from(stored)
        if changes and not reason:
            raise NotAsThingsStand({"reason": "Tulis alasannya: yang Anda ubah sudah diumumkan."})
        self.save(update_fields=[*PLANNED, "search"])
        if self.topic and self.topic.title != self.name:
            self.topic.rename(self.name, self.get_absolute_url())
        if changes:
            self.tell(Act.CHANGED, f"{'; '.join(changes)}. {reason}", by=by)
            self.tell_followers(f"Rencana diubah: {self}.", by=by)
            before = {f"{name}_before": told for name, told in stored._facts().items()}
            record("project.changed", self, self._facts() | before, sealed={"reason": reason})

    def changes_from(self, stored: "Planning") -> list[str]:
        """What of a published plan is told otherwise now, in words."""
        if not stored.published_at:
            return []
        told = []
        for name, (label, words) in TOLD.items():
            before, after = getattr(stored, name), getattr(self, name)
            if before != after:
                told.append(f"{label} {words(before)} menjadi {words(after)}")
        # Who it was is not written down: such lines outlive a name that is forgotten.
        if (stored.person_id, stored.body_id) != (self.person_id, self.body_id):
            told.append("Pelaksana diganti")
        return told

    def _facts(self) -> dict[str, Any]:
        return {"year": self.year, "starts_on": self.starts_on, "ends_on": self.ends_on, "cost": self.cost}

    def _tidy(self) -> None:
        for name in ("name", "location", "unit", "partner"):
            setattr(self, name, printable(getattr(self, name)))
        where = f"{self.location} {self.region or ''}"
        self.search = vector((self.name, "A"), (where, "B"), (self.description, "C"))
