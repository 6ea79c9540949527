"""Choosing whom to tell by WhatsApp, and what."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from partisipasi.residents.models import Body, Person, Unsur
from partisipasi.village.models import Region


class RecipientSearchForm(forms.Form):
    """Whom to offer: a part of the village, an unsur, the members of a body, or those of one name."""

    wilayah = forms.ModelChoiceField(None, label="Wilayah", required=False, empty_label="Semua wilayah")
    unsur = forms.ModelChoiceField(None, label="Unsur", required=False, empty_label="Semua unsur")
    lembaga = forms.ModelChoiceField(
        None, label="Anggota lembaga", required=False, empty_label="Semua, anggota atau bukan"
    )
    cari = forms.CharField(label="Nama", required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("wilayah", Region), ("unsur", Unsur), ("lembaga", Body)):
            self.fields[name].queryset = model.objects.all()  # type: ignore[attr-defined]

    @property
    def is_asked(self) -> bool:
        """Was anything sent, even if it asks for everybody?"""
        return any(name in self.data for name in self.fields)

    def narrow(self, people: QuerySet[Person]) -> QuerySet[Person]:
        told = self.cleaned_data
        if told["wilayah"]:
            people = people.filter(region__path__startswith=told["wilayah"].path)
        if told["unsur"]:
            people = people.filter(unsur=told["unsur"])
        if told["lembaga"]:
            people = people.filter(memberships__body=told["lembaga"])
        return people.named_like(told["cari"]) if told["cari"] else people  # type: ignore[attr-defined]


class MessageListForm(forms.Form):
    """The text and who gets it. The nonce makes a form sent twice one list."""

    title = forms.CharField(
        label="Nama daftar",
        max_length=120,
        help_text="Hanya untuk petugas, misalnya: Undangan musdus Krajan.",
        error_messages={"required": "Beri daftar ini nama, agar mudah ditemukan lagi."},
    )
    text = forms.CharField(
        label="Teks pesan",
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="{nama} diganti dengan nama penerima. Jangan menuliskan NIK atau hal pribadi orang lain.",
        error_messages={
            "required": "Tulis teks pesannya dahulu.",
            "max_length": "Teks terlalu panjang: paling banyak %(limit_value)d karakter, "
            "sekarang %(show_value)d.",
        },
    )
    people = forms.ModelMultipleChoiceField(None, label="Penerima", required=False)
    bodies = forms.ModelMultipleChoiceField(None, label="Lembaga", required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Person],
        bodies: QuerySet[Body],
        has_links: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if has_links:
            said = "{tautan} diganti dengan alamat pribadi penerima."
            self.fields["text"].help_text = f"{said} {self.fields['text'].help_text}"
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["nonce"].initial = uuid.uuid4

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("people") or cleaned.get("bodies")
        if not chosen and not {"people", "bodies"} & self.errors.keys():
            raise forms.ValidationError("Centang sedikitnya satu orang atau lembaga.")
        return cleaned
