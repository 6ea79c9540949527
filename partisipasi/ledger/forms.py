"""Choosing among the entries of the record, in the address."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from . import wording

DAY = timedelta(days=1)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Tulis tanggal seperti 2026-01-31."},
    )


class EntryFilterForm(forms.Form):
    """Which entries of the record are shown."""

    kelompok = forms.ChoiceField(
        label="Kelompok",
        required=False,
        error_messages={"invalid_choice": "Kelompok ini tidak ada. Pilih dari daftar."},
    )
    dari = _day("Dari tanggal")
    sampai = _day("Sampai tanggal")
    sebelum = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(group, group) for group in wording.groups()]
        self.fields["kelompok"].choices = [("", "Semua kelompok"), *names]  # type: ignore[attr-defined]

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        first, last = cleaned.get("dari"), cleaned.get("sampai")
        if first and last and first > last:
            self.add_error("sampai", "Tanggal akhir tidak boleh mendahului tanggal awal.")
        return cleaned

    @property
    def is_filtered(self) -> bool:
        return any(self.data.get(name) for name in ("kelompok", "dari", "sampai"))

    def chosen(self, entries: models.QuerySet) -> models.QuerySet:
        """The entries that fit; none where the address asks for what does not exist."""
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["kelompok"] == wording.OTHER:
            entries = entries.exclude(kind__in=wording.named_kinds())
        elif asked["kelompok"]:
            entries = entries.filter(kind__in=wording.kinds_of(asked["kelompok"]))
        if asked["dari"]:
            entries = entries.filter(at__gte=_midnight(asked["dari"]))
        if asked["sampai"]:
            entries = entries.filter(at__lt=_midnight(asked["sampai"] + DAY))
        if asked["sebelum"]:
            entries = entries.filter(number__lt=asked["sebelum"])
        return entries


def _midnight(day: Any) -> datetime:
    """When `day` begins in the village's own time zone."""
    return timezone.make_aware(datetime.combine(day, time()))
