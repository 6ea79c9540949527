"""The village's list of NIKs: brought as a spreadsheet, kept as fingerprints."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from partisipasi.residents.models import KnownNik
from partisipasi.residents.sheets.niks import listed_in
from partisipasi.residents.sheets.table import ACCEPT


class NikListForm(forms.Form):
    """A spreadsheet with NIKs and names; it is read, hashed and forgotten."""

    sheet = forms.FileField(
        label="Daftar penduduk",
        help_text="XLSX, ODS, atau CSV dengan kolom NIK (sebagai teks) dan Nama.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "Pilih berkas daftar penduduk."},
    )

    def clean_sheet(self) -> dict[str, str]:
        return listed_in(self.cleaned_data["sheet"])


class KeepsNikList:
    """What the address book's admin can do with the list of NIKs."""

    def niks_view(self, request: HttpRequest) -> HttpResponse:
        """Bring a new list in place of the old one, or take it away."""
        if not self.reach(request, "import").everywhere:  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method == "POST" and "hapus" in request.POST:
            KnownNik.objects.replace({}, by=request.user)
            self.message_user(request, "Daftar NIK dihapus.", messages.SUCCESS)  # type: ignore[attr-defined]
            return redirect("admin:residents_person_niks")
        form = NikListForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            listed = form.cleaned_data["sheet"]
            KnownNik.objects.replace(listed, by=request.user)
            told = f"{len(listed)} NIK sekarang terdaftar. Berkasnya tidak disimpan."
            self.message_user(request, told, messages.SUCCESS)  # type: ignore[attr-defined]
            return redirect("admin:residents_person_niks")
        context = self.admin_site.each_context(request) | {  # type: ignore[attr-defined]
            "title": "Daftar NIK untuk verifikasi",
            "opts": self.opts,  # type: ignore[attr-defined]
            "form": form,
            "listed": KnownNik.objects.count(),
            "used": KnownNik.objects.filter(person__isnull=False).count(),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/residents/person/niks.html", context, status=status)

    def niks_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.niks_view)  # type: ignore[attr-defined]
        return [path("daftar-nik/", view, name="residents_person_niks")]
