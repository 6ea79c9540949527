"""What a reporter writes below the report."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from forums.forms import clean_prose


class ReplyForm(forms.Form):
    """A word to the officials who handle the report; nobody else reads it."""

    button = "Kirim balasan"

    text = forms.CharField(
        label="Balasan Anda",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Hanya dibaca petugas yang menangani laporan ini.",
        error_messages={
            "required": "Tulis balasan Anda dahulu.",
            "max_length": "Terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d.",
        },
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.form_action = action
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("", self.button))

    def clean_text(self) -> str:
        text = clean_prose(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError("Tulis balasan Anda dahulu.")
        return text


class ReopenForm(ReplyForm):
    """Why the matter is not settled after all."""

    button = "Buka kembali laporan"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Mengapa belum selesai"
