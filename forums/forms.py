import re
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from .models import Post

_UNPRINTABLE = re.compile(r"[^\S\n]+$|[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", re.MULTILINE)


def clean_prose(text: str) -> str:
    """What people typed, without control characters and with at most one empty line in a row."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class ReplyForm(forms.Form):
    """A reply to a topic, or to one post of it. The nonce makes a form sent twice one reply."""

    body = forms.CharField(
        label="Tanggapan Anda",
        max_length=4000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
        help_text="Tulis dengan sopan. Jangan menuliskan nomor HP, NIK, atau alamat siapa pun.",
        error_messages={
            "required": "Tuliskan tanggapan Anda dahulu.",
            "max_length": "Tanggapan terlalu panjang: paling banyak %(limit_value)d karakter, "
            "sekarang %(show_value)d.",
        },
    )
    reply_to = forms.ModelChoiceField(Post.objects.none(), required=False, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply_to"].queryset = posts
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.add_input(Submit("", "Kirim tanggapan"))

    def clean_body(self) -> str:
        body = clean_prose(self.cleaned_data["body"])
        if not body:
            raise forms.ValidationError("Tuliskan tanggapan Anda dahulu.")
        return body


class ModerationForm(forms.Form):
    """Why a post is hidden or restored; its author reads the reason."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Penulis tanggapan akan membaca alasan ini.",
        error_messages={"required": "Tuliskan alasannya; penulis tanggapan akan membacanya."},
    )

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("", button))
