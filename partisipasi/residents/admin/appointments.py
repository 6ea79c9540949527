from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from partisipasi import clock
from partisipasi.admin import VillageModelAdmin, waiting
from partisipasi.admin.waiting import Answer, count_of
from partisipasi.residents.models import Appointment

from .succession import PassesOffices


@waiting("Penugasan segera berakhir, belum ada pengganti", perm="residents.add_appointment")
def ending_appointments(user: Any) -> Answer:
    rows = Appointment.objects.ending(clock.today()).without_successor()
    return count_of(rows, reverse("admin:residents_appointment_changelist") + "?keadaan=segera")


class AppointmentForm(forms.ModelForm):
    class Meta:
        model = Appointment
        # Choices are of a village, so admin names the fields when there is one: `AppointmentAdmin.fields`.
        fields: ClassVar[list[str]] = []

    def clean_person(self) -> Any:
        person = self.cleaned_data["person"]
        if person.retired_at:
            raise ValidationError("Orang ini sudah dinyatakan tidak aktif di buku alamat.")
        if person.user_id == self.by.pk and not self.by.is_superuser:
            raise ValidationError("Tidak seorang pun menetapkan penugasan bagi dirinya sendiri.")
        return person


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label="Alasan pencabutan",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Disimpan sebagai catatan internal; catatan publik hanya memuat segelnya.",
    )


_TOLD = ["state", "deputy_for", "takes_over_from", "appointed_by", "revoked_reason"]


class StateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("berlaku", "Berlaku"),
            ("nanti", "Akan datang"),
            ("segera", "Segera berakhir, belum ada pengganti"),
            ("selesai", "Berakhir atau dicabut"),
        ]

    def queryset(self, request: HttpRequest, held: Any) -> QuerySet[Appointment]:
        today = clock.today()
        match self.value():
            case "berlaku":
                return held.current(today)
            case "nanti":
                return held.filter(from_on__gt=today, revoked_at__isnull=True)
            case "segera":
                return held.ending(today).without_successor()
            case "selesai":
                return held.filter(Q(until_on__lt=today) | Q(revoked_at__isnull=False))
        return held


@admin.register(Appointment)
class AppointmentAdmin(PassesOffices, VillageModelAdmin):
    """Who holds which office. An appointment is made and ended, never rewritten."""

    form = AppointmentForm
    list_display = ["title", "person", "role", "from_on", "until_on", "state", "revoke_link"]
    list_filter = [StateFilter, "role"]
    list_select_related = ["person", "region"]
    search_fields = ["title", "person__name", "decree_number"]
    search_help_text = "Cari jabatan, nama, atau nomor SK."
    autocomplete_fields = ["person", "region"]
    fields = ["person", "role", "title", "region", "from_on", "until_on", "decree_number"]
    change_form_template = "admin/residents/appointment/change_form.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.fields, *_TOLD] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return _TOLD if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"from_on": clock.today()} | super().get_changeform_initial_data(request)

    @admin.display(description="keadaan")
    def state(self, held: Appointment) -> str:
        if held.revoked_at:
            return "dicabut"
        if held.from_on > clock.today():
            return "akan datang"
        return "berlaku" if held.is_current else "berakhir"

    @admin.display(description="tindakan")
    def revoke_link(self, held: Appointment) -> str:
        if not held.is_current:
            return "–"
        url = reverse("admin:residents_appointment_revoke", args=[held.pk])
        return format_html('<a href="{}" aria-label="Cabut penugasan {}">Cabut</a>', url, held)

    def save_model(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        told = {name: form.cleaned_data[name] for name in self.fields if name != "person"}
        made = form.cleaned_data["person"].appoint(by=request.user, **told)
        obj.pk, obj.appointed_by = made.pk, made.appointed_by
        obj._state.adding = False

    def get_urls(self) -> list[Any]:
        revoke = path(
            "<path:object_id>/cabut/",
            self.admin_site.admin_view(self.revoke_view),
            name="residents_appointment_revoke",
        )
        return [revoke, *self.succession_urls(), *super().get_urls()]

    def revoke_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End an appointment, for a reason."""
        held = self.get_object(request, unquote(object_id))
        if held is None:
            raise Http404
        if not self.within(request, held, "revoke"):
            raise PermissionDenied
        form = RevocationForm(request.POST or None)
        if form.is_valid():
            try:
                held.revoke(reason=form.cleaned_data["reason"], by=request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.log_change(request, held, "Dicabut.")
                self.message_user(request, f"Penugasan {held} dicabut.", messages.SUCCESS)
                return redirect("admin:residents_appointment_changelist")
        context = self.admin_site.each_context(request) | {
            "title": "Cabut penugasan",
            "subtitle": str(held),
            "opts": self.opts,
            "original": held,
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/residents/appointment/revoke.html", context, status=status)
