"""*Produk hukum desa*: what a regulation or decree is, since when it holds, and what others do to it."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, ExtractYear

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.village.words import long_date

from .publication import PublicationQuerySet


class LawKind(models.TextChoices):
    """The kinds that a village makes (Permendagri 111/2014), and the decisions of its BPD."""

    VILLAGE = "perdes", "Peraturan Desa"
    JOINT = "bersama", "Peraturan Bersama Kepala Desa"
    HEAD = "perkades", "Peraturan Kepala Desa"
    DECREE = "sk", "Keputusan Kepala Desa"
    COUNCIL = "bpd", "Keputusan BPD"

    def in_words(self) -> str:
        """In the village's own word for its head: Peraturan Perbekel."""
        return str(self.label).replace("Kepala Desa", current_village().head_word)


GAZETTES = {
    LawKind.VILLAGE: "Lembaran Desa",
    LawKind.JOINT: "Berita Desa",
    LawKind.HEAD: "Berita Desa",
}
"""In which gazette a kind is promulgated; decisions about single matters are in none."""


class LawState(models.TextChoices):
    IN_FORCE = "berlaku", "Berlaku"
    AMENDED = "diubah", "Berlaku, sudah diubah"
    REVOKED = "dicabut", "Dicabut"
    COMING = "belum-berlaku", "Belum berlaku"


_PILLS = {
    LawState.IN_FORCE: "done",
    LawState.AMENDED: "notice",
    LawState.REVOKED: "neutral",
    LawState.COMING: "warning",
}


class LawQuerySet(PublicationQuerySet):
    """What documents know of being law; part of their queryset."""

    def laws(self) -> Self:
        return self.exclude(law_kind="")

    def with_law_state(self, on: date) -> Self:
        """Annotates `law_state`, a LawState as it is on that day; only what is published changes anything."""
        acts = LawChange.objects.by_published().in_effect(on).filter(target=models.OuterRef("pk"))
        revoked = acts.filter(act=LawChange.Act.REVOKES)
        amended = acts.filter(act=LawChange.Act.AMENDS)
        return self.annotate(
            law_from=Coalesce("law_from_on", "promulgated_on", "enacted_on"),
            law_state=models.Case(
                models.When(models.Exists(revoked), then=models.Value(LawState.REVOKED)),
                models.When(law_from__gt=on, then=models.Value(LawState.COMING)),
                models.When(models.Exists(amended), then=models.Value(LawState.AMENDED)),
                default=models.Value(LawState.IN_FORCE),
                output_field=models.CharField(),
            ),
        )


class Law(models.Model):
    """The part of a document that is law; with `law_kind` empty it is none. It is numbered in the year of its making.

    It holds from the day of its promulgation, or of its making where its kind is not promulgated, unless it says
    another day itself.
    """

    law_kind = models.CharField("jenis produk hukum", max_length=10, choices=LawKind, blank=True)
    law_number = models.CharField("nomor produk hukum", max_length=40, blank=True)
    about = models.CharField(
        "tentang", max_length=300, blank=True, help_text="Seperti tertulis sesudah kata “tentang”."
    )
    subject = models.CharField(
        "bidang", max_length=80, blank=True, help_text="Misalnya: keuangan desa, lembaga desa, lingkungan."
    )
    enacted_on = models.DateField("ditetapkan tanggal", null=True, blank=True)
    promulgated_on = models.DateField("diundangkan tanggal", null=True, blank=True)
    gazette_number = models.CharField(
        "nomor lembaran atau berita desa",
        max_length=60,
        blank=True,
        help_text="Misalnya: Nomor 3 Tahun 2026.",
    )
    law_from_on = models.DateField(
        "berlaku sejak",
        null=True,
        blank=True,
        help_text="Kosongkan bila berlaku sejak diundangkan atau ditetapkan.",
    )

    class Meta:
        abstract = True

    @property
    def is_law(self) -> bool:
        return bool(self.law_kind)

    @property
    def law_name(self) -> str:
        """`Peraturan Desa Nomor 6 Tahun 2025`"""
        year = self.enacted_on.year if self.enacted_on else ""
        return f"{LawKind(self.law_kind).in_words()} Nomor {self.law_number} Tahun {year}"

    @property
    def gazette(self) -> str:
        name = GAZETTES.get(LawKind(self.law_kind), "")
        return f"{name} {self.gazette_number}" if name and self.gazette_number else ""

    @property
    def in_force_on(self) -> date | None:
        return self.law_from_on or self.promulgated_on or self.enacted_on

    def clean_law(self) -> None:
        """Raises ValidationError for a law without what makes it one."""
        if not self.law_kind:
            return
        missing = {name: "Isi untuk produk hukum." for name in LAW_NEEDS if not getattr(self, name)}
        if missing:
            raise ValidationError(missing)
        made, told = self.enacted_on, self.promulgated_on
        if made and told and told < made:
            raise ValidationError({"promulgated_on": "Diundangkan paling cepat pada hari ditetapkan."})


