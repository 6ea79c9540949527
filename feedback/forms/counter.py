"""The form by which an official types in what he was told."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from feedback.models import Channel, Disclosure, Receipt, Report
from partisipasi.residents.models import Person
from partisipasi.residents.phones import PhoneFormField
from partisipasi.village.models import Region

from .report import PartsForm


class PersonSearchForm(forms.Form):
    """Whom of the address book the official writes for."""

    cari = forms.CharField(label="Nama pelapor di buku alamat", max_length=80, required=False)


class CounterForm(PartsForm):
    """A report told at the counter, to the RT, by phone or by WhatsApp."""

    channel = forms.ChoiceField(
        label="Masuk lewat",
        choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB],
        initial=Channel.COUNTER,
    )
    told_name = forms.CharField(
        label="Nama pelapor", max_length=120, required=False, help_text="Kosongkan bila tidak disebutkan."
    )
    told_phone = PhoneFormField(
        label="Nomor HP pelapor", required=False, help_text="Bila ia ingin dikabari lewat telepon."
    )
    disclosure = forms.ChoiceField(
        label="Sifat laporan",
        widget=forms.RadioSelect,
        initial=Disclosure.OPEN,
        choices=[
            (Disclosure.OPEN, "Terbuka: petugas desa tahu siapa pelapornya"),
            (Disclosure.CONFIDENTIAL, "Rahasia: hanya petugas pengaduan yang tahu"),
            (Disclosure.ANONYMOUS, "Anonim: nama dan nomor HP tidak disimpan"),
        ],
    )

    field_order = [
        "channel", "told_name", "told_phone", "kind", "category", "region", "project", "title", "body", "photos",
        "disclosure",
    ]  # fmt: skip

    def __init__(self, *args: Any, by: Any, person: Person | None = None, **kwargs: Any) -> None:
        reach = by.coverage("feedback.add_report")
        regions = Region.objects.filter(reach.as_q(""))
        super().__init__(*args, regions=regions, **kwargs)
        self.by, self.person = by, person
        self.fields["kind"].label = "Yang disampaikan"
        if not reach.everywhere:
            self.fields["region"].required = True
            self.fields["region"].help_text = "Anda mencatat laporan dari wilayah tugas Anda."
            self.fields["region"].error_messages["required"] = "Pilih letaknya di wilayah tugas Anda."
            self.fields["region"].choices[0] = ("", "Pilih wilayah")
        if person:
            del self.fields["told_name"], self.fields["told_phone"]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("", "Catat laporan"))

    def send(self) -> Receipt:
        told = self.cleaned_data
        return Report.objects.receive(
            **self.told(),
            channel=told["channel"],
            person=self.person,
            told_name=told.get("told_name", ""),
            told_phone=told.get("told_phone", ""),
            typed_by=self.by,
        )
