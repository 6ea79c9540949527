"""The village's own settings, and for the installation's owner its villages."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from partisipasi.admin import VillageModelAdmin, VillageTabularInline
from partisipasi.db import current_village, village_scope
from partisipasi.files.forms import StoredFileField
from partisipasi.files.intake import IMAGES
from partisipasi.files.recognition import EXTENSIONS
from partisipasi.village.founding import lay_out_everything
from partisipasi.village.models import Host, Village


class ShownEmblem:
    """The emblem under the address at which everybody sees it: uploads have none of their own."""

    url = property(lambda self: reverse("village_emblem"))

    def __str__(self) -> str:
        return "lihat lambang"


class EmblemInput(forms.ClearableFileInput):
    def format_value(self, value: Any) -> Any:
        return ShownEmblem() if self.is_initial(value) else None


class VillageForm(forms.ModelForm):
    logo = StoredFileField(
        label="Lambang", allow=IMAGES, longest_side=512, required=False, widget=EmblemInput
    )

    class Meta:
        model = Village
        # Which of them, and in which order, says `VillageAdmin.fieldsets`.
        fields: ClassVar[list[str]] = []

    def clean_logo(self) -> Any:
        upload = self.cleaned_data["logo"]
        prepared = getattr(upload, "prepared", None)
        if not prepared:
            return upload
        # A name of our own: what the file was called may say more than the village wishes.
        name = f"{secrets.token_hex(8)}{EXTENSIONS[prepared.media_type]}"
        return ContentFile(prepared.content, name=name)


class HostInline(VillageTabularInline):
    model = Host
    fields = ["name"]
    verbose_name = "nama domain"
    verbose_name_plural = "nama domain; yang pertama tampil pada surel, QR, dan cetakan"


@admin.register(Village)
class VillageAdmin(VillageModelAdmin):
    """An Admin Desa sees and changes his own village alone; the installation's owner makes villages."""

    form = VillageForm
    list_display = ["full_name", "district", "regency", "code"]
    search_fields = ["name", "district", "regency", "code__startswith"]
    search_help_text = "Cari nama desa, kecamatan, kabupaten, atau kode."
    autocomplete_fields = ["area"]
    inlines = [HostInline]
    fieldsets = [
        ("Identitas", {"fields": ["name", "code", "area", "district", "regency", "province"]}),
        ("Sebutan", {"fields": ["village_word", "district_word", "regency_word", "head_word"]}),
        (
            "Kantor dan kop surat",
            {"fields": ["logo", "address", "postcode", "phone", "email", "office_hours"]},
        ),
        ("Pengaduan", {"fields": ["complaints_address"]}),
        ("Tampilan", {"fields": ["accent", "band"]}),
        ("Waktu", {"fields": ["time_zone", "six_day_week"]}),
        ("Surat", {"fields": ["letter_format", "letter_code"]}),
        ("Keterbukaan", {"fields": ["names_on_public_lists"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(pk=current_village().pk)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Which village this is was settled when the installation's owner made it.
        return [] if request.user.is_superuser else ["area"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not request.user.is_superuser and self.has_view_permission(request):
            return redirect("admin:village_village_change", current_village().pk)
        return super().changelist_view(request, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            with village_scope(form.instance):
                lay_out_everything()
