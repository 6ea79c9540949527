"""What one person gets by a list of money."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.models import Person

from .attendance import Attendance
from .pay_line import PayLine

MOST_RUPIAH = 100_000_000
"""For one person or one day; more is a slip of the pen."""


def facts_of_line(line: PayLine) -> dict[str, Any]:
    """What is written on a row about who stands there."""
    return {
        "name": line.name,
        "role": line.role,
        "person_id": line.person_id,
        "days": list(line.days),
    }


def list_of_pay_for_digest(lines: Iterable[PayLine]) -> str:
    """Who got what as text, always the same for the same list: what the ledger's digest is made of."""
    told = [[line.name, line.role, str(line.worked), line.rate, line.amount] for line in lines if line.amount]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


class PayRow(VillageRow):
    """What one person gets by a list, where it differs from the rest, and for each once it was paid.

    `paid` is the amount in rupiah as last settled; name and role are written as they were.
    """

    pay_list = models.ForeignKey(
        "attendance.PayList", models.CASCADE, related_name="rows", verbose_name="daftar"
    )
    attendance = models.ForeignKey(
        Attendance, models.SET_NULL, null=True, related_name="+", verbose_name="kehadiran"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="pay_rows", verbose_name="orang"
    )
    name = models.CharField("nama", max_length=120)
    role = models.CharField("unsur atau jabatan", max_length=120, blank=True)
    days = ArrayField(models.DateField(), verbose_name="hari kerja", default=list)
    half_days = ArrayField(models.DateField(), verbose_name="setengah hari", default=list)
    rate = models.PositiveBigIntegerField("jumlah (Rp)")
    number = models.PositiveIntegerField("nomor", null=True)
    paid = models.PositiveBigIntegerField("dibayarkan (Rp)", null=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "baris pembayaran"
        verbose_name_plural = "baris pembayaran"
        ordering = ["pay_list", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pay_list", "attendance"], name="paid_once_a_list"),
            models.UniqueConstraint(
                fields=["pay_list", "number"],
                condition=Q(number__isnull=False),
                name="pay_number_once_a_list",
            ),
            models.CheckConstraint(condition=Q(rate__lte=MOST_RUPIAH), name="paid_row_is_some_rupiah"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self):
        return self.pay_list.activity.region

    def as_line(self, *, by_days: bool) -> PayLine:
        """As it stands on the list once that is settled."""
        return PayLine(
            key=self.attendance_id or 0,
            attendances=frozenset({self.attendance_id} if self.attendance_id else ()),
            name=self.name,
            role=self.role,
            person_id=self.person_id,
            days=tuple(self.days),
            rate=self.rate,
            half_days=frozenset(self.half_days),
            by_days=by_days,
            number=self.number,
        )
