import enum
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village, every_village
from partisipasi.ledger.chain import record
from partisipasi.residents import nik
from partisipasi.residents.phones import PhoneField

from .appointment import Appointment, NotTheirsToAppoint, Role, revoke_all
from .unsur import Unsur

if TYPE_CHECKING:
    from partisipasi.village.models import Region

    from .user import User


TO_NOTICE = timedelta(days=30)
"""How long whoever ties an account to a person opens it by no code: its holder may be somebody else."""


class Standing(enum.StrEnum):
    """What somebody is in the village in scope."""

    ANONYMOUS = "anonymous"
    GUEST = "guest"
    """Has an account, but no row in this village's address book."""
    UNVERIFIED = "unverified"
    VERIFIED = "verified"


class PersonQuerySet(models.QuerySet["Person"]):
    def of(self, user: "User") -> "Person | None":
        """The person whom this account belongs to in the village in scope."""
        return self.filter(user=user).first() if user.is_authenticated else None

    def standing_of(self, user: "User") -> Standing:
        """What this visitor is here: decides what is held for a moderator, and who may vote and propose."""
        if not user.is_authenticated:
            return Standing.ANONYMOUS
        person = self.active().of(user)
        if person is None:
            return Standing.GUEST
        return Standing.VERIFIED if person.verified_at else Standing.UNVERIFIED

    def active(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def verified(self) -> Self:
        return self.active().filter(verified_at__isnull=False)

    def awaiting_verification(self) -> Self:
        """People with an account whom no official has yet known in person."""
        return self.active().filter(user__isnull=False, verified_at__isnull=True)

    def receiving_letters(self) -> Self:
        """Those to whom a letter with a code may go: not yet verified, and without an office.

        An office hangs on the person, and who holds one is verified in person.
        """
        offices = Appointment.objects.filter(person=models.OuterRef("pk"), revoked_at__isnull=True)
        return self.active().filter(~models.Exists(offices), verified_at__isnull=True)

    def named_like(self, text: str) -> Self:
        return self.filter(name__icontains=text)

    def with_nik(self, number: str) -> Self:
        """Whoever gave this NIK. Raises ValidationError for what is none."""
        return self.filter(nik_hmac=nik.fingerprint(number, current_village().pk))


class Person(VillageRow):
    """A row of the village's address book, with or without an account."""

    class Sex(models.TextChoices):
        MALE = "L", "laki-laki"
        FEMALE = "P", "perempuan"

    class AgeGroup(models.TextChoices):
        CHILD = "<18", "di bawah 18 tahun"
        YOUTH = "18-24", "18–24 tahun"
        ADULT = "25-44", "25–44 tahun"
        MIDDLE = "45-59", "45–59 tahun"
        SENIOR = "60+", "60 tahun ke atas"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="akun",
    )
    connected_at = models.DateTimeField("akun dihubungkan pada", null=True, blank=True, editable=False)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="akun dihubungkan oleh",
    )
    name = models.CharField("nama", max_length=120)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex, blank=True)
    age_group = models.CharField("kelompok umur", max_length=5, choices=AgeGroup, blank=True)
    guardian = models.CharField(
        "nama wali", max_length=120, blank=True, help_text="Wajib bagi yang berumur di bawah 18 tahun."
    )
    region = models.ForeignKey(
        "village.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wilayah"
    )
    address = models.CharField("alamat", max_length=200, blank=True)
    unsur = models.ForeignKey(
        Unsur, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unsur"
    )
    phone = PhoneField("nomor HP", blank=True, help_text="Boleh nomor keluarga; contoh 0812 3456 7890.")
    nik_hmac = models.CharField(max_length=64, blank=True, editable=False)
    nipd = models.CharField("NIP/NIPD", max_length=30, blank=True, help_text="Hanya bagi perangkat desa.")
    bodies = models.ManyToManyField(
        "residents.Body", through="residents.Membership", related_name="people", verbose_name="lembaga"
    )
    verified_at = models.DateTimeField("diverifikasi pada", null=True, blank=True, editable=False)
    retired_at = models.DateTimeField("tidak aktif sejak", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("dicatat pada", default=clock.now, editable=False)

    objects = ScopedManager(PersonQuerySet)

    class Meta:
        verbose_name = "orang"
        verbose_name_plural = "buku alamat"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "user"],
                name="one_person_per_account_and_village",
                violation_error_message="Akun ini sudah terhubung dengan orang lain di desa ini.",
            ),
            models.UniqueConstraint(
                fields=["village", "nik_hmac"],
                condition=~models.Q(nik_hmac=""),
                name="nik_once_per_village",
                violation_error_message="NIK ini sudah tercatat atas nama orang lain.",
            ),
            models.CheckConstraint(
                condition=~models.Q(age_group="<18") | ~models.Q(guardian=""),
                name="a_minor_has_a_guardian",
                violation_error_message="Tulis nama wali, karena yang bersangkutan berumur di bawah 18 tahun.",
            ),
        ]
        indexes = [models.Index(fields=["village", "name"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_renamed = not self._state.adding and "name" in (kwargs.get("update_fields") or ["name"])
        super().save(*args, **kwargs)
        if is_renamed:
            Appointment.objects.of(self).find_by_present_names()

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        if self.is_minor and not self.guardian.strip():
            raise ValidationError(
                {"guardian": "Tulis nama wali, karena yang bersangkutan berumur di bawah 18 tahun."}
            )

    @property
    def is_minor(self) -> bool:
        return self.age_group == self.AgeGroup.CHILD

    @classmethod
    def known_elsewhere(cls, user: "User") -> bool:
        """Does any village have a row with this account?"""
        with every_village():
            return cls.objects.filter(user=user).exists()

    def remember_nik(self, number: str) -> None:
        """Keep the fingerprint of this NIK, not the NIK. Raises ValidationError for a wrong or another's one."""
        self.nik_hmac = nik.fingerprint(number, self.village.pk)
        self.validate_constraints()
        self.save(update_fields=["nik_hmac"])

    def refuse_new_account(self, *, by: "User") -> None:
        """Offices hang on the person: to give an official another account is to appoint somebody.

        Raises NotTheirsToAppoint where `by` may not appoint.
        """
        holds_office = self.pk and self.appointments.filter(revoked_at__isnull=True).exists()
        if holds_office and not by.has_perm("residents.add_appointment"):
            raise NotTheirsToAppoint("Akun petugas desa hanya diubah oleh Admin Desa atau Kepala Desa.")

    @transaction.atomic
    def connect(self, user: "User | None", *, by: "User") -> None:
        """Tie this row to the account of the same human, or untie it. The account is told.

        Raises NotTheirsToAppoint for an official's row, ValidationError where the account has a row here already.
        """
        self.refuse_new_account(by=by)
        self.user, self.connected_at, self.connected_by = user, clock.now(), by
        try:
            with transaction.atomic():
                self.save(update_fields=["user", "connected_at", "connected_by"])
        except IntegrityError as error:
            raise ValidationError("Akun ini sudah terhubung dengan orang lain di desa ini.") from error
        self._tell_connected(by)

    def _tell_connected(self, by: "User") -> None:
        from partisipasi.residents import notices

        if self.user:
            text = (
                "Petugas desa menghubungkan akun Anda dengan buku alamat desa. Bila Anda tidak memintanya, "
                "hubungi kantor desa."
            )
            notices.tell([self.user], "verification", text, path="/akun/", but=by)

    def was_lately_connected_by(self, user: "User") -> bool:
        """Did this user tie the account to this row, too short a time ago for its holder to have noticed?"""
        lately = self.connected_at is not None and self.connected_at > clock.now() - TO_NOTICE
        return lately and self.connected_by_id == user.pk

    def correct(self, **told: str) -> None:
        """What somebody says of himself: his address and his age group. Raises TypeError for anything else."""
        if beyond := told.keys() - {"address", "age_group"}:
            raise TypeError(f"Nobody corrects his own {', '.join(sorted(beyond))}.")
        for name, value in told.items():
            setattr(self, name, value)
        self.save(update_fields=list(told))

    @transaction.atomic
    def verify(self, *, by: "User", how: str = "in-person") -> None:
        """This person is known to be who the row says: voting, proposing and self check-in open.

        `how`: an official saw the person ("in-person"), or the person had the "letter" or gave a listed "nik".
        """
        taken = Person.objects.filter(pk=self.pk, verified_at__isnull=True).update(verified_at=clock.now())
        self.refresh_from_db(fields=["verified_at"])
        if taken:
            self._tell_verified(by)
            record("person.verified", self, {"by": by.pk, "how": how})

    def _tell_verified(self, by: "User") -> None:
        from partisipasi.residents import notices

        if self.user:
            text = "Akun Anda sudah terverifikasi. Kini Anda dapat mengusulkan dan ikut memilih."
            notices.tell([self.user], "verification", text, path="/akun/", but=by)

    @transaction.atomic
    def verify_in_person(self, user: "User | None", *, by: "User") -> None:
        """An official saw this person, the papers and the account `user`, if there is one: both are one from now on.

        Raises what `connect` raises.
        """
        if user and user != self.user:
            self.connect(user, by=by)
        self.verify(by=by)

    @transaction.atomic
    def retire(self, *, by: "User") -> None:
        """Moved away or died: the row stays for what it took part in, and is offered nowhere any more."""
        Person.objects.filter(pk=self.pk, retired_at__isnull=True).update(retired_at=clock.now())
        self.refresh_from_db(fields=["retired_at"])
        held = Appointment.objects.unfinished(clock.today()).of(self)
        if held.exists():
            revoke_all(held, reason="Tidak lagi tercatat sebagai warga aktif.", by=by)

    def appoint(
        self,
        *,
        role: Role | str,
        by: "User",
        title: str = "",
        region: "Region | None" = None,
        from_on: date | None = None,
        until_on: date | None = None,
        decree_number: str = "",
    ) -> Appointment:
        """Give this person a role, for the whole village or a region, from today or a given day.

        Raises NotTheirsToAppoint where `by` may not, ValidationError where the appointment cannot be.
        """
        fields: dict[str, Any] = {
            "title": title or Role(role).label,
            "region": region,
            "from_on": from_on or clock.today(),
            "until_on": until_on,
            "decree_number": decree_number,
        }
        return Appointment.objects.make(person=self, role=Role(role), by=by, **fields)
