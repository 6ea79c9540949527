"""Choosing among trainings, and copying one of another village."""

import uuid
from typing import Any

from django import forms

from attendance.models import Competence
from attendance.training_sheet import sheet_at

from .parts import bare_helper


class TrainingFilterForm(forms.Form):
    """Which trainings the public list shows."""

    kompetensi = forms.ModelChoiceField(
        None,
        label="Kompetensi",
        required=False,
        empty_label="Semua kompetensi",
        error_messages={"invalid_choice": "Kompetensi ini tidak ada. Pilih dari daftar."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kompetensi"].queryset = Competence.objects.all()  # type: ignore[attr-defined]
        self.helper = bare_helper()

    def chosen(self, trainings: Any) -> Any:
        """The trainings that fit; all of them where nothing sensible was asked."""
        wanted = self.cleaned_data.get("kompetensi") if self.is_valid() else None
        return trainings.filter(competences=wanted) if wanted else trainings


class CopyForm(forms.Form):
    """The address of another village's training; cleans to its sheet."""

    dari = forms.CharField(
        label="Alamat pelatihan di portal desa lain",
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text="Salin dari peramban, misalnya https://tetangga.desa.id/pelatihan/12/.",
        error_messages={"required": "Tempelkan alamat halaman pelatihannya."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean_dari(self) -> dict[str, Any]:
        sheet = sheet_at(self.cleaned_data["dari"])
        if sheet is None:
            raise forms.ValidationError(
                "Di alamat ini tidak ada pelatihan desa lain yang boleh disalin. Periksa lagi alamatnya."
            )
        return sheet


class NonceForm(forms.Form):
    """Only that it was sent, once."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid.uuid4
