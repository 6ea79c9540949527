"""What the desk asks."""

import dataclasses
import uuid
from typing import Any

from django import forms

from attendance.models import Attendance, Guest, Session, SheetColumn
from attendance.models.attendee import NO_GUARDIAN
from partisipasi.residents.models import Person
from partisipasi.village.models import Region

from .parts import bare_helper

_ASKED_BY = {
    "address": {SheetColumn.ADDRESS},
    "region": {SheetColumn.NEIGHBOURHOOD, SheetColumn.HAMLET},
    "age_group": {SheetColumn.AGE_GROUP},
    "guardian": {SheetColumn.AGE_GROUP},
    "phone": {SheetColumn.PHONE},
    "institution": {SheetColumn.INSTITUTION},
}


class DeskSearchForm(forms.Form):
    """Whom the desk is looking for."""

    q = forms.CharField(
        label="Cari yang diundang atau warga di buku alamat",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


class CheckInForm(forms.Form):
    """One tap: this invitation, this registration, or this person of the address book, is present."""

    invitation = forms.IntegerField(required=False)
    registration = forms.IntegerField(required=False)
    person = forms.IntegerField(required=False)
    nonce = forms.UUIDField()


class GuestForm(forms.Form):
    """Who stands at the desk. Asks no more than the sheet of this kind of activity has columns for.

    An equal name on the list is asked about, not refused: villages have many a Slamet.
    """

    name = forms.CharField(
        label="Nama",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Tulis nama yang hadir."},
    )
    sex = forms.ChoiceField(
        label="L/P",
        required=False,
        choices=[("L", "Laki-laki"), ("P", "Perempuan"), ("", "Tidak dicatat")],
        widget=forms.RadioSelect,
        initial="",
    )
    unsur = forms.ModelChoiceField(None, label="Unsur", required=False, empty_label="Tidak mewakili unsur")
    region = forms.ModelChoiceField(None, label="Wilayah", required=False, empty_label="Tidak dicatat")
    address = forms.CharField(
        label="Alamat", required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    age_group = forms.ChoiceField(
        label="Kelompok umur",
        required=False,
        choices=[
            ("", "Tidak dicatat"),
            *((group, label.capitalize()) for group, label in Person.AgeGroup.choices),
        ],
    )
    guardian = forms.CharField(
        label="Wali, bila di bawah 18 tahun",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Nama orang tua atau wali, atau “hadir bersama wali”. Tidak ditampilkan kepada umum.",
    )
    institution = forms.CharField(label="Instansi", required=False, max_length=120)
    phone = forms.CharField(
        label="Nomor HP", required=False, max_length=16, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    same_name = forms.BooleanField(label="Ya, ini orang lain yang namanya sama", required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, for_seat: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        columns = set(session.activity.kind.columns)
        for field, asked_by in _ASKED_BY.items():
            if not columns & asked_by:
                del self.fields[field]
        if for_seat:
            del self.fields["unsur"]
        else:
            self.fields["unsur"].queryset = session.activity.kind.unsur_offered  # type: ignore[attr-defined]
        if "region" in self.fields:
            self.fields["region"].queryset = Region.objects.all()  # type: ignore[attr-defined]
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = bare_helper()
        if not self._repeats_a_name():
            del self.fields["same_name"]

    def _repeats_a_name(self) -> bool:
        name = self.data.get(self.add_prefix("name"), "") if self.is_bound else ""
        return bool(name.strip()) and bool(self._namesakes(" ".join(name.split())))

    def _namesakes(self, name: str) -> list[Attendance]:
        nonce = self.data.get(self.add_prefix("nonce"))
        others = self.session.attendances.present().filter(name__iexact=name)
        return [row for row in others if str(row.nonce) != str(nonce)]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError("Tulis nama dengan huruf.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "same_name" in self.fields and cleaned.get("name") and not cleaned.get("same_name"):
            there = self._namesakes(cleaned["name"])[0]
            about = self.about(there)
            self.add_error(
                "name",
                f"{there.name}{f' ({about})' if about else ''} sudah tercatat hadir pukul "
                f"{there.checked_in_clock}. Bila ini orang lain, centang pernyataannya di bawah.",
            )
        return cleaned

    def clean_guardian(self) -> str:
        """Asked of who is under 18 alone, and not kept of anybody else."""
        if self.cleaned_data.get("age_group") != Person.AgeGroup.CHILD:
            return ""
        guardian = " ".join(self.cleaned_data["guardian"].split())
        if not any(letter.isalpha() for letter in guardian):
            raise forms.ValidationError(NO_GUARDIAN)
        return guardian

    def about(self, there: Attendance) -> str:
        """What tells one namesake from another."""
        return " · ".join(filter(None, (str(there.unsur or ""), there.address)))

    @property
    def guest(self) -> Guest:
        facts = {field.name for field in dataclasses.fields(Guest)}
        return Guest(**{field: value for field, value in self.cleaned_data.items() if field in facts})
