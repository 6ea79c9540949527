from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime

from announcements.editor import RichTextField
from announcements.models import Article, Attachment, GalleryPicture
from announcements.models.attachment import title_from_filename
from partisipasi import clock
from partisipasi.files.forms import StoredFileField
from partisipasi.files.intake import IMAGES, store
from partisipasi.files.models import StoredFile


def _correction_field() -> forms.CharField:
    return forms.CharField(
        label="Apa yang diralat",
        required=False,
        max_length=300,
        help_text="Satu kalimat yang tampil di atas artikel dengan tanggalnya, misalnya: Jam kerja bakti bukan pukul "
        "08.00, melainkan pukul 07.00. Kosongkan untuk perubahan yang tidak membetulkan apa pun.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )


class CorrectionForm(forms.Form):
    correction = _correction_field()


class ArticleForm(forms.ModelForm):
    body = RichTextField(label="Isi")
    cover_upload = StoredFileField(label="Gambar sampul", allow=IMAGES, required=False)
    correction = _correction_field()
    cover_removed = forms.BooleanField(label="Hapus sampul", required=False)

    class Meta:
        model = Article
        # Which fields there are says the admin page: choices of a village exist only within it.
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("category", "Pilih kategori"), ("activity", "Bukan tentang kegiatan")):
            if name in self.fields:
                self.fields[name].empty_label = words
        for name in {"title", "summary", "cover_alt"} & self.fields.keys():
            self.fields[name].widget.attrs["class"] = "vLargeTextField"

    def clean_dated_at(self) -> Any:
        dated_at = self.cleaned_data["dated_at"]
        if dated_at and dated_at > clock.now():
            raise forms.ValidationError(
                "Tanggal terbit tidak boleh di masa depan. Agar tayang nanti, simpan draf lalu jadwalkan."
            )
        return dated_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        has_cover = cleaned.get("cover_upload") or (self.instance.cover and not cleaned.get("cover_removed"))
        if has_cover and not cleaned.get("cover_alt"):
            self.add_error("cover_alt", "Tulis apa yang tampak pada gambar sampul.")
        return cleaned

    def take_cover(self) -> None:
        """Put the chosen cover on the article, before a verb keeps it."""
        if upload := self.cleaned_data.get("cover_upload"):
            self.instance.cover = store(upload, visibility=StoredFile.Visibility.PUBLIC, allow=IMAGES)
        elif self.cleaned_data.get("cover_removed"):
            self.instance.cover = None


class AttachmentForm(forms.ModelForm):
    upload = StoredFileField(label="Berkas")

    class Meta:
        model = Attachment
        fields = ["title", "upload", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].widget.attrs["class"] = "vLargeTextField"
        self.fields["title"].help_text = "Bila kosong, diambil dari nama berkas."
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = "Ganti berkas"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if upload := cleaned.get("upload"):
            cleaned["title"] = cleaned.get("title") or title_from_filename(upload.name)
        elif not cleaned.get("title"):
            cleaned["title"] = self.instance.title
        return cleaned

    def save(self, commit: bool = True) -> Attachment:
        if upload := self.cleaned_data.get("upload"):
            self.instance.file = store(upload, visibility=StoredFile.Visibility.PUBLIC)
        return super().save(commit)


class GalleryForm(forms.ModelForm):
    upload = StoredFileField(label="Gambar", allow=IMAGES)

    class Meta:
        model = GalleryPicture
        fields = ["upload", "alt", "caption", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"alt", "caption"} & self.fields.keys():
            self.fields[name].widget.attrs["class"] = "vLargeTextField"
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = "Ganti gambar"

    def save(self, commit: bool = True) -> GalleryPicture:
        if upload := self.cleaned_data.get("upload"):
            self.instance.file = store(upload, visibility=StoredFile.Visibility.PUBLIC, allow=IMAGES)
        return super().save(commit)


class UrgentForm(forms.Form):
    until = forms.SplitDateTimeField(
        label="Berakhir pada",
        help_text="Sampai saat itu artikel ini tampil di atas setiap halaman; sesudahnya hilang sendiri dari sana.",
        widget=AdminSplitDateTime,
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= clock.now():
            raise forms.ValidationError("Pilih waktu berakhir yang akan datang.")
        return until


class ArchiveForm(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Tersimpan dalam catatan desa. Misalnya: memuat nomor telepon warga.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )


class ScheduleForm(forms.Form):
    at = forms.SplitDateTimeField(label="Tayang pada", widget=AdminSplitDateTime)

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at <= clock.now():
            raise forms.ValidationError("Pilih waktu yang akan datang untuk jadwal tayang.")
        return at
