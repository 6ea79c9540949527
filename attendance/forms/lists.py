"""Choosing among activities."""

from typing import Any

from django import forms

from attendance.models import ActivityKind
from attendance.month import Month

from .parts import bare_helper


class ActivityFilterForm(forms.Form):
    """Which activities the public list shows."""

    jenis = forms.ModelChoiceField(
        None,
        label="Jenis kegiatan",
        required=False,
        to_field_name="code",
        empty_label="Semua jenis",
    )
    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"].queryset = ActivityKind.objects.all()  # type: ignore[attr-defined]
        self.fields["tahun"].choices = [("", "Semua tahun"), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]
        self.helper = bare_helper()


class MonthForm(forms.Form):
    """Which month the calendar shows; the answer is a Month, or None for the present one."""

    bulan = forms.CharField(label="Bulan", required=False, max_length=7)

    def clean_bulan(self) -> Month | None:
        text = self.cleaned_data["bulan"]
        try:
            return Month.read(text) if text else None
        except ValueError:
            raise forms.ValidationError("Tulis bulan dengan tahun dan angka, contoh 2026-11.") from None
