"""Our rules for allauth: how accounts are made and signed in, and how it speaks and writes to people."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import get_user_by_username
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from partisipasi.db import current_village
from partisipasi.http import client_address

from . import phones
from .models import User

WRONG = "Nama pengguna atau kata sandi tidak cocok. Periksa lagi huruf besar dan kecilnya."


# Names that would speak for the village or the portal.
RESERVED = frozenset(
    [
        "admin",
        "administrator",
        "anonim",
        "bpd",
        "bupati",
        "camat",
        "desa",
        "kades",
        "kadus",
        "kepala-desa",
        "kepaladesa",
        "kpk",
        "moderator",
        "operator",
        "partisipasi",
        "pemdes",
        "pemerintah-desa",
        "pendamping",
        "pengawas",
        "perangkat-desa",
        "petugas",
        "portal",
        "ppid",
        "root",
        "sekdes",
        "sekretaris",
        "sistem",
    ]
)


class SignInBackend(AuthenticationBackend):
    """Allauth's sign-in, and that alone: permissions come from appointments (`permissions.AppointmentBackend`).

    A user name, a confirmed e-mail address or a confirmed phone number name an account; what is not confirmed does not.
    """

    def _authenticate_by_username(self, username: str, password: str) -> Any:
        number = phones.looks_like_one(username)
        by_phone = User.objects.signing_in_with_phone(number).first() if number else None
        return self._check_password(by_phone or get_user_by_username(username), password)

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        confirmed = (
            EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
        )
        return self._check_password(confirmed.user if confirmed else None, password)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by username and password; a confirmed e-mail and a confirmed phone are further names for signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Akun ini sedang tidak aktif.",
        "cannot_remove_primary_email": "Alamat surel utama tidak dapat dihapus.",
        "duplicate_email": "Alamat surel ini sudah ada pada akun Anda.",
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "enter_current_password": "Kata sandi ini bukan kata sandi Anda yang sekarang.",
        "incorrect_code": "Kode ini tidak cocok. Tulis kode yang sedang tampil di aplikasi.",
        "incorrect_password": "Kata sandi ini tidak cocok.",
        "invalid_or_expired_key": "Tautan ini sudah tidak berlaku.",
        "invalid_login": WRONG,
        "invalid_password_reset": "Tautan ini sudah tidak berlaku.",
        "same_as_current": "Isi yang baru harus berbeda dari yang sekarang.",
        "too_many_login_attempts": "Terlalu banyak percobaan masuk. Tunggu lima menit, lalu coba lagi.",
        "rate_limited": "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.",
        "unverified_primary_email": "Alamat surel utama harus dipastikan dahulu.",
        "username_blacklisted": "Nama pengguna ini tidak dapat dipakai. Pilih nama lain.",
        "username_taken": "Nama pengguna ini sudah dipakai. Pilih nama lain.",
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if username.lower() in RESERVED:
            raise self.validation_error("username_blacklisted")
        return super().clean_username(username, shallow)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def format_email_subject(self, subject: str) -> str:
        return f"[{current_village().full_name}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails speak for the village, and their addresses are its own, never the request's."""
        village = current_village()
        self.render_mail(
            template_prefix, email, {"village": village, "email": email} | context | self._addresses()
        ).send()

    @staticmethod
    def _addresses() -> dict[str, str]:
        url = current_village().url
        return {
            "portal_url": url("/"),
            "signup_url": url(reverse("account_signup")),
            "forgotten_url": url(reverse("account_reset_password")),
        }

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return current_village().url(path.replace("UID-KEY", key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return current_village().url(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_detail")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account_detail" if self.request.user.is_authenticated else "account_login")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor in Indonesian, its secrets not in clear in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Verifikasi dua langkah tidak dapat dimatikan.",
        "cannot_generate_recovery_codes": "Aktifkan dahulu verifikasi dua langkah.",
        "incorrect_code": "Kode ini tidak cocok. Tulis kode yang sedang tampil di aplikasi.",
    }

    def get_totp_issuer(self) -> str:
        return current_village().full_name

    def get_totp_label(self, user: Any) -> str:
        return user.get_username()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.DATA_KEY).digest()
    return Fernet(base64.urlsafe_b64encode(key))
