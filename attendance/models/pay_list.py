"""Money handed out at an activity: *tanda terima*, and wages by days of work, HOK (domain: 1.9)."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User
from partisipasi.residents.permissions import coverage

from .activity import Activity
from .papers import PaperKind
from .pay_line import PayLine, total_of
from .pay_people import PayPeople
from .pay_row import MOST_RUPIAH, PayRow, facts_of_line, list_of_pay_for_digest
from .refusals import ActivityCancelled, Refusal
from .telling import tell_paid_otherwise


class PayListQuerySet(models.QuerySet["PayList"]):
    def within_reach(self, user: object, perm: str = "attendance.view_paylist") -> Self:
        """Those of activities that this official's appointment reaches."""
        return self.filter(coverage(user, perm).as_q("activity__region"))

    def waiting(self) -> Self:
        """Not settled, although the Daftar Hadir is closed."""
        return self.filter(settled_at__isnull=True, activity__closed_at__isnull=False)

    @transaction.atomic
    def begin(self, pay_list: "PayList", *, by: User, nonce: UUID) -> "PayList":
        """Save what was told of it; the same nonce is the same. Raises Refusal where `PayList.check_days` does."""
        activity = Activity.objects.lock(pay_list.activity_id)
        if made_before := self.filter(nonce=nonce).first():
            return made_before
        if activity.cancelled_at:
            raise ActivityCancelled
        pay_list.check_days()
        pay_list.nonce, pay_list.made_by, pay_list.made_at = nonce, by, clock.now()
        pay_list.save()
        return pay_list


