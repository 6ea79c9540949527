from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower

from partisipasi import clock
from partisipasi.db import Manager
from partisipasi.residents.phones import PhoneField

if TYPE_CHECKING:
    from partisipasi.residents.models import Appointment, Person
    from partisipasi.residents.permissions import Coverage


# Neither a phone number nor an address, so that the three names for signing in cannot be taken for each other; and
# plain letters, so that nobody can look like somebody else.
USERNAME = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9._-]{2,39}\Z",
    "Pakai 3–40 huruf, angka, titik, atau tanda hubung, dan mulai dengan huruf.",
)


class PhoneTaken(ValidationError):
    """Another account signs in with this number already."""


class UserQuerySet(models.QuerySet["User"]):
    def signing_in_with_phone(self, number: str) -> Self:
        """The one account that signs in with `number` (E.164), if a clerk has confirmed it."""
        return self.filter(phone=number, phone_confirmed_at__isnull=False)


class UserManager(BaseUserManager["User"], Manager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account of the installation: credentials only. Who somebody is in a village says Person."""

    username = models.CharField(
        "nama pengguna",
        max_length=40,
        unique=True,
        validators=[USERNAME],
        error_messages={"unique": "Nama pengguna ini sudah dipakai."},
        help_text="Huruf, angka, titik, dan tanda hubung; dimulai dengan huruf.",
    )
    email = models.EmailField("surel", blank=True)
    phone = PhoneField("nomor HP", blank=True, help_text="Contoh 0812 3456 7890.")
    phone_confirmed_at = models.DateTimeField("nomor HP dipastikan pada", null=True, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    is_superuser = models.BooleanField("pemilik instalasi", default=False)
    joined_at = models.DateTimeField("mendaftar pada", default=clock.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_unique_whatever_its_case",
                violation_error_message="Nama pengguna ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=models.Q(phone_confirmed_at__isnull=False),
                name="confirmed_phone_of_one_account",
                violation_error_message="Nomor ini sudah dipakai untuk masuk oleh akun lain.",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_short_name(self) -> str:
        return self.username

    get_full_name = get_short_name

    @property
    def is_staff(self) -> bool:
        """May this account enter admin in the village in scope?"""
        return self.is_active and (self.is_superuser or bool(self.appointments()))

    def appointments(self) -> "list[Appointment]":
        """The offices that this account's person holds today in the village in scope."""
        from partisipasi.residents import permissions

        return permissions.current_appointments(self)

    def forget_appointments(self) -> None:
        """Ask anew what this account may: an appointment has just been made or ended."""
        self.__dict__.pop("_appointments", None)

    def change_phone(self, number: str) -> None:
        """A number as contact. It signs in only once a clerk has confirmed it, so a change ends that."""
        if number != self.phone:
            self.phone, self.phone_confirmed_at = number, None
            self.save(update_fields=["phone", "phone_confirmed_at"])

    @transaction.atomic
    def forget_contacts(self) -> None:
        """No e-mail and no phone any more: nothing is sent there, and neither signs in."""
        from allauth.account.models import EmailAddress

        EmailAddress.objects.filter(user=self).delete()
        self.email, self.phone, self.phone_confirmed_at = "", "", None
        self.save(update_fields=["email", "phone", "phone_confirmed_at"])

    def confirm_phone(self, *, by: "User") -> None:
        """A clerk has seen that this account's number is its holder's: from now on it signs in.

        Raises PermissionDenied where `by` may not, PhoneTaken where another account signs in with the number.
        """
        if not by.has_perm("residents.confirm_phone_person"):
            raise PermissionDenied
        if not self.phone:
            raise ValidationError("Akun ini belum mencantumkan nomor HP.")
        self._sign_in_with_phone()

    def trust_phone_of(self, person: "Person") -> None:
        """Sign in with the number that the address book has of `person` too, if nobody else does."""
        if self.phone and self.phone == person.phone and not self.phone_confirmed_at:
            with suppress(PhoneTaken):
                self._sign_in_with_phone()

    def _sign_in_with_phone(self) -> None:
        self.phone_confirmed_at = clock.now()
        try:
            with transaction.atomic():
                self.save(update_fields=["phone_confirmed_at"])
        except IntegrityError as error:
            self.phone_confirmed_at = None
            raise PhoneTaken("Nomor ini sudah dipakai untuk masuk oleh akun lain.") from error

    @transaction.atomic
    def anonymise(self) -> None:
        """Leave of the account only that it was: no name, no address, no way in."""
        self.username, self.email, self.phone = f"terhapus-{self.pk}", "", ""
        self.phone_confirmed_at, self.is_active, self.last_login = None, False, None
        self.set_unusable_password()
        self.save()

    def coverage(self, perm: str) -> "Coverage":
        """How far `perm` reaches in the village in scope: everywhere, some regions, or nowhere."""
        from partisipasi.residents import permissions

        return permissions.coverage(self, perm)

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        if self.is_active and self.is_superuser:
            return True
        return any(
            backend.has_perm(self, perm, obj)
            for backend in auth.get_backends()
            if hasattr(backend, "has_perm")
        )

    def has_perms(self, perms: list[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        if self.is_active and self.is_superuser:
            return True
        return any(
            backend.has_module_perms(self, app_label)
            for backend in auth.get_backends()
            if hasattr(backend, "has_module_perms")
        )
