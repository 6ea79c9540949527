"""What PPID does with a public document, and the forms that ask for it."""

from dataclasses import replace
from typing import Any

from django import forms

from announcements.models import PublicDocument
from partisipasi import clock
from partisipasi.files.forms import StoredFileField

from .acts import ACTS, Act


class WithdrawForm(forms.Form):
    number = forms.IntegerField(label="Nomor versi", min_value=1)
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Tampil untuk umum bersama tanggal dan sidik jari versi itu. Misalnya: memuat NIK warga.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )


def _withdraw(document: PublicDocument, *, number: int, reason: str, by: Any) -> None:
    version = document.versions.filter(number=number).first()
    if version is None:
        raise forms.ValidationError(f"Dokumen ini tidak mempunyai versi {number}.")
    version.withdraw(reason, by=by)


_PUBLISH, _SCHEDULE, _UNSCHEDULE, _ARCHIVE, _REPUBLISH, *_ = ACTS
DOCUMENT_ACTS = (
    replace(
        _PUBLISH,
        button="Terbitkan dokumen",
        explained="Dokumen masuk Daftar Informasi Publik dan dapat dibuka siapa saja.",
        done="Dokumen sudah terbit.",
    ),
    replace(
        _SCHEDULE,
        button="Jadwalkan dokumen",
        explained="Dokumen terbit sendiri pada waktu yang Anda pilih.",
        done="Dokumen sudah dijadwalkan.",
    ),
    replace(_UNSCHEDULE, explained="Dokumen kembali menjadi draf."),
    replace(
        _ARCHIVE,
        button="Arsipkan dokumen",
        explained="Dokumen dan semua versinya tidak tampil lagi untuk umum. Nomornya dalam daftar tidak dipakai lagi.",
        done="Dokumen sudah diarsipkan.",
    ),
    replace(
        _REPUBLISH,
        explained="Dokumen kembali tampil dengan nomor, tanggal, dan alamat semula.",
        done="Dokumen sudah tayang lagi.",
    ),
    Act(
        "tarik-versi",
        "Tarik satu versi",
        "Berkas versi itu tidak dapat dibuka lagi oleh umum; tanggal, sidik jari, dan alasannya tetap tampil.",
        "Versi sudah ditarik.",
        lambda document: document.versions.standing().exists(),
        _withdraw,
        WithdrawForm,
    ),
)


class DocumentForm(forms.ModelForm):
    upload = StoredFileField(label="Berkas", required=False)
    change = forms.CharField(
        label="Yang berubah",
        required=False,
        max_length=300,
        help_text="Untuk versi baru: apa yang berubah dari versi sebelumnya. Tampil untuk umum.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    class Meta:
        model = PublicDocument
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"title", "about", "held_by", "made_by", "made_at"} & self.fields.keys():
            self.fields[name].widget.attrs["class"] = "vLargeTextField"
        self.has_version = bool(self.instance.pk and self.instance.versions.exists())
        if self.has_version and "upload" in self.fields:
            self.fields["upload"].label = "Versi baru"

    def clean_dated_at(self) -> Any:
        dated_at = self.cleaned_data["dated_at"]
        if dated_at and dated_at > clock.now():
            raise forms.ValidationError(
                "Tanggal terbit tidak boleh di masa depan. Agar terbit nanti, simpan draf lalu jadwalkan."
            )
        return dated_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.has_version and cleaned.get("upload") and not cleaned.get("change"):
            self.add_error("change", "Tulis apa yang berubah pada versi baru ini.")
        return cleaned
