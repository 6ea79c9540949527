"""*Informasi dikecualikan*: what the village may not or need not hand out, by which ground and until when."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import record
from partisipasi.printed import plain
from partisipasi.village.models import Village
from partisipasi.village.words import long_date

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class ExemptInformationQuerySet(models.QuerySet["ExemptInformation"]):
    def standing(self) -> Self:
        """Those that are exempt; what was opened again is not."""
        return self.filter(opened_at__isnull=True)

    def in_list(self) -> Self:
        return self.order_by("number")

    def past_term(self, on: date) -> Self:
        """Those whose term is over, so that PPID has to look at them again."""
        return self.standing().filter(until_on__lt=on)


class ExemptInformation(VillageRow):
    """One row of the list of exempt information. It has no file, by intent.

    Its columns are those that the list must have: ground, legal basis, term, and the official who set it, after the
    consequences were weighed (*uji konsekuensi*, UU 14/2008 art. 19).
    """

    number = models.PositiveIntegerField("nomor", editable=False)
    content = models.CharField(
        "ringkasan isi informasi",
        max_length=300,
        help_text="Apa yang dikecualikan, tanpa isinya sendiri: daftar ini dibaca siapa saja.",
    )
    held_by = models.CharField("pejabat atau unit yang menguasai", max_length=120)
    ground = models.TextField(
        "alasan pengecualian",
        max_length=1000,
        help_text="Akibat bila informasi dibuka, dan manfaat bila ditutup.",
    )
    legal_basis = models.CharField(
        "dasar hukum", max_length=300, help_text="Misalnya: UU 14/2008 Pasal 17 huruf h."
    )
    set_by = models.CharField(
        "pejabat penetap", max_length=120, help_text="Jabatan, dan nomor keputusannya bila ada."
    )
    set_on = models.DateField("ditetapkan tanggal")
    until_on = models.DateField(
        "sampai dengan", null=True, blank=True, help_text="Kosongkan bila tidak berbatas tanggal."
    )
    term = models.CharField(
        "jangka waktu",
        max_length=160,
        blank=True,
        help_text="Bila tidak berbatas tanggal, misalnya: selama warga yang bersangkutan tidak mengizinkan.",
    )
    entered_at = models.DateTimeField("dimasukkan pada", default=clock.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="dimasukkan oleh",
    )
    opened_at = models.DateTimeField("dibuka pada", null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="dibuka oleh",
    )
    opened_reason = models.CharField("alasan dibuka", max_length=300, blank=True, editable=False)

    objects = ScopedManager(ExemptInformationQuerySet)

    class Meta:
        verbose_name = "informasi dikecualikan"
        verbose_name_plural = "informasi dikecualikan"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["village", "number"], name="exempt_number_once"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=False) | ~models.Q(term=""),
                name="an_exemption_has_a_term",
                violation_error_message="Tulis sampai kapan, atau selama apa informasi ini dikecualikan.",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("set_on")),
                name="an_exemption_ends_after_it_begins",
                violation_error_message="Jangka waktu berakhir paling cepat pada hari ditetapkan.",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True) | ~models.Q(opened_reason=""),
                name="what_is_opened_again_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.content

    @property
    def term_words(self) -> str:
        """`sampai 31 Desember 2030`, or what else ends it."""
        until = f"sampai {long_date(self.until_on)}" if self.until_on else ""
        return "; ".join(filter(None, (until, self.term)))

    @property
    def is_past_term(self) -> bool:
        return bool(self.until_on and self.until_on < clock.today() and not self.opened_at)

    @property
    def state(self) -> tuple[str, str]:
        """The kind of its pill and the word on it."""
        if self.opened_at:
            return "done", "Dibuka"
        return ("warning", "Jangka waktu berakhir") if self.is_past_term else ("neutral", "Dikecualikan")

    @transaction.atomic
    def enter(self, *, by: "User") -> "ExemptInformation":
        """Put it into the list under the next number; the record keeps on what it rests and for how long."""
        self._tidy()
        # One after the other, so that no number is given twice and none is left out.
        Village.objects.select_for_update(no_key=True).get(pk=current_village().pk)
        last = type(self).objects.aggregate(last=models.Max("number"))["last"]
        self.number, self.entered_by = (last or 0) + 1, by
        self.save(force_insert=True)
        record("exempt.entered", self, self._facts(), sealed={"content": self.content})
        return self

    @transaction.atomic
    def review(self, *, by: "User") -> None:
        """Keep what was changed after another look, a longer term included; the record keeps what is so now."""
        stored = type(self).objects.select_for_update().get(pk=self.pk)
        self._tidy()
        self.save(update_fields=[*CONTENT])
        if any(getattr(stored, name) != getattr(self, name) for name in CONTENT):
            record("exempt.reviewed", self, self._facts(), sealed={"content": self.content})

    @transaction.atomic
    def open_again(self, reason: str, *, by: "User") -> None:
        """It is exempt no longer: whoever asks for it gets it. Open already: nothing happens."""
        if type(self).objects.select_for_update().get(pk=self.pk).opened_at:
            return
        self.opened_at, self.opened_by, self.opened_reason = clock.now(), by, reason
        self.save(update_fields=["opened_at", "opened_by", "opened_reason"])
        record("exempt.opened", self, {"number": self.number}, sealed={"reason": reason})

    def _tidy(self) -> None:
        for name in ("content", "held_by", "ground", "legal_basis", "set_by", "term"):
            setattr(self, name, plain(getattr(self, name)))

    def _facts(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "basis": self.legal_basis,
            "set_on": self.set_on,
            "until": self.until_on,
        }


CONTENT = ("content", "held_by", "ground", "legal_basis", "set_by", "set_on", "until_on", "term")
