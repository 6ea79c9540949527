from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.ledger.chain import record
from partisipasi.village import words

if TYPE_CHECKING:
    from .appointment import Appointment
    from .person import Person
    from .user import User

NOTICE_OF_END = timedelta(days=30)
"""So long before an appointment's last day its holder and those who appoint are told."""

TITLE_LENGTH = 80

_DAY = timedelta(days=1)


class NotTheirsToAppoint(PermissionDenied):
    """Only Admin Desa and Kepala Desa appoint, revoke and let offices pass on, and nobody appoints himself."""


class Succession(models.Model):
    """How an office passes on: for a while to a deputy (Plh., Plt.), for good to a successor."""

    deputy_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="deputies",
        verbose_name="menggantikan sementara",
    )
    takes_over_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="successors",
        verbose_name="serah terima dari",
    )
    work_passed_at = models.DateTimeField("pekerjaan diserahkan pada", null=True, blank=True, editable=False)
    end_told_at = models.DateTimeField(
        "akhir tugas diberitahukan pada", null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        objects: Any
        person: "Person"
        person_id: int
        role: str
        title: str
        region: Any
        from_on: date
        until_on: date | None
        revoked_at: Any
        facts: Any
        deputy_for_id: int | None
        successors: Any

    def clean(self) -> None:
        super().clean()
        if self.deputy_for:
            self._refuse_wrong_deputy(self.deputy_for)

    def _refuse_wrong_deputy(self, original: "Succession") -> None:
        if original.deputy_for_id:
            raise ValidationError("Pengganti sementara tidak digantikan lagi. Tetapkan pengganti lain.")
        if self.person_id == original.person_id:
            raise ValidationError({"person": "Tidak seorang pun menggantikan dirinya sendiri."})
        if (self.role, self.region) != (original.role, original.region):
            raise ValidationError(
                "Pengganti memegang penugasan dan wilayah yang sama dengan yang digantikan."
            )
        if self.from_on < original.from_on:
            raise ValidationError({"from_on": "Masa pengganti tidak boleh mendahului masa jabatan itu."})
        if original.until_on and self.until_on and self.until_on > original.until_on:
            raise ValidationError(
                {"until_on": f"Jabatan itu sendiri berakhir {words.long_date(original.until_on)}."}
            )

    @property
    def is_deputy(self) -> bool:
        return self.deputy_for_id is not None

    @property
    def can_pass_on(self) -> bool:
        """May it still be deputised or handed over? A deputy's may not, nor one that is over."""
        over = self.until_on is not None and self.until_on < clock.today()
        return not (self.revoked_at or self.is_deputy or over)

    @transaction.atomic
    def deputise(
        self,
        person: "Person",
        from_on: date,
        until_on: date,
        *,
        by: "User",
        decree_number: str = "",
        title: str = "",
    ) -> "Appointment":
        """Let `person` hold this office too, from the first to the last day, while its holder is away.

        Raises NotTheirsToAppoint where `by` may not, ValidationError where the deputy cannot be.
        """
        original = self._locked()
        return type(self).objects.make(
            person=person,
            role=original.role,
            by=by,
            title=title or deputy_title(original.title),
            region=original.region,
            from_on=from_on,
            until_on=until_on,
            decree_number=decree_number,
            deputy_for=original,
        )

    def hand_over(
        self,
        to: "Person",
        *,
        on: date,
        by: "User",
        decree_number: str = "",
        until_on: date | None = None,
    ) -> "Appointment":
        """End this appointment the day before `on` and give `to` the same office from `on`.

        On that day the work in hand passes on too (`residents.handover`): now, or by `due` when the day comes. Raises
        NotTheirsToAppoint where `by` may not, ValidationError where it cannot be.
        """
        made = self._hand_over(to, on, by, decree_number=decree_number, until_on=until_on)
        made.take_over_work()
        return made

    @transaction.atomic
    def _hand_over(self, to: "Person", on: date, by: "User", **fields: Any) -> "Appointment":
        if not (by.is_superuser or by.has_perm("residents.hand_over_appointment")):
            raise NotTheirsToAppoint("Serah terima jabatan hanya dicatat oleh Admin Desa atau Kepala Desa.")
        held = self._locked()
        held._refuse_wrong_handover(to, on)
        held.until_on = min(held.until_on or date.max, on - _DAY)
        held.end_told_at = clock.now()
        held.save(update_fields=["until_on", "end_told_at"])
        self.until_on, self.end_told_at = held.until_on, held.end_told_at
        called_off = held._cut_deputies(on)
        held.tell_handover(to, on, by=by)
        made = type(self).objects.make(
            person=to,
            role=held.role,
            title=held.title,
            region=held.region,
            from_on=on,
            takes_over_from=held,
            by=by,
            **fields,
        )
        for deputy in called_off:
            record("appointment.ended", deputy, deputy.facts())
        record(
            "appointment.handed_over",
            held,
            held.facts() | {"to_person": to.pk, "successor": made.pk, "on": on},
        )
        return made

    def _locked(self) -> Any:
        """The row as it is now, kept from others till the verb is done. Raises ValidationError where it is over."""
        rows = type(self).objects.select_for_update(of=("self",)).select_related("person__user", "region")
        held = rows.get(pk=self.pk)
        if not held.can_pass_on:
            raise ValidationError(
                "Pengganti sementara tidak digantikan atau diserahterimakan lagi."
                if held.is_deputy
                else "Penugasan ini sudah berakhir."
            )
        return held

    def _refuse_wrong_handover(self, to: "Person", on: date) -> None:
        if self.successors.filter(revoked_at__isnull=True).exists():
            raise ValidationError("Serah terima jabatan ini sudah dicatat.")
        if to.pk == self.person_id:
            raise ValidationError({"to": "Pilih orang lain: jabatan ini sudah dipegangnya."})
        if on < clock.today():
            raise ValidationError({"on": "Serah terima berlaku paling awal hari ini."})
        if on <= self.from_on:
            raise ValidationError(
                {"on": "Serah terima berlaku paling awal sehari setelah penugasan ini mulai."}
            )

    def _cut_deputies(self, on: date) -> list[Any]:
        """Nobody stands in for who has left: deputies end with him; those who would begin later never do."""
        rows = type(self).objects.filter(deputy_for=self, revoked_at__isnull=True, until_on__gte=on)
        deputies = list(rows.select_for_update(of=("self",)).select_related("person__user").order_by("pk"))
        called_off = [each for each in deputies if each.from_on >= on]
        for each in deputies:
            if each in called_off:
                each.revoked_at, each.revoked_reason = clock.now(), "Serah terima jabatan."
            else:
                each.until_on = on - _DAY
            each.save(update_fields=["until_on", "revoked_at", "revoked_reason"])
            each.forget()
        return called_off

    @transaction.atomic
    def take_over_work(self) -> int:
        """Let the predecessor's work in hand pass to this holder, if the day has come; once. Answers whether it did."""
        from partisipasi.residents import handover

        # Who comes second waits for this row and then finds it passed.
        waiting = type(self).objects.awaiting_work(clock.today()).filter(pk=self.pk)
        if not waiting.update(work_passed_at=clock.now()):
            return 0
        self.refresh_from_db(fields=["work_passed_at"])
        predecessor: Any = self.takes_over_from
        former = predecessor.person
        passed = handover.pass_on(former, self.person)
        self._tell_work_passed(predecessor, passed)
        record(
            "appointment.work_passed",
            self,
            {"from_person": former.pk, "to_person": self.person_id, "count": sum(passed.values())},
        )
        return 1

    @transaction.atomic
    def tell_end(self) -> int:
        """Tell holder and appointers that the last day comes near; once. Answers whether it did."""
        soon = type(self).objects.ending_soon(clock.today()).filter(pk=self.pk)
        if not soon.update(end_told_at=clock.now()):
            return 0
        last = _written(self.until_on)
        self._tell_holder(f"Penugasan Anda sebagai {self.title} berakhir {last}.")
        self._tell_appointers(
            f"Penugasan {self.title} ({self.person}) berakhir {last}. Siapkan penggantinya."
        )
        return 1

    def tell_beginning(self, *, by: "User") -> None:
        since = _written(self.from_on)
        if not self.is_deputy:
            self._tell_holder(f"Anda ditetapkan sebagai {self.title} sejak {since}.", but=by)
            return
        until, original = _written(self.until_on), cast("Succession", self.deputy_for)
        self._tell_holder(f"Anda bertugas sebagai {self.title} dari {since} sampai {until}.", but=by)
        original._tell_holder(
            f"{self.person} menggantikan Anda sebagai {original.title} dari {since} sampai {until}.", but=by
        )

    def tell_revocation(self, *, by: "User") -> None:
        self._tell_holder(f"Penugasan Anda sebagai {self.title} sudah dicabut.", but=by)

    def tell_handover(self, to: "Person", on: date, *, by: "User") -> None:
        self._tell_holder(
            f"Jabatan {self.title} berpindah dari Anda kepada {to} pada {words.long_date(on)}.", but=by
        )

    def _tell_work_passed(self, predecessor: "Succession", passed: dict[str, int]) -> None:
        works = ", ".join(f"{number} {name}" for name, number in passed.items() if number)
        if works:
            self._tell_holder(f"Pekerjaan dari {predecessor.person} kini pada Anda: {works}.")
            predecessor._tell_holder(f"Pekerjaan Anda kini pada {self.person}: {works}.")

    def _tell_holder(self, text: str, *, but: "User | None" = None) -> None:
        from partisipasi.residents import notices

        if self.person.user:
            notices.tell([self.person.user], "appointment", text, path="/akun/", but=but)

    def _tell_appointers(self, text: str) -> None:
        from django.urls import reverse

        from partisipasi.residents import notices

        path = reverse("admin:residents_appointment_change", args=[self.pk])
        notices.tell_officials("residents.add_appointment", "appointment", text, path=path)


def deputy_title(title: str) -> str:
    """What a deputy is called unless somebody says otherwise: "Plh. Sekretaris Desa"."""
    return f"Plh. {title}"[:TITLE_LENGTH]


def _written(day: date | None) -> str:
    return words.long_date(day) if day else "waktu yang belum ditentukan"