LAW_CONSTRAINTS = (
    models.UniqueConstraint(
        "village",
        "law_kind",
        "law_number",
        ExtractYear("enacted_on"),
        condition=~models.Q(law_kind=""),
        name="a_law_stands_in_the_list_once",
        violation_error_message="Produk hukum dengan jenis, nomor, dan tahun ini sudah ada.",
    ),
    models.CheckConstraint(
        condition=models.Q(law_kind="")
        | (~models.Q(law_number="") & ~models.Q(about="") & models.Q(enacted_on__isnull=False)),
        name="a_law_has_number_matter_and_day",
    ),
)
LAW_NEEDS = ("law_number", "about", "enacted_on")
LAW_CONTENT = (
    "law_kind",
    "law_number",
    "about",
    "subject",
    "enacted_on",
    "promulgated_on",
    "gazette_number",
    "law_from_on",
)


def law_state_pill(state: str) -> tuple[str, str]:
    """The kind of its pill and the word on it."""
    known = LawState(state)
    return _PILLS[known], str(known.label)


class LawChangeQuerySet(models.QuerySet["LawChange"]):
    def by_published(self) -> Self:
        """Those by laws that everybody may read."""
        return self.filter(law__published_at__lte=clock.now(), law__archived_at__isnull=True)

    def in_effect(self, on: date) -> Self:
        since = Coalesce("from_on", "law__law_from_on", "law__promulgated_on", "law__enacted_on")
        return self.alias(since=since).filter(since__lte=on)

    def on_published(self) -> Self:
        """Those whose target everybody may read, or which has none in the portal."""
        return self.filter(
            models.Q(target__isnull=True)
            | models.Q(target__published_at__lte=clock.now(), target__archived_at__isnull=True)
        )


class LawChange(VillageRow):
    """A law amends or revokes another, from a day on; what is not in the portal is named by words."""

    class Act(models.TextChoices):
        AMENDS = "mengubah", "mengubah"
        REVOKES = "mencabut", "mencabut"

    law = models.ForeignKey(
        "announcements.PublicDocument",
        models.CASCADE,
        related_name="changes_made",
        verbose_name="produk hukum",
    )
    act = models.CharField("yang dilakukan", max_length=8, choices=Act)
    target = models.ForeignKey(
        "announcements.PublicDocument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes_to_it",
        verbose_name="produk hukum di portal",
    )
    target_name = models.CharField(
        "produk hukum lain",
        max_length=300,
        blank=True,
        help_text="Bila tidak ada di portal, misalnya: Peraturan Desa Nomor 2 Tahun 2009 tentang Pungutan Desa.",
    )
    from_on = models.DateField(
        "sejak", null=True, blank=True, help_text="Kosongkan bila sejak produk hukum ini berlaku."
    )
    note = models.CharField(
        "bagian",
        max_length=200,
        blank=True,
        help_text="Misalnya: Pasal 5 ayat (2). Kosongkan bila seluruhnya.",
    )

    objects = ScopedManager(LawChangeQuerySet)

    class Meta:
        verbose_name = "perubahan produk hukum"
        verbose_name_plural = "perubahan produk hukum"
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=False, target_name="")
                | (models.Q(target__isnull=True) & ~models.Q(target_name="")),
                name="a_changed_law_is_chosen_or_named",
                violation_error_message="Pilih produk hukumnya, atau tulis namanya bila tidak ada di portal.",
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(target=models.F("law")),
                name="a_law_does_not_change_itself",
                violation_error_message="Produk hukum tidak mengubah atau mencabut dirinya sendiri.",
            ),
            models.UniqueConstraint(
                fields=["law", "act", "target"],
                name="a_law_changes_another_once",
                violation_error_message="Perubahan ini sudah tercatat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.target or self.target_name}"

    @property
    def in_effect_on(self) -> date | None:
        return self.from_on or self.law.in_force_on

    @property
    def facts(self) -> str:
        """Which part, and since when: `Pasal 5 · sejak 1 Januari 2026`."""
        day = self.in_effect_on
        return " · ".join(filter(None, (self.note, f"sejak {long_date(day)}" if day else "")))
