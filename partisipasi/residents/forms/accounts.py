"""The forms of accounts: allauth's, in plain Indonesian and without labels inside the fields."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.http import HttpRequest

from partisipasi.db import current_village
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, User
from partisipasi.residents.phones import PhoneFormField, looks_like_one

GOOD_PASSWORD = "Paling sedikit 10 huruf atau angka; jangan kata yang umum dan jangan nama Anda."  # noqa: S105 - what it takes


def _consent_by_saving() -> str:
    words = consents.latest(consents.CONTACT).to(current_village().full_name)
    return f"Dengan menyimpannya Anda menyatakan: “{words}”"


class PlainWords:
    """Our labels and help on a form made elsewhere; a label is never a placeholder."""

    labels: ClassVar[dict[str, str]] = {}
    helps: ClassVar[dict[str, str]] = {}
    same_twice = "Kata sandi ini tidak sama dengan yang di atas."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")

    def add_error(self, field: str | None, error: Any) -> None:
        typed = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")  # type: ignore[attr-defined]
        if field == "password2" and all(typed) and typed[0] != typed[1]:
            error = self.same_twice
        super().add_error(field, error)  # type: ignore[misc]


class SignInForm(PlainWords, account.LoginForm):
    labels: ClassVar = {
        "login": "Nama pengguna",
        "password": "Kata sandi",
        "remember": "Tetap masuk di perangkat ini",
    }
    helps: ClassVar = {
        "login": "Boleh juga surel atau nomor HP yang sudah dipastikan.",
        "remember": "Jangan dicentang pada HP atau komputer yang dipakai bersama.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        # However a number is written, its wrong passwords count together.
        login = super().clean_login()
        return looks_like_one(login) or login


class SignUpForm(PlainWords, account.SignupForm):
    """A name and a password are enough; e-mail and phone only help later."""

    labels: ClassVar = {
        "username": "Nama pengguna",
        "password1": "Kata sandi",
        "password2": "Kata sandi sekali lagi",
        "email": "Surel (boleh kosong)",
        "phone": "Nomor HP (boleh kosong)",
    }
    helps: ClassVar = {
        "username": "Nama yang tampil di samping tulisan Anda: huruf, angka, titik, dan tanda hubung.",
        "password1": GOOD_PASSWORD,
        "email": "Dengan surel, kata sandi yang terlupa dapat diganti sendiri.",
        "phone": "Agar petugas dapat menghubungi Anda. Tidak pernah ditampilkan.",
    }
    field_order: ClassVar = [
        "username",
        "password1",
        "password2",
        "email",
        "phone",
        "agrees_to_account",
        "agrees_to_contact",
        "website",
    ]

    phone = PhoneFormField(required=False)
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )
    """For machines that fill every field: people do not see it."""
    agrees_to_account = forms.BooleanField(
        error_messages={"required": "Centang persetujuan ini untuk membuat akun."}
    )
    agrees_to_contact = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in (("account", consents.ACCOUNT), ("contact", consents.CONTACT)):
            words = consents.latest(purpose).to(current_village().full_name)
            self.fields[f"agrees_to_{name}"].label = words

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned and (cleaned.get("email") or cleaned.get("phone")) and not cleaned["agrees_to_contact"]:
            self.add_error(
                "agrees_to_contact", "Centang persetujuan ini, atau kosongkan surel dan nomor HP di atas."
            )
        if cleaned and cleaned.get("website"):
            raise forms.ValidationError(
                "Pendaftaran tidak dapat diproses. Muat ulang halaman, lalu coba lagi."
            )
        return cleaned

    def signup(self, request: HttpRequest, user: User) -> None:
        user.change_phone(self.cleaned_data["phone"])
        Consent.objects.give(user, consents.ACCOUNT)
        if self.cleaned_data["agrees_to_contact"]:
            Consent.objects.give(user, consents.CONTACT)


class AddEmailForm(PlainWords, account.AddEmailForm):
    labels: ClassVar = {"email": "Alamat surel baru"}
    helps: ClassVar = {"email": "Kami mengirim tautan ke alamat ini untuk memastikannya."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text += f" {_consent_by_saving()}"

    def save(self, request: HttpRequest) -> Any:
        Consent.objects.give(request.user, consents.CONTACT)
        return super().save(request)


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    labels: ClassVar = {
        "oldpassword": "Kata sandi sekarang",
        "password1": "Kata sandi baru",
        "password2": "Kata sandi baru sekali lagi",
    }
    helps: ClassVar = {"password1": GOOD_PASSWORD}


class NewPasswordForm(PlainWords, account.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": "Kata sandi baru", "password2": "Kata sandi baru sekali lagi"}
    helps: ClassVar = {"password1": GOOD_PASSWORD}


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    labels = NewPasswordForm.labels
    helps = NewPasswordForm.helps


class ForgottenPasswordForm(PlainWords, account.ResetPasswordForm):
    """A link goes to confirmed addresses only: whoever mistyped his own must not open the account to a stranger."""

    labels: ClassVar = {"email": "Alamat surel yang sudah dipastikan pada akun Anda"}

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
        self.users = [address.user for address in confirmed.select_related("user")]
        return email


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    labels: ClassVar = {"password": "Kata sandi"}


class CodeForm(PlainWords, second_factor.AuthenticateForm):
    labels: ClassVar = {"code": "Kode"}
    helps: ClassVar = {"code": "Enam angka dari aplikasi autentikator, atau salah satu kode cadangan."}


class ReauthenticateCodeForm(PlainWords, second_factor.ReauthenticateForm):
    labels = CodeForm.labels
    helps = CodeForm.helps


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):
    labels: ClassVar = {"code": "Kode dari aplikasi"}
    helps: ClassVar = {"code": "Enam angka yang sedang tampil di aplikasi."}


class PhoneForm(forms.Form):
    """The number by which the office reaches the holder of an account."""

    phone = PhoneFormField(
        label="Nomor HP", required=False, help_text="Contoh 0812 3456 7890. Kosongkan untuk menghapusnya."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text += f" {_consent_by_saving()}"
