"""The forms of forgotten passwords without e-mail."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from .accounts import GOOD_PASSWORD, PlainWords


class PasswordCodeForm(forms.Form):
    """An account's name, the code from an official, and the new password twice."""

    login = forms.CharField(
        label="Nama pengguna",
        max_length=150,
        help_text="Boleh juga nomor HP yang dipakai untuk masuk.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Tulis nama pengguna akun Anda."},
    )
    code = forms.CharField(
        label="Kode dari petugas",
        max_length=40,
        help_text="Sembilan huruf dan angka, misalnya K7M-2QX-9RD. Huruf besar dan kecil sama saja.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Tulis kode yang Anda terima dari petugas."},
    )
    password1 = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Tulis kata sandi baru."},
    )
    password2 = forms.CharField(
        label="Kata sandi baru sekali lagi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Tulis kata sandi baru sekali lagi."},
    )

    def clean_password1(self) -> str:
        # Without the account, which nobody has shown to be his yet.
        validate_password(self.cleaned_data["password1"])
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", PlainWords.same_twice)
        return cleaned
