"""Taking a certificate back, giving it anew, and typing its code."""

from typing import Any

from django import forms

from partisipasi.residents import codes

from .parts import ReasonForm, bare_helper


class WithdrawForm(ReasonForm):
    """Why a certificate counts no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, help_text="Pemegangnya membaca alasan ini. Tidak tampil untuk umum.", **kwargs
        )


class ReissueForm(WithdrawForm):
    """The name as it should stand."""

    name = forms.CharField(
        label="Nama pada sertifikat",
        max_length=120,
        error_messages={"required": "Tulis nama yang benar."},
    )
    field_order = ["name", "reason"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class CodeForm(forms.Form):
    """The code that stands on a certificate; cleans to it as it is written there."""

    kode = forms.CharField(
        label="Kode sertifikat",
        max_length=30,
        help_text="Sembilan huruf dan angka di bawah kode QR, contoh K7M-2QX-9RD.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Tulis kodenya."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean_kode(self) -> str:
        code = codes.typed(self.cleaned_data["kode"])
        if not code:
            raise forms.ValidationError(
                "Periksa lagi kodenya: sembilan huruf dan angka, tanpa 0, O, 1, I, dan L."
            )
        return codes.written(code)