class PayList(PayPeople, VillageRow):
    """Who got how much at an activity: the same for each who was there, or a wage for each day of work.

    Who stands on it follows the Daftar Hadir until it is settled; then it keeps what was paid. To correct it, it is
    reopened with a reason. Whom the village paid how much is internal; the record has the sum alone.
    """

    class Basis(models.TextChoices):
        PERSON = "orang", "Tanda terima: uang transpor, honorarium, atau konsumsi untuk setiap orang"
        DAYS = "hok", "Daftar hadir pekerja (HOK): upah menurut hari kerja"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="pay_lists", verbose_name="kegiatan")
    basis = models.CharField("cara", max_length=5, choices=Basis)
    purpose = models.CharField(
        "untuk", max_length=120, help_text="Tercetak pada lembarnya, misalnya: Uang transpor peserta."
    )
    rate = models.PositiveBigIntegerField(
        "jumlah (Rp)",
        validators=[MinValueValidator(1), MaxValueValidator(MOST_RUPIAH)],
        help_text="Untuk setiap orang, atau untuk setiap HOK. Dapat diubah pada setiap baris.",
    )
    charged_to = models.CharField(
        "dibebankan pada",
        max_length=120,
        blank=True,
        help_text="Kode atau nama kegiatan dalam APB Desa, bila ada.",
    )
    first_on = models.DateField("dari tanggal", null=True, blank=True)
    last_on = models.DateField("sampai tanggal", null=True, blank=True)
    made_at = models.DateTimeField("dibuat pada", editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    nonce = models.UUIDField(editable=False)
    settled_at = models.DateTimeField("dibayarkan pada", null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reopened_at = models.DateTimeField("dibuka kembali pada", null=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reopened_reason = models.CharField("alasan dibuka kembali", max_length=200, blank=True, editable=False)

    objects = ScopedManager(PayListQuerySet)

    class Meta:
        verbose_name = "tanda terima dan daftar upah"
        verbose_name_plural = "tanda terima dan daftar upah"
        ordering = ["made_at", "pk"]
        permissions = [
            ("prepare_pay", "Menyusun tanda terima dan daftar upah"),
            ("settle_pay", "Menyatakan pembayaran selesai dan membukanya kembali"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["village", "nonce"], name="pay_list_made_once"),
            models.CheckConstraint(
                condition=Q(rate__gte=1, rate__lte=MOST_RUPIAH),
                name="pay_is_some_rupiah",
                violation_error_message="Tulis jumlah yang wajar dalam rupiah.",
            ),
            models.CheckConstraint(
                condition=Q(first_on__isnull=True) | Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="pay_days_end_after_they_begin",
                violation_error_message="Tanggal akhir harus sesudah tanggal awal.",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    def get_absolute_url(self) -> str:
        return reverse("attendance:pay_detail", args=[self.activity_id, self.pk])

    @property
    def place(self):
        return self.activity.region

    @property
    def paper(self) -> PaperKind:
        """Which paper of the bundle it is."""
        return PaperKind.WORKERS if self.by_days else PaperKind.RECEIPTS

    @property
    def state_pill(self) -> tuple[str, str]:
        if self.settled_at:
            return "done", "Sudah dibayarkan"
        if self.reopened_at:
            return "warning", "Dibuka kembali"
        return "neutral", "Belum dibayarkan"

    @property
    def is_ready(self) -> bool:
        """May it be settled? Once the Daftar Hadir is closed; wages, often paid by the week, after their last day."""
        if self.activity.closed_at:
            return True
        return self.by_days and all(session.over_at <= clock.now() for session in self.sessions)

    @property
    def not_ready(self) -> str:
        """Why it may not be settled yet."""
        if self.by_days:
            return "Masa kerja pada daftar ini belum selesai."
        return "Tutup dahulu daftar hadirnya: pembayaran mengikuti siapa yang hadir."

    # What happens

    def _locked(self) -> Activity:
        """Lock the activity, and read again what may have changed meanwhile."""
        activity = Activity.objects.lock(self.activity_id)
        self.refresh_from_db()
        return activity

    @transaction.atomic
    def change(self, told: "PayList") -> None:
        """Let its head say what `told` says. Raises Refusal once it is settled, and where `check_days` does."""
        self._locked()
        self._require_unsettled()
        for name in ("purpose", "rate", "charged_to", "first_on", "last_on"):
            setattr(self, name, getattr(told, name))
        self.check_days()
        self.save(update_fields=["purpose", "rate", "charged_to", "first_on", "last_on"])

    @transaction.atomic
    def set_rows(self, wanted: Mapping[int, tuple[int, Iterable[date]]]) -> int:
        """For each line, by its key: the rate, and the days of which half was worked. Returns how many changed.

        Raises Refusal once it is settled. Who is no longer on the Daftar Hadir is passed over.
        """
        self._locked()
        self._require_unsettled()
        changed = 0
        for line in self.lines():
            if line.key not in wanted:
                continue
            rate, half_days = wanted[line.key]
            halves = sorted(set(half_days) & set(line.days)) if self.by_days else []
            if (rate, set(halves)) != (line.rate, set(line.half_days)):
                told = {"rate": rate, "half_days": halves, **facts_of_line(line)}
                self.rows.update_or_create(attendance_id=line.key, defaults=told)
                changed += 1
        return changed

    @transaction.atomic
    def settle(self, by: User) -> None:
        """It was paid as it stands: keep who got what, and put the sum into the record. Twice changes nothing.

        Who had been paid by an earlier settlement, and now otherwise, is told. Raises Refusal before it `is_ready` or
        where nobody gets anything, ActivityCancelled.
        """
        activity = self._locked()
        if self.settled_at:
            return
        if activity.cancelled_at:
            raise ActivityCancelled
        self.activity = activity
        if not self.is_ready:
            raise Refusal(self.not_ready)
        lines = self.lines()
        if not total_of(lines):
            raise Refusal("Belum ada yang menerima pembayaran pada daftar ini.")
        before = {row.person_id: row.paid for row in self.rows.filter(paid__isnull=False)}
        self._keep(lines)
        self.settled_at, self.settled_by = clock.now(), by
        self.save(update_fields=["settled_at", "settled_by"])
        now = {line.person_id: line.amount for line in lines}
        otherwise = [pk for pk, paid in before.items() if pk and now.get(pk, 0) != paid]
        tell_paid_otherwise(self, otherwise, by)
        record("pay.settled", self, self._as_facts(lines), sealed={"list": list_of_pay_for_digest(lines)})

    def _keep(self, lines: list[PayLine]) -> None:
        """Write all lines anew, those that get something with their numbers."""
        self.rows.all().delete()
        numbers = count(1)
        PayRow.objects.bulk_create(
            PayRow(
                pay_list=self,
                attendance_id=line.key,
                number=next(numbers) if line.amount else None,
                paid=line.amount or None,
                rate=line.rate,
                half_days=sorted(line.half_days),
                **facts_of_line(line),
            )
            for line in lines
        )

    @transaction.atomic
    def reopen(self, reason: str, by: User) -> None:
        """What was settled is corrected: it follows the Daftar Hadir again. Recorded with its reason."""
        self._locked()
        if not self.settled_at:
            raise Refusal("Daftar ini belum dinyatakan dibayarkan.")
        settled_at = self.settled_at
        self.settled_at = self.settled_by = None
        self.reopened_at, self.reopened_by, self.reopened_reason = clock.now(), by, reason
        self.save(update_fields=["settled_at", "settled_by", "reopened_at", "reopened_by", "reopened_reason"])
        record("pay.reopened", self, {"settled_at": settled_at}, sealed={"reason": reason})

    @transaction.atomic
    def discard(self) -> None:
        """It was never paid, so nothing is lost. Raises Refusal where it was."""
        self._locked()
        self._require_unsettled()
        if self.reopened_at:
            raise Refusal("Daftar ini pernah dibayarkan, jadi tidak dapat dihapus. Perbaiki isinya.")
        self.delete()

    def _require_unsettled(self) -> None:
        if self.settled_at:
            raise Refusal("Daftar ini sudah dibayarkan. Buka kembali dengan alasan untuk mengubahnya.")

    def _as_facts(self, lines: list[PayLine]) -> dict[str, Any]:
        paid = [line for line in lines if line.amount]
        facts = {
            "activity": self.activity_id,
            "basis": self.basis,
            "count": len(paid),
            "total": total_of(paid),
        }
        if self.by_days:
            facts["half_days_worked"] = int(2 * sum(line.worked for line in paid))
        return facts
