"""Choosing among activities."""

from typing import Any

from django import forms

from attendance.models import RESOLUTION_STATES, ActivityKind
from attendance.month import Month
from partisipasi import clock

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


class ResolutionFilterForm(ActivityFilterForm):
    """Which resolutions the public list shows: by words, kind of gathering, year, and how far they are."""

    cari = forms.CharField(label="Cari kata", max_length=200, required=False)
    keadaan = forms.ChoiceField(
        label="Tindak lanjut",
        required=False,
        choices=[("", "Semua keadaan"), *((state, word) for state, (_, word) in RESOLUTION_STATES.items())],
        error_messages={"invalid_choice": "Pilihan ini tidak ada. Pilih dari daftar."},
    )
    field_order = ["cari", "jenis", "tahun", "keadaan"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cari"].widget.attrs |= {"type": "search", "enterkeyhint": "search"}

    @property
    def asked(self) -> dict[str, Any]:
        """What narrows the list; empty where all are asked for."""
        return {name: told for name, told in getattr(self, "cleaned_data", {}).items() if told}

    def chosen(self, resolutions: Any) -> Any:
        """The resolutions that fit; none where the address asks for what does not exist."""
        if not self.is_valid():
            return resolutions.none()
        asked = self.asked
        if "cari" in asked:
            resolutions = resolutions.saying(asked["cari"])
        if "jenis" in asked:
            resolutions = resolutions.filter(activity__kind=asked["jenis"])
        if "tahun" in asked:
            resolutions = resolutions.in_year(asked["tahun"])
        return resolutions.in_state(asked["keadaan"], clock.today()) if "keadaan" in asked else resolutions


class BookYearForm(forms.Form):
    """Of which year BPD's books are shown."""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["tahun"].error_messages["invalid_choice"] = "Tidak ada buku untuk tahun ini."
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
