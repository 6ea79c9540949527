"""Choosing among activities."""

from typing import Any

from django import forms

from attendance.models import ActivityKind

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
