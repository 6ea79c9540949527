"""Choosing among the reports that everybody reads."""

from typing import Any

from django import forms

from feedback.models import STATES, Category, Report
from partisipasi import clock
from partisipasi.village.models import Region


class ReportFilterForm(forms.Form):
    """Narrow the list by kind, category, state and hamlet, in the address."""

    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[("", "Semua jenis"), *Report.Kind.choices]
    )
    kategori = forms.ChoiceField(label="Kategori", required=False)
    keadaan = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua keadaan"), *STATES])
    dusun = forms.ChoiceField(label="Wilayah", required=False)

    def __init__(self, *args: Any, hamlets: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hamlets = {str(each.pk): each for each in hamlets}
        categories = Category.objects.values_list("slug", "name")
        self.fields["kategori"].choices = [("", "Semua kategori"), *categories]
        self.fields["dusun"].choices = [
            ("", "Seluruh desa"),
            *((key, str(each)) for key, each in self.hamlets.items()),
        ]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Pilihan ini tidak ada. Pilih dari daftar."

    def chosen(self, reports: Any) -> Any:
        """The reports that fit; none where the address asks for what does not exist."""
        if not self.is_bound:
            return reports
        if not self.is_valid():
            return reports.none()
        told = self.cleaned_data
        if told["jenis"]:
            reports = reports.filter(kind=told["jenis"])
        if told["kategori"]:
            reports = reports.filter(category__slug=told["kategori"])
        if told["dusun"]:
            reports = reports.filter(region__path__startswith=self.hamlets[told["dusun"]].path)
        return reports.in_state(told["keadaan"], clock.today())
