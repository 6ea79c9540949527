"""How long particulars of a Daftar Hadir are kept: the terms of a kind, and where an activity stands in them.

Two stages (domain: 6): what only served the running of the event goes first; the names on the list go when its archive
period ends, or never where the list is an archive of permanent value. The numbers stay for ever.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from attendance.terms import months_after
from partisipasi.db import current_village
from partisipasi.village.words import long_date

from .refusals import Refusal

if TYPE_CHECKING:
    from .activity import Activity
    from .retention import RetentionHold

TOLD_BEFORE = timedelta(days=30)
"""How long before names go the officials are told; a term that was cut short by mistake destroys nothing sooner."""
MONTHS_A_YEAR = 12


class KeepingTerms(models.Model):
    """How long a kind of activity keeps what its Daftar Hadir knows of people."""

    particulars_months = models.PositiveSmallIntegerField(
        "data penyelenggaraan disimpan (bulan)",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=(
            "Nomor HP, pendaftaran, nama wakil yang disebut pada jawaban undangan, dan susulan yang ditolak. "
            "Dihitung dari hari kegiatan; sesudahnya dihapus sendiri."
        ),
    )
    list_years = models.PositiveSmallIntegerField(
        "nama pada daftar hadir disimpan (tahun)",
        null=True,
        blank=True,
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=(
            "Beserta alamat, tanda tangan, nama yang diundang, dan pindaian daftar hadir. Sesuaikan dengan jadwal "
            "retensi arsip desa. Kosongkan bila daftar hadir jenis ini arsip permanen. Petugas diberi tahu 30 hari "
            "sebelum nama dihapus; jumlah yang hadir tetap tersimpan."
        ),
    )

    class Meta:
        abstract = True

    @property
    def particulars_term(self) -> str:
        return f"{self.particulars_months} bulan"

    @property
    def list_term(self) -> str:
        """For how long names stay; "selamanya" where the list is an archive of permanent value."""
        return f"{self.list_years} tahun" if self.list_years else "selamanya sebagai arsip desa"


class Keeping(models.Model):
    """What an activity knows of the names on its list: when officials were told that they go, and when they went."""

    names_told_at = models.DateTimeField("penghapusan nama diberitahukan pada", null=True, editable=False)
    names_forgotten_at = models.DateTimeField("nama dihapus pada", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def over_on(self) -> date | None:
        """The day from which its terms count: its last one."""
        until = cast("Activity", self).until_at
        if not until:
            return None
        # Midnight itself belongs to the day before.
        return timezone.localtime(until - timedelta(microseconds=1), current_village().zone).date()

    @property
    def particulars_go_on(self) -> date | None:
        """From which day on particulars go; None where it has no day yet."""
        over, kind = self.over_on, cast("Activity", self).kind
        return months_after(over, kind.particulars_months) if over else None

    @property
    def names_go_on(self) -> date | None:
        """From which day on names may go; None where they never do, or it has no day yet."""
        over, kind = self.over_on, cast("Activity", self).kind
        if not over or not kind.list_years:
            return None
        ends = months_after(over, kind.list_years * MONTHS_A_YEAR)
        if not self.names_told_at:
            return ends
        return max(ends, timezone.localtime(self.names_told_at + TOLD_BEFORE, current_village().zone).date())

    @property
    def standing_hold(self) -> "RetentionHold | None":
        """Why nothing of it goes now, where an official has said so."""
        return cast("Activity", self).holds.standing().first()

    @property
    def names_gone(self) -> str:
        """The sentence in place of the names, once they are gone; else ""."""
        if not self.names_forgotten_at:
            return ""
        day = timezone.localtime(self.names_forgotten_at, current_village().zone).date()
        return (
            f"Nama pada daftar ini dihapus pada {long_date(day)} karena masa simpannya berakhir. "
            "Jumlah yang hadir tetap tersimpan."
        )

    def require_names(self) -> None:
        """Raises Refusal where the names on the list are gone, so that nothing can be corrected any more."""
        if self.names_gone:
            raise Refusal(self.names_gone)
