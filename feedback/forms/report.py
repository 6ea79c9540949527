"""The form by which residents tell the village something."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, Submit
from django import forms

from announcements.models import Project
from feedback import places, proof
from feedback.models import MOST_PHOTOS, Category, Disclosure, Receipt, Report, Sending
from forums.forms import clean_prose
from partisipasi.files.forms import PhotosField
from partisipasi.village.models import Region


class PartsForm(forms.Form):
    """What every report tells, whoever types it in."""

    kind = forms.ChoiceField(
        label="Anda ingin menyampaikan",
        choices=[
            (Report.Kind.COMPLAINT, "Pengaduan: ada yang rusak, salah, atau merugikan"),
            (Report.Kind.ASPIRATION, "Aspirasi: usul, harapan, atau saran"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih pengaduan atau aspirasi."},
    )
    category = forms.ModelChoiceField(
        None,
        label="Tentang apa",
        empty_label="Pilih kategori",
        error_messages={
            "required": "Pilih kategori yang paling dekat.",
            "invalid_choice": "Kategori ini tidak ada. Pilih dari daftar.",
        },
    )
    region = forms.TypedChoiceField(
        label="Letaknya",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Pilih dusunnya, atau biarkan bila menyangkut seluruh desa.",
        error_messages={"invalid_choice": "Wilayah ini tidak ada. Pilih dari daftar."},
    )
    project = forms.ModelChoiceField(
        None,
        label="Tentang pembangunan desa",
        required=False,
        to_field_name="slug",
        empty_label="Bukan tentang pembangunan",
        help_text="Laporan yang sudah diperiksa tampil juga pada halaman pembangunannya.",
        error_messages={"invalid_choice": "Pembangunan ini tidak ada. Pilih dari daftar."},
    )
    title = forms.CharField(
        label="Judul",
        max_length=150,
        help_text="Satu kalimat pendek, misalnya: Lampu jalan depan musala padam.",
        error_messages={
            "required": "Tulis judul laporan dalam satu kalimat.",
            "max_length": "Judul terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d.",
        },
    )
    body = forms.CharField(
        label="Isi laporan",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Apa yang terjadi, di mana, sejak kapan, dan apa yang Anda harapkan.",
        error_messages={
            "required": "Tulis apa yang terjadi.",
            "max_length": "Isi terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d.",
        },
    )
    photos = PhotosField(
        label="Foto",
        most=MOST_PHOTOS,
        help_text=f"Paling banyak {MOST_PHOTOS} foto. Keterangan tempat dan ponsel di dalam foto kami buang.",
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = Region.objects.all() if regions is None else regions
        self.fields["category"].queryset = Category.objects.all()
        self.fields["region"].choices = [("", "Seluruh desa"), *places.labelled(self.regions)]
        self.fields["project"].queryset = Project.objects.published().newest_first()
        self.fields["nonce"].initial = uuid.uuid4

    def clean_title(self) -> str:
        title = " ".join(clean_prose(self.cleaned_data["title"]).split())
        if not title:
            raise forms.ValidationError("Tulis judul laporan dalam satu kalimat.")
        return title

    def clean_body(self) -> str:
        body = clean_prose(self.cleaned_data["body"])
        if not body:
            raise forms.ValidationError("Tulis apa yang terjadi.")
        return body

    def clean_region(self) -> Region | None:
        key = self.cleaned_data["region"]
        return self.regions.get(pk=key) if key else None

    def told(self) -> dict[str, Any]:
        """What `Report.objects.receive` takes of this form."""
        names = ("kind", "category", "region", "project", "title", "body", "photos", "nonce", "disclosure")
        return {name: self.cleaned_data[name] for name in names}


class ReportForm(PartsForm):
    """A report sent by the portal, by account or without one."""

    disclosure = forms.ChoiceField(
        label="Sebagai siapa",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih sebagai siapa Anda melapor."},
    )
    # People never see it; programs that fill in forms do.
    website = forms.CharField(
        label="Biarkan kosong",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    proof = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    field_order = ["kind", "category", "region", "project", "title", "body", "photos", "disclosure"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        signed_in = [
            (Disclosure.OPEN, f"Atas nama saya ({user})"),
            (Disclosure.CONFIDENTIAL, "Rahasia: hanya petugas pengaduan yang tahu siapa saya"),
        ]
        anonymous = (Disclosure.ANONYMOUS, "Anonim: tidak ada yang tahu siapa saya, juga portal ini")
        self.fields["disclosure"].choices = [*(signed_in if user.is_authenticated else ()), anonymous]
        self.fields["disclosure"].initial = Disclosure.OPEN if user.is_authenticated else Disclosure.ANONYMOUS
        self.helper = FormHelper()
        self.helper.attrs = {"data-proof": f"{proof.BITS}", "novalidate": True}
        shown = ["kind", "category", "region", "project", "title", "body", "photos", "disclosure"]
        self.helper.layout = Layout(
            *shown,
            Field("nonce"),
            Field("proof"),
            Div("website", css_class="visually-hidden", aria_hidden="true"),
            HTML('{% include "feedback/_privacy.html" %}'),
            Submit("", "Kirim laporan"),
        )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Kosongkan isian ini, lalu kirim lagi.")
        return ""

    def send(self, *, address: str) -> Receipt:
        """Hand the report in; the anonymous are counted by address for a day. Raises TooManyReports.

        Who has no JavaScript brings no proof of work and is not refused: an official looks first.
        """
        told = self.told()
        is_anonymous = told["disclosure"] == Disclosure.ANONYMOUS
        proven = proof.holds(told["nonce"], self.cleaned_data["proof"])
        if is_anonymous and not Report.objects.filter(nonce=told["nonce"]).exists():
            Sending.take(address, proven=proven)
        return Report.objects.receive(
            **told, reporter=None if is_anonymous else self.user, held=is_anonymous and not proven
        )
