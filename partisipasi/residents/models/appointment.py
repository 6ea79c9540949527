from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.search import vector
from partisipasi.village import words

from .succession import NOTICE_OF_END, NotTheirsToAppoint, Succession

if TYPE_CHECKING:
    from .person import Person
    from .user import User


# From the first day to the last, both included.
_DAYS = models.Func(
    "from_on",
    "until_on",
    RangeBoundary(inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


class Role(models.TextChoices):
    """What an appointment lets one do; each room grants its permissions to these (`residents.permissions.grant`)."""

    OPERATOR = "operator", "Operator (isi portal)"
    MODERATOR = "moderator", "Moderator"
    COMPLAINTS = "petugas", "Petugas Pengaduan"
    PPID = "ppid", "PPID"
    PPID_SUPERIOR = "atasan-ppid", "Atasan PPID"
    SECRETARY = "sekretaris", "Sekretaris"
    TREASURER = "keuangan", "Kaur Keuangan"
    DRAFTING_TEAM = "penyusun", "Tim Penyusun"
    PROJECT_TEAM = "tpk", "Pelaksana Kegiatan/TPK"
    BPD_CHAIR = "ketua-bpd", "Ketua BPD"
    HAMLET_HEAD = "kadus", "Kepala Dusun"
    VILLAGE_HEAD = "kades", "Kepala Desa"
    SUPERVISOR = "pengawas", "Pengawas"
    ADMIN = "admin", "Admin Desa"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date) -> Self:
        return self.filter(
            models.Q(until_on__isnull=True) | models.Q(until_on__gte=on),
            from_on__lte=on,
            revoked_at__isnull=True,
        )

    def of(self, person: "Person") -> Self:
        return self.filter(person=person)

    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def find_by_present_names(self) -> None:
        """Let search know these by the names that their holders have now."""
        for held in self.select_related("person"):
            self.filter(pk=held.pk).update(search=held._words())

    def unfinished(self, on: date) -> Self:
        """Those that hold on that day or will hold later."""
        return self.standing().filter(models.Q(until_on__isnull=True) | models.Q(until_on__gte=on))

    def public(self) -> Self:
        """Those that anybody may see: begun, not revoked, of people who live here still."""
        return self.standing().filter(from_on__lte=clock.today(), person__retired_at__isnull=True)

    def of_office(self, held: "Appointment") -> Self:
        """Who held the office of `held` over time and who stood in, oldest first; called off on the first day: none."""
        same = models.Q(title__iexact=held.title, deputy_for__isnull=True)
        stood_in = models.Q(deputy_for__title__iexact=held.title)
        begun = self.filter(same | stood_in, role=held.role, region=held.region, from_on__lte=clock.today())
        return begun.exclude(revoked_at__date__lte=models.F("from_on")).order_by("from_on", "pk")

    def awaiting_work(self, on: date) -> Self:
        """Successors whose day has come, and to whom their predecessors' work has not passed yet."""
        return self.standing().filter(
            takes_over_from__isnull=False, work_passed_at__isnull=True, from_on__lte=on
        )

    def ending(self, on: date) -> Self:
        """Those that end within a month, none that is no longer than that itself."""
        return self.standing().filter(
            until_on__range=(on, on + NOTICE_OF_END), from_on__lte=models.F("until_on") - NOTICE_OF_END
        )

    def ending_soon(self, on: date) -> Self:
        """Those of which nobody has been told yet that they end."""
        return self.ending(on).filter(end_told_at__isnull=True)

    def without_successor(self) -> Self:
        """Those that nobody takes over as yet."""
        following = Appointment.objects.standing().filter(takes_over_from=models.OuterRef("pk"))
        return self.filter(~models.Exists(following))

    @transaction.atomic
    def make(self, *, person: "Person", role: Role, by: "User", **fields: Any) -> "Appointment":
        """See `Person.appoint`."""
        _refuse_unless_entitled(by, person)
        if person.retired_at:
            raise ValidationError({"person": "Orang ini sudah dinyatakan tidak aktif di buku alamat."})
        appointment = Appointment(person=person, role=role, appointed_by=by, **fields)
        appointment.full_clean()
        appointment.save()
        by.forget_appointments()
        appointment.forget()
        appointment.tell_beginning(by=by)
        record("appointment.made", appointment, appointment.facts())
        return appointment


def _refuse_unless_entitled(by: "User", person: "Person") -> None:
    # A village without an Admin Desa is being founded: its first officials are named by whoever sets it up.
    founding = not Appointment.objects.current(clock.today()).filter(role=Role.ADMIN).exists()
    if founding or by.is_superuser:
        return
    by.forget_appointments()
    if not by.has_perm("residents.add_appointment") or person.user_id == by.pk:
        raise NotTheirsToAppoint(
            "Penugasan hanya ditetapkan oleh Admin Desa atau Kepala Desa, bukan untuk diri sendiri."
        )


class Appointment(Succession, VillageRow):
    """A *penugasan*: this person holds this role, here, from then until then, by that decree.

    The village's officials are its appointments: they open admin, stand on the page of who answers for what, and sign.
    """

    person = models.ForeignKey(
        "residents.Person", models.PROTECT, related_name="appointments", verbose_name="orang"
    )
    role = models.CharField("penugasan", max_length=12, choices=Role)
    title = models.CharField(
        "jabatan",
        max_length=80,
        help_text="Seperti tercetak di bawah tanda tangan, misalnya Sekretaris Desa.",
    )
    region = models.ForeignKey(
        "village.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah tugas",
        help_text="Kosongkan bila seluruh desa. Kepala Dusun wajib mempunyai wilayah.",
    )
    from_on = models.DateField("sejak")
    until_on = models.DateField("sampai dengan", null=True, blank=True)
    decree_number = models.CharField("nomor SK", max_length=80, blank=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True, editable=False)
    revoked_reason = models.CharField("alasan pencabutan", max_length=200, blank=True, editable=False)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ditetapkan oleh",
    )
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(AppointmentQuerySet)

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["role", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="appointment_ends_after_it_begins",
                violation_error_message="Tanggal akhir tidak boleh mendahului tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.HAMLET_HEAD) | models.Q(region__isnull=False),
                name="hamlet_head_has_a_hamlet",
                violation_error_message="Kepala Dusun harus mempunyai wilayah tugas.",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_for__isnull=True) | models.Q(until_on__isnull=False),
                name="a_deputy_has_a_last_day",
                violation_error_message="Tulis sampai kapan pengganti bertugas.",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_for__isnull=True) | models.Q(takes_over_from__isnull=True),
                name="a_deputy_takes_over_no_office",
                violation_error_message="Pengganti sementara tidak menerima serah terima jabatan.",
            ),
            models.UniqueConstraint(
                fields=["takes_over_from"],
                condition=models.Q(revoked_at__isnull=True),
                name="an_office_is_handed_over_once",
                violation_error_message="Serah terima jabatan ini sudah dicatat.",
            ),
            ExclusionConstraint(
                expressions=[
                    ("deputy_for", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(deputy_for__isnull=False, revoked_at__isnull=True),
                name="one_deputy_at_a_time",
                violation_error_message="Pada masa itu jabatan ini sudah mempunyai pengganti.",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "role"]),
            GinIndex(fields=["search"], name="appointment_search"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.person}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.search = self._words()
        super().save(*args, **kwargs)

    def _words(self) -> str:
        return vector((self.title, "A"), (self.person.name, "A"), (self.get_role_display(), "B"))

    def get_absolute_url(self) -> str:
        """The page of the office, whoever holds it."""
        return reverse("office_detail", args=[self.deputy_for_id or self.pk])

    @property
    def office(self) -> str:
        """What the office is called, with its region where the title does not say it."""
        if self.region is None or self.region.name.lower() in self.title.lower():
            return self.title
        return f"{self.title} {self.region}"

    @property
    def last_day(self) -> date | None:
        """The day on which it ended or will end; None where nobody has set one."""
        revoked_on = timezone.localtime(self.revoked_at).date() if self.revoked_at else None
        return min(filter(None, (revoked_on, self.until_on)), default=None)

    @property
    def span(self) -> str:
        """From when until when: "sejak 2 Januari 2024", "2 Januari 2024 sampai dengan 1 Januari 2030"."""
        since = words.long_date(self.from_on)
        return (
            f"{since} sampai dengan {words.long_date(self.last_day)}" if self.last_day else f"sejak {since}"
        )

    @property
    def facts_line(self) -> str:
        """Who holds it and since when, by which decree."""
        return " · ".join(filter(None, (str(self.person), self.span, self.decree_number)))

    @property
    def is_current(self) -> bool:
        today = clock.today()
        return (
            not self.revoked_at
            and self.from_on <= today
            and (self.until_on is None or today <= self.until_on)
        )

    def forget(self) -> None:
        if self.person.user:
            self.person.user.forget_appointments()

    def facts(self) -> dict[str, Any]:
        """What the ledger says for ever: an office is public, its holder's name stands in the row alone."""
        return {
            "role": self.role,
            "person": self.person_id,
            "region": self.region_id,
            "from": self.from_on,
            "until": self.until_on,
            "decree": self.decree_number,
        } | ({"deputy_for": self.deputy_for_id} if self.deputy_for_id else {})

    @transaction.atomic
    def revoke(self, *, reason: str, by: "User") -> None:
        """End the appointment before its day, for a reason that the ledger seals; whoever deputises ends with it.

        Raises NotTheirsToAppoint where `by` may not, ValidationError without a reason, or where the village would be
        left without an Admin Desa.
        """
        if not reason.strip():
            raise ValidationError("Tulis alasan pencabutan.")
        revoke_all([self], reason=reason, by=by)
        self.refresh_from_db(fields=["revoked_at", "revoked_reason"])
        self.forget()


@transaction.atomic
def revoke_all(held: Iterable[Appointment], *, reason: str, by: "User") -> None:
    """End all of these at once, and those who deputise for them. Raises as `Appointment.revoke`."""
    if not (by.is_superuser or by.has_perm("residents.revoke_appointment")):
        raise NotTheirsToAppoint("Penugasan hanya dicabut oleh Admin Desa atau Kepala Desa.")
    keys = [each.pk for each in held]
    # The rows of all admins are locked too, so that two cannot revoke each other at once; and all before the record.
    concerned = models.Q(pk__in=keys) | models.Q(deputy_for__in=keys) | models.Q(role=Role.ADMIN)
    rows = Appointment.objects.unfinished(clock.today()).filter(concerned)
    locked = list(rows.select_for_update(of=("self",)).select_related("person__user").order_by("pk"))
    ending = [each for each in locked if each.pk in keys or each.deputy_for_id in keys]
    staying = [each for each in locked if each not in ending and each.is_current and each.role == Role.ADMIN]
    if not staying and not by.is_superuser and any(_keeps_the_keys(each) for each in ending):
        raise ValidationError("Ini satu-satunya Admin Desa. Tetapkan penggantinya dahulu.")
    Appointment.objects.filter(pk__in=[each.pk for each in ending]).update(
        revoked_at=clock.now(), revoked_reason=reason
    )
    for each in ending:
        each.forget()
        each.tell_revocation(by=by)
    for each in ending:
        record("appointment.ended", each, each.facts(), sealed={"reason": reason})


def _keeps_the_keys(held: Appointment) -> bool:
    return held.role == Role.ADMIN and held.is_current
