"""Registering for an activity, and deciding how one does."""

import uuid
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from attendance.models import Activity, SheetColumn

from .parts import bare_helper


class RegisterForm(forms.Form):
    """What somebody without an account calls himself, and where he comes from; no way to reach him is asked.

    The nonce makes a form sent twice one registration. People do not see the last field, programs fill it in.
    """

    name = forms.CharField(
        label="Nama",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tulis nama yang mendaftar."},
    )
    origin = forms.CharField(
        label="Asal",
        required=False,
        max_length=120,
        help_text="Misalnya: RT 02 Dusun Krajan. Boleh dikosongkan; membedakan orang yang namanya sama.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guardian = forms.CharField(
        label="Orang tua atau wali, bila di bawah 18 tahun",
        required=False,
        max_length=120,
        help_text="Kosongkan bila yang mendaftar sudah dewasa.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(
        label="Jangan diisi",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if SheetColumn.AGE_GROUP not in activity.kind.columns:
            del self.fields["guardian"]
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = bare_helper()
        unseen = Div("website", css_class="visually-hidden", aria_hidden="true")
        asked = [name for name in ("name", "origin", "guardian") if name in self.fields]
        self.helper.layout = Layout(*asked, "nonce", unseen)

    @property
    def told(self) -> dict[str, Any]:
        """What `Registration.objects.register` takes of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError("Tulis nama yang mendaftar.")
        return name

    def clean_origin(self) -> str:
        return " ".join(self.cleaned_data["origin"].split())

    def clean_guardian(self) -> str:
        return " ".join(self.cleaned_data["guardian"].split())

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Kosongkan kolom ini.")
        return ""


class RegisterSelfForm(forms.Form):
    """The one tap of who is signed in."""

    nonce = forms.UUIDField()

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data


class RegistrationForm(forms.Form):
    """From when until when people register, and for how many places."""

    opens_at = forms.DateTimeField(
        label="Dibuka",
        error_messages={
            "required": "Tulis kapan pendaftaran dibuka.",
            "invalid": "Tulis tanggal dan jam, contoh 2026-11-24 08:00.",
        },
    )
    closes_at = forms.DateTimeField(
        label="Ditutup",
        required=False,
        help_text="Kosongkan bila pendaftaran dibuka sampai kegiatan dimulai.",
        error_messages={"invalid": "Tulis tanggal dan jam, contoh 2026-11-24 08:00."},
    )
    capacity = forms.IntegerField(
        label="Jumlah tempat",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Kosongkan bila tempat tidak dibatasi. Yang mendaftar sesudah penuh masuk daftar tunggu.",
        error_messages={
            "min_value": "Tulis angka 1 sampai 10.000.",
            "max_value": "Tulis angka 1 sampai 10.000.",
            "invalid": "Tulis dengan angka, misalnya 30.",
        },
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        initial = {
            "opens_at": activity.registration_opens_at,
            "closes_at": activity.registration_closes_at,
            "capacity": activity.capacity,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("opens_at", "closes_at"):
            # Browsers that know no such field show a plain one.
            widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
            self.fields[name].widget = widget
        self.helper = bare_helper()
