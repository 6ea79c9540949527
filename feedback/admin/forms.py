"""What an official is asked before a report's verb."""

import uuid
from typing import Any

from django import forms

from feedback.models import MOST_PHOTOS, Category, Report
from forums.forms import clean_prose
from partisipasi import clock
from partisipasi.files.forms import PhotosField
from partisipasi.residents.models import Appointment, Person


def officials_today() -> Any:
    """The people who hold an office today."""
    held = Appointment.objects.current(clock.today()).values("person")
    return Person.objects.filter(pk__in=held, retired_at__isnull=True)


class ActForm(forms.Form):
    """A form about one report. The nonce makes one sent twice one act."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        if "nonce" in self.fields:
            self.fields["nonce"].initial = uuid.uuid4

    def clean(self) -> dict[str, Any]:
        """Words without control characters; nothing but those is nothing."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea) and isinstance(cleaned.get(name), str):
                cleaned[name] = clean_prose(cleaned[name])
                if field.required and not cleaned[name]:
                    self.add_error(name, field.error_messages["required"])
        return cleaned


def _text(label: str, help_text: str = "", required: bool = True, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"}),
        error_messages={"required": "Tulis isian ini dahulu."},
    )


class VerifyForm(ActForm):
    category = forms.ModelChoiceField(
        None,
        label="Kategori",
        empty_label=None,
        help_text="Perbaiki bila perlu; tenggat jawaban mengikuti kategorinya.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()
        self.fields["category"].initial = self.report.category_id


class OfficialChoice(forms.ModelChoiceField):
    offices: dict[int, str] = {}

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name} ({self.offices.get(person.pk, '')})"


class AssignForm(ActForm):
    to = OfficialChoice(None, label="Penanggung jawab", empty_label="Pilih")
    note = _text(
        "Catatan disposisi",
        "Hanya dibaca petugas, tidak oleh pelapor dan umum.",
        required=False,
        rows=4,
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.current(clock.today()).order_by("-pk")
        self.fields["to"].offices = dict(held.values_list("person", "title"))
        self.fields["to"].queryset = officials_today().order_by("name", "pk")
        in_charge = self.report.category.in_charge()
        self.fields["to"].initial = self.report.assigned_to_id or (in_charge.pk if in_charge else None)


class ProgressForm(ActForm):
    text = _text("Perkembangan", "Setelah laporan ditampilkan untuk umum, semua orang membacanya.")
    photos = PhotosField(label="Foto", most=MOST_PHOTOS, help_text=f"Paling banyak {MOST_PHOTOS} foto.")
    nonce = forms.UUIDField(widget=forms.HiddenInput)


class AnswerForm(ActForm):
    text = _text("Jawaban desa", "Jawaban resmi kepada pelapor. Jangan menyebut nama warga.")
    photos = PhotosField(label="Foto", most=MOST_PHOTOS, help_text=f"Paling banyak {MOST_PHOTOS} foto.")
    for_everybody = forms.BooleanField(
        label="Boleh dibaca umum",
        required=False,
        initial=True,
        help_text="Hapus centang bila jawaban memuat hal pribadi: hanya pelapor yang membacanya.",
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.report.is_confidential:
            del self.fields["for_everybody"]


class MessageForm(ActForm):
    text = _text("Pesan", "Hanya dibaca pelapor.")
    nonce = forms.UUIDField(widget=forms.HiddenInput)


class CloseForm(ActForm):
    text = _text("Kata penutup", "Dibaca pelapor dan, setelah ditampilkan, umum.", required=False, rows=3)


class ReasonForm(ActForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Pelapor membacanya; setelah laporan ditampilkan, umum juga.",
        error_messages={"required": "Tuliskan alasannya; pelapor akan membacanya."},
    )


class ForwardForm(ReasonForm):
    to = forms.CharField(
        label="Diteruskan kepada",
        max_length=120,
        help_text="Misalnya: Dinas Pekerjaan Umum Kabupaten, Camat, Kepolisian Sektor.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        error_messages={"required": "Tulis kepada siapa laporan diteruskan."},
    )

    field_order = ["to", "reason"]


class ReleaseForm(ActForm):
    public_title = forms.CharField(
        label="Judul untuk umum",
        max_length=150,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        error_messages={"required": "Tulis judul yang boleh dibaca umum."},
    )
    public_text = forms.CharField(
        label="Isi untuk umum",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text="Hapus nama, nomor HP, alamat, dan apa pun yang menunjuk kepada seseorang.",
        error_messages={"required": "Tulis isi yang boleh dibaca umum."},
    )
    photos = forms.MultipleChoiceField(
        label="Foto yang ditampilkan",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Jangan menampilkan wajah, pelat nomor, atau rumah pelapor.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.report
        self.fields["public_title"].initial = report.public_title or report.title
        self.fields["public_text"].initial = report.public_text or report.body
        photos = list(report.photos.of_reporter())
        self.fields["photos"].choices = [(str(photo.pk), str(photo)) for photo in photos]
        self.fields["photos"].initial = [str(photo.pk) for photo in photos if photo.is_released]
        if not photos:
            del self.fields["photos"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["photos"] = [int(pk) for pk in cleaned.get("photos") or ()]
        return cleaned
