from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from attendance.models import Activity, Evidence
from partisipasi.admin import VillageStackedInline
from partisipasi.files.forms import StoredFileField

TOLD = ["kind", "title", "is_public", "is_redacted"]


class EvidenceForm(forms.ModelForm):
    """A document for the bundle; what it is can be changed later, its bytes cannot."""

    upload = StoredFileField(label="Berkas")

    class Meta:
        model = Evidence
        fields = TOLD
        help_texts = {
            "is_public": "Hanya untuk yang boleh dilihat semua orang. Pindaian bertanda tangan tetap internal.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]


class EvidenceInline(VillageStackedInline):
    """The evidence bundle. A document once stored is not changed; it is removed and added anew."""

    model = Evidence
    form = EvidenceForm
    region_lookup = "activity__region"
    sees_internal = False
    verbose_name_plural = "bukti kegiatan: undangan, daftar hadir, notulen, berita acara, dokumentasi"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": ["upload", *TOLD]})]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.sees_internal = request.user.has_perm("attendance.view_internal", obj)
        return super().get_formset(request, obj, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="berkas")
    def upload(self, evidence: Evidence) -> str:
        """What stands in the place of the file field once there is a file."""
        sort = "publik" if evidence.is_public else "internal"
        if not (evidence.is_public or self.sees_internal):
            return f"{evidence.file_name} ({sort})"
        return format_html('<a href="{}">{}</a> ({})', evidence.get_absolute_url(), evidence.file_name, sort)

    def save(self, request: HttpRequest, activity: Activity, formset: Any) -> None:
        """Let the verbs add and remove what the form says."""
        self.refuse_beyond_reach(request, formset)
        formset.save(commit=False)
        # The form has written its own answers over the rows, so the rows are read again.
        gone = [evidence.pk for evidence in formset.deleted_objects]
        for evidence in activity.evidence.filter(pk__in=gone):
            evidence.remove(request.user)
        for form in formset.extra_forms:
            if form.has_changed() and form not in formset.deleted_forms:
                told = {name: form.cleaned_data[name] for name in TOLD}
                activity.add_evidence(form.cleaned_data["upload"], by=request.user, **told)
        formset.new_objects, formset.changed_objects = [], []
