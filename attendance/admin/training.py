from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from attendance.models import Competence, Training, TrainingLeader, TrainingMaterial
from partisipasi.admin import VillageModelAdmin, VillageTabularInline
from partisipasi.db import current_village
from partisipasi.files.forms import StoredFileField
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from partisipasi.village.models import Host


class MaterialForm(forms.ModelForm):
    """A file or an address. Of an address in this portal only the path is kept, so that it holds under any host."""

    upload = StoredFileField(label="Berkas", required=False)

    class Meta:
        model = TrainingMaterial
        fields = ["order", "title", "address"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.file_id:
            self.fields[
                "upload"
            ].help_text = f"Sudah ada: {self.instance.file}. Pilih berkas lain untuk menggantinya."

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        try:
            asked = urlsplit(address)
            host = asked.hostname
        except ValueError:
            raise ValidationError("Alamat ini tidak dapat dibaca. Salin lagi dari peramban.") from None
        if host and Host.objects.filter(name=host, village=current_village()).exists():
            address = asked.path + (f"?{asked.query}" if asked.query else "")
        if address.startswith("/") and not address.startswith("//"):
            try:
                resolve(urlsplit(address).path)
            except Resolver404:
                raise ValidationError("Alamat ini tidak ada di portal. Salin lagi dari peramban.") from None
        return address

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("upload") and told.get("address"):
            self.add_error("address", "Unggah berkas atau tulis alamatnya, salah satu saja.")
        elif not (told.get("upload") or told.get("address") or self.instance.file_id or self.errors):
            self.add_error("upload", "Unggah berkas, atau tulis alamatnya.")
        if told.get("address"):
            self.instance.file = None
        return told

    def _get_validation_exclusions(self) -> set[str]:
        # What stands in `upload` becomes the file only when the row is saved.
        return super()._get_validation_exclusions() | {"file"}

    def save(self, commit: bool = True) -> TrainingMaterial:
        if upload := self.cleaned_data.get("upload"):
            self.instance.file = store(upload, visibility=StoredFile.Visibility.PUBLIC)
        return super().save(commit)


class LeaderInline(VillageTabularInline):
    model = TrainingLeader
    region_lookup = "training__activity__region"
    fields = ["order", "part", "person", "name", "organisation"]
    autocomplete_fields = ["person"]
    verbose_name_plural = "yang memandu: orang di buku alamat, atau nama dan lembaga dari luar"


class MaterialInline(VillageTabularInline):
    model = TrainingMaterial
    form = MaterialForm
    region_lookup = "training__activity__region"
    fields = ["order", "title", "upload", "address"]
    verbose_name_plural = "bahan untuk dibaca sebelum pelatihan, tampil untuk umum"


@admin.register(Training)
class TrainingAdmin(VillageModelAdmin):
    """What a training teaches. Time, place and who came stand with its activity."""

    region_lookup = "activity__region"
    inlines = [LeaderInline, MaterialInline]
    list_display = ["activity", "taught", "hours", "sessions_needed", "copied_village"]
    list_filter = ["competences"]
    list_select_related = ["activity"]
    search_fields = ["activity__title", "goals"]
    search_help_text = "Cari judul atau tujuan."
    autocomplete_fields = ["activity"]
    ordering = ["-activity__starts_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["activity", "goals", "competences"]}),
        ("Sertifikat", {"fields": ["hours", "sessions_needed"]}),
        ("Sesudahnya", {"fields": ["next_training", "next_competence"]}),
        ("Desa lain", {"fields": ["is_shared"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("competences")

    @admin.display(description="kompetensi")
    def taught(self, training: Training) -> str:
        return ", ".join(each.name for each in training.competences.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["activity"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        request.training_in_form = obj  # type: ignore[attr-defined]
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        training = getattr(request, "training_in_form", None)
        if db_field.name == "next_training":
            others = self.choices_of(db_field, request).select_related("activity")
            kwargs["queryset"] = others.exclude(pk=training.pk) if training else others
            kwargs["empty_label"] = "Tidak ada"
        elif db_field.name == "next_competence":
            kwargs["queryset"] = self._competences(Q(pk=training.next_competence_id) if training else Q())
            kwargs["empty_label"] = "Tidak ada"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "competences":
            training = getattr(request, "training_in_form", None)
            kwargs["queryset"] = self._competences(Q(trainings=training) if training else Q())
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @staticmethod
    def _competences(kept: Q) -> Any:
        """Those in use, and what the training has already."""
        in_use = Q(retired_at__isnull=True)
        return Competence.objects.filter(in_use | kept if kept else in_use).distinct()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.index_words()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It goes with a draft of its activity, and stays with what was announced."""
        return False
