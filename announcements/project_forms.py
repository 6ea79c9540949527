"""What whoever carries a project out tells of it, and choosing among projects."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models

from announcements.models import PROJECT_STATES, Project
from announcements.models.project_event import MOST_PHOTOS
from attendance.forms.follow_ups import DayField, OnceForm
from attendance.forms.pay import RupiahField
from partisipasi import clock
from partisipasi.files.forms import StoredFileField
from partisipasi.files.intake import IMAGES
from partisipasi.village.models import Region

MOST_COST = 100_000_000_000
_WRONG = {"invalid_choice": "Pilihan ini tidak ada. Pilih dari daftar."}


class ProjectFilterForm(forms.Form):
    """Narrow the list of projects by budget year, hamlet and state, in the address."""

    tahun = forms.TypedChoiceField(
        label="Tahun", coerce=int, empty_value=None, required=False, error_messages=_WRONG
    )
    dusun = forms.ChoiceField(label="Wilayah", required=False, error_messages=_WRONG)
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua keadaan"), *((state, word) for state, (_, word) in PROJECT_STATES.items())],
        error_messages=_WRONG,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hamlets = {str(each.pk): each for each in Region.objects.top().order_by("path")}
        years = Project.objects.published().years()
        choices = {
            "tahun": [("", "Semua tahun"), *((year, year) for year in years)],
            "dusun": [("", "Seluruh desa"), *((key, str(each)) for key, each in self.hamlets.items())],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def chosen(self, projects: models.QuerySet) -> Any:
        """The projects that fit; none where the address asks for what does not exist."""
        if not self.is_bound:
            return projects
        if not self.is_valid():
            return projects.none()
        told = self.cleaned_data
        if told["tahun"]:
            projects = projects.filter(year=told["tahun"])
        if told["dusun"]:
            projects = projects.within(self.hamlets[told["dusun"]])  # type: ignore[attr-defined]
        return projects.in_state(told["keadaan"], clock.today()) if told["keadaan"] else projects  # type: ignore[attr-defined]


class ProgressForm(OnceForm):
    """How far a project is on a day, what was spent until then, and what it looks like."""

    on = DayField(label="Keadaan pada tanggal")
    percent = forms.IntegerField(
        label="Selesai (%)",
        min_value=0,
        max_value=100,
        help_text="0 sebelum pekerjaan dimulai, 100 bila sudah selesai.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Tulis berapa persen yang sudah selesai.",
            "invalid": "Tulis angka bulat, contoh 45.",
            "min_value": "Tulis angka dari 0 sampai 100.",
            "max_value": "Tulis angka dari 0 sampai 100.",
        },
    )
    spent = RupiahField(
        label="Uang terpakai sampai hari itu (Rp)",
        most=MOST_COST,
        help_text="Jumlah sejak awal, bukan hanya minggu ini.",
    )
    text = forms.CharField(
        label="Yang sudah dikerjakan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Semua orang membacanya. Jangan menyebut data pribadi warga.",
        error_messages={"required": "Tulis apa yang sudah dikerjakan."},
    )
    delay_reason = forms.CharField(
        label="Alasan terlambat",
        required=False,
        max_length=300,
        help_text="Wajib bila pekerjaan terlambat menurut jadwal.",
    )
    correction = forms.CharField(
        label="Alasan angka turun",
        required=False,
        max_length=300,
        help_text="Wajib bila persentase atau uang terpakai lebih kecil daripada laporan sebelumnya.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_PHOTOS + 1):
            self.fields[f"photo_{number}"] = StoredFileField(
                label=f"Foto {number}", allow=IMAGES, required=False, widget=forms.FileInput
            )
            self.fields[f"alt_{number}"] = forms.CharField(
                label=f"Yang tampak pada foto {number}",
                required=False,
                max_length=200,
                help_text="Bagi yang tidak dapat melihatnya, misalnya: Talut sisi utara terpasang 20 meter.",
            )
        photos = [f"{name}_{number}" for number in range(1, MOST_PHOTOS + 1) for name in ("photo", "alt")]
        self.order_fields(["on", "percent", "spent", "text", *photos, "delay_reason", "correction", "nonce"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, MOST_PHOTOS + 1):
            if cleaned.get(f"photo_{number}") and not cleaned.get(f"alt_{number}"):
                self.add_error(f"alt_{number}", "Tulis apa yang tampak pada foto ini.")
        return cleaned

    def told(self) -> dict[str, Any]:
        """What `Project.report` takes of this form."""
        told = self.cleaned_data
        sent = ((told[f"photo_{each}"], told[f"alt_{each}"]) for each in range(1, MOST_PHOTOS + 1))
        names = ("percent", "text", "on", "nonce", "delay_reason", "correction")
        return {name: told[name] for name in names} | {
            "spent": Decimal(told["spent"]),
            "photos": [(photo, alt) for photo, alt in sent if photo],
        }


class HandoverForm(OnceForm):
    """*Serah terima*: when, to whom, and its paper."""

    on = DayField(label="Tanggal serah terima")
    to = forms.CharField(
        label="Diserahkan kepada",
        max_length=160,
        help_text="Siapa yang memeliharanya sesudah ini, misalnya: Pemerintah Desa, atau RT 02 Dusun Krajan.",
        error_messages={"required": "Tulis kepada siapa hasilnya diserahkan."},
    )
    document = StoredFileField(
        label="Berita acara serah terima",
        required=False,
        widget=forms.FileInput,
        help_text="Tampil untuk umum: tutup dahulu tanda tangan, NIK, dan nomor HP pada pindaiannya.",
    )
    field_order = ["on", "to", "document"]

    def told(self) -> dict[str, Any]:
        return self.cleaned_data


class ProjectReasonForm(OnceForm):
    """Why, for everybody to read."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Warga membaca alasan ini pada halaman pembangunan. Jangan menyebut data pribadi.",
        error_messages={"required": "Tulis alasannya dengan singkat."},
    )
    field_order = ["reason"]

    def told(self) -> dict[str, Any]:
        return self.cleaned_data
