"""What people ask about their own data."""

import uuid
from typing import Any

from django import forms

from partisipasi.residents.forms import ReauthenticateForm


class _SentOnce(forms.Form):
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid.uuid4


def _words(label: str, help_text: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
        error_messages={"required": missing, "max_length": "Persingkat sampai 2.000 huruf."},
    )


class CorrectionForm(_SentOnce):
    text = _words(
        "Data mana yang salah?",
        "Misalnya: alamat saya tertulis RT 02.",
        "Tulis data mana yang salah.",
    )
    right = _words("Apa yang benar?", "Misalnya: saya tinggal di RT 03.", "Tulis apa yang benar.")


class ObjectionForm(_SentOnce):
    text = _words(
        "Data mana, dan untuk apa sebaiknya tidak dipakai lagi?",
        "Misalnya: jangan hubungi saya lewat nomor keluarga.",
        "Tulis data mana dan untuk apa.",
    )


class ErasureForm(ReauthenticateForm):
    """Erasure is confirmed by the password, whoever sits before the screen."""

    understood = forms.BooleanField(
        label="Saya sudah membaca apa yang dihapus dan apa yang tetap disimpan.",
        error_messages={"required": "Baca dahulu daftar di atas, lalu centang ini."},
    )
    field_order = ["understood", "password"]
