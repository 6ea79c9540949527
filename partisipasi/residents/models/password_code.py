import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village, every_village
from partisipasi.ledger.chain import record
from partisipasi.residents import codes
from partisipasi.residents.phones import looks_like_one

from .appointment import Appointment
from .person import TO_NOTICE, Person
from .user import User

if TYPE_CHECKING:
    from datetime import datetime

VALID_FOR = timedelta(hours=24)
ATTEMPTS = 8
"""Wrong codes after which a code opens nothing any more."""

_PURPOSE = "password-code"


class NotTheirsToGive(PermissionDenied):
    """Only an official who knows the person gives a code, and for an official's account only who appoints."""


class PasswordCodeNotTaken(ValidationError):
    """One answer for unknown accounts and for wrong, old, used and withdrawn codes."""

    def __init__(self) -> None:
        super().__init__(
            "Nama akun dan kode ini tidak cocok, atau kodenya sudah tidak berlaku. Periksa lagi keduanya, "
            "atau mintalah kode baru.",
            code="code",
        )


@dataclass(frozen=True)
class GivenCode:
    """A code at the one moment when it can be read."""

    row: "PasswordCode"
    code: str

    @property
    def written(self) -> str:
        return codes.written(self.code)


class PasswordCodeQuerySet(models.QuerySet["PasswordCode"]):
    def unused(self) -> Self:
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True)

    def open(self) -> Self:
        """Codes that open now."""
        return self.unused().filter(expires_at__gt=clock.now(), attempts__lt=ATTEMPTS)

    def forgotten(self, moment: "datetime") -> Self:
        """Codes that ended before `moment`."""
        return self.filter(expires_at__lt=moment)

    @transaction.atomic
    def give(self, person: Person, *, by: User) -> GivenCode:
        """A new code for the account of `person`; an earlier one opens nothing any more. The account is told.

        Raises NotTheirsToGive where `by` may not, ValidationError where the account cannot have one.
        """
        # Two clerks at once leave one open code.
        person = (
            Person.objects.select_for_update(of=("self",)).select_related("user", "region").get(pk=person.pk)
        )
        refuse_code(person, by)
        self.unused().filter(user=person.user).update(withdrawn_at=clock.now())
        code = codes.new()
        row = self.create(
            user=person.user,
            code_hash=_fingerprint(code),
            expires_at=clock.now() + VALID_FOR,
            given_by=by,
        )
        row.tell(
            "Petugas desa membuatkan kode kata sandi untuk akun Anda. Bila Anda tidak memintanya, hubungi kantor desa."
        )
        record("password_code.given", person, {"by": by.pk})
        return GivenCode(row, code)

    def redeem(self, login: str, typed: str, password: str) -> User:
        """Whoever holds the code gives the account called `login` a new password; all its sessions end.

        Raises PasswordCodeNotTaken, or ValidationError for a password too much like the account's own name: then the
        code stays open.
        """
        # The slow part is the same for every name and code, so that the time of an answer tells nothing.
        hashed = make_password(password)
        user = self._taken(_account_called(login), codes.typed(typed), password, hashed)
        if user is None:
            raise PasswordCodeNotTaken
        return user

    @transaction.atomic
    def _taken(self, user: User | None, code: str, password: str, hashed: str) -> User | None:
        # The row's lock counts every wrong attempt and lets one of two right ones through.
        held = self.open().filter(user=user).select_for_update(of=("self",)).first()
        if held is None or user is None:
            return None
        if not hmac.compare_digest(held.code_hash, _fingerprint(code)):
            held.attempts += 1
            held.save(update_fields=["attempts"])
            return None
        person = Person.objects.active().of(user)
        if person is None or _refusal(person, held.given_by):
            return None
        try:
            validate_password(password, user)
        except ValidationError as refusal:
            raise ValidationError({"password1": refusal.messages}) from refusal
        held.used_at = clock.now()
        held.save(update_fields=["used_at"])
        user.password = hashed
        user.save(update_fields=["password"])
        held.tell("Kata sandi akun Anda baru saja diganti dengan kode dari petugas desa.")
        record("password_code.used", person, {"by": held.given_by_id})
        return user


class PasswordCode(VillageRow):
    """A one-time code by which a forgotten password is replaced. It is on the slip, or in the ear, alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="akun")
    code_hash = models.CharField(max_length=64, editable=False)
    given_at = models.DateTimeField("dibuat pada", default=clock.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dibuat oleh"
    )
    expires_at = models.DateTimeField("berlaku sampai")
    attempts = models.PositiveSmallIntegerField("percobaan salah", default=0)
    used_at = models.DateTimeField("dipakai pada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("diganti pada", null=True, blank=True)

    objects = ScopedManager(PasswordCodeQuerySet)

    class Meta:
        verbose_name = "kode kata sandi"
        verbose_name_plural = "kode kata sandi"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "user"],
                condition=models.Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_password_code_per_account",
                violation_error_message="Akun ini masih mempunyai kode yang berlaku.",
            )
        ]
        indexes = [models.Index(fields=["village", "expires_at"])]

    def __str__(self) -> str:
        return f"Kode kata sandi {self.user}"

    def tell(self, text: str) -> None:
        from partisipasi.residents import notices

        notices.tell([self.user], "password-code", text, path="/akun/")


def refuse_code(person: Person, by: User) -> None:
    """Raises NotTheirsToGive where `by` may give `person` no code, ValidationError where nobody here may."""
    refusal = _refusal(person, by)
    if refusal:
        raise refusal


def _refusal(person: Person, by: User) -> Exception | None:
    by.forget_appointments()
    user: Any = person.user
    if not by.has_perm("residents.give_password_code", person):
        return NotTheirsToGive("Kode kata sandi hanya dibuat oleh petugas yang mengenal orangnya.")
    if user is None or not user.is_active or person.retired_at:
        return ValidationError("Orang ini tidak mempunyai akun yang aktif.")
    if user.is_superuser:
        return ValidationError("Akun ini milik pengelola portal. Kata sandinya tidak diganti dengan kode.")
    if person.was_lately_connected_by(by):
        return NotTheirsToGive(
            f"Anda sendiri yang menghubungkan akun ini, kurang dari {TO_NOTICE.days} hari yang lalu. "
            "Mintalah petugas lain, misalnya Sekretaris Desa atau Admin Desa, untuk membuat kodenya."
        )
    if user == by:
        return ValidationError("Untuk akun Anda sendiri, pakai halaman Ganti kata sandi.")
    if _known_elsewhere(user):
        return ValidationError(
            "Akun ini dipakai juga di desa lain. Kata sandinya hanya dapat diganti lewat surel yang sudah dipastikan."
        )
    in_office = Appointment.objects.unfinished(clock.today()).of(person).exists()
    if in_office and not by.has_perm("residents.give_official_password_code"):
        return NotTheirsToGive("Kode untuk akun petugas desa hanya dibuat oleh Admin Desa atau Kepala Desa.")
    return None


def _known_elsewhere(user: User) -> bool:
    # A village must not open an account with which somebody works or votes in another.
    here = current_village()
    with every_village():
        return Person.objects.active().filter(user=user).exclude(village=here).exists()


def _account_called(login: str) -> User | None:
    number = looks_like_one(login)
    by_phone = User.objects.signing_in_with_phone(number).filter(is_active=True).first() if number else None
    return by_phone or User.objects.filter(username__iexact=login.strip(), is_active=True).first()


def _fingerprint(code: str) -> str:
    return codes.fingerprint(code, current_village().pk, _PURPOSE)
