"""Inviting many at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from attendance.selection import Choice, read_keys
from partisipasi.residents.models import Body, Person, Unsur
from partisipasi.village.models import Region

from .parts import bare_helper


class ManyForm(forms.Form):
    """Who is to be invited; within one field any of what is chosen, between the fields all of it."""

    jenis = forms.MultipleChoiceField(
        label="Anggota semua lembaga jenis ini",
        choices=Body.Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lembaga = forms.ModelMultipleChoiceField(
        None, label="Anggota lembaga", required=False, help_text="Tahan Ctrl untuk memilih beberapa."
    )
    ketua = forms.BooleanField(label="Hanya ketuanya", required=False)
    unsur = forms.ModelMultipleChoiceField(None, label="Unsur", required=False)
    wilayah = forms.ModelMultipleChoiceField(
        None, label="Dusun, RW, atau RT", required=False, help_text="Dusun mencakup semua RW dan RT-nya."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.select_related("parent__parent")
        for name, rows in (
            ("lembaga", Body.objects.all()),
            ("unsur", Unsur.objects.all()),
            ("wilayah", regions),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["wilayah"].label_from_instance = lambda region: region.full_name  # type: ignore[attr-defined]
        self.helper = bare_helper()

    @property
    def is_asked(self) -> bool:
        return any(name in self.data for name in self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Pilih sedikitnya satu lembaga, unsur, atau wilayah.")
        return cleaned

    @property
    def choice(self) -> Choice:
        told = self.cleaned_data
        return Choice(
            kinds=tuple(told["jenis"]),
            bodies=tuple(told["lembaga"]),
            unsur=tuple(told["unsur"]),
            regions=tuple(told["wilayah"]),
            only_chairs=told["ketua"],
        )


class InviteManyForm(forms.Form):
    """Who was shown, and who of them is left out after all."""

    orang = forms.CharField(max_length=200_000)
    kecuali = forms.ModelMultipleChoiceField(None, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["kecuali"].queryset = people  # type: ignore[attr-defined]

    @property
    def chosen(self) -> QuerySet[Person]:
        """Those shown and not left out, as far as this official reaches them still."""
        shown = self.people.filter(pk__in=read_keys(self.cleaned_data["orang"]))
        return shown.exclude(pk__in=self.cleaned_data["kecuali"]).select_related("unsur")
