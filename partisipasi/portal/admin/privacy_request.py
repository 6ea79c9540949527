"""The register of what people ask about their data, and the counter where officials file it for them."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from partisipasi import clock
from partisipasi.admin import VillageModelAdmin, waiting
from partisipasi.portal.models import DECIDE, PrivacyRequest
from partisipasi.village.templatetags.portal_format import jam, tanggal_pendek

LIST = "/admin/portal/privacyrequest/"


@waiting("Permintaan data pribadi", perm=DECIDE)
def requests_waiting(user: Any) -> tuple[int, str]:
    waiting = PrivacyRequest.objects.undecided().filter(due_at__gte=clock.now())
    return waiting.count(), f"{LIST}?keadaan=menunggu"


@waiting("Permintaan data pribadi, lewat 3 × 24 jam", perm=DECIDE)
def requests_late(user: Any) -> tuple[int, str]:
    return PrivacyRequest.objects.late().count(), f"{LIST}?keadaan=terlambat"


class StateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("menunggu", "Menunggu"),
            ("terlambat", "Terlambat"),
            *PrivacyRequest.Decision.choices,
        ]

    def queryset(self, request: HttpRequest, requests: Any) -> QuerySet[PrivacyRequest]:
        match self.value():
            case None:
                return requests
            case "menunggu":
                return requests.undecided().filter(due_at__gte=clock.now())
            case "terlambat":
                return requests.late()
        return requests.filter(decision=self.value())


class CounterForm(forms.ModelForm):
    """What somebody asks at the counter."""

    class Meta:
        model = PrivacyRequest
        # Choices are of a village, so admin names the fields when there is one: `PrivacyRequestAdmin.get_fields`.
        fields: ClassVar[list[str]] = []

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> Any:
        told = super().clean() or {}
        if not told.get("person") and not told.get("name"):
            self.add_error("name", "Pilih orangnya dari buku alamat, atau tulis namanya.")
        if not told.get("text") and told.get("kind") == PrivacyRequest.Kind.CORRECTION:
            self.add_error("text", "Tulis data mana yang salah.")
        return told


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label="Alasan atau keterangan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4}),
        help_text="Dibaca pemohon. Wajib bila ditolak: sebutkan dasar hukumnya.",
    )


@admin.register(PrivacyRequest)
class PrivacyRequestAdmin(VillageModelAdmin):
    """Requests are received and decided, never rewritten and never deleted."""

    form = CounterForm
    list_display = ["received_at", "kind", "who_asks", "due", "state", "decide_link"]
    list_display_links = ["received_at"]
    list_filter = [StateFilter, "kind"]
    list_select_related = ["person", "user"]
    search_fields = ["person__name", "user__username", "name"]
    search_help_text = "Cari nama pemohon."
    autocomplete_fields = ["person"]
    ordering = ["-received_at"]
    change_list_template = "admin/portal/privacyrequest/change_list.html"
    change_form_template = "admin/portal/privacyrequest/change_form.html"

    _received = ("kind", "who_asks", "text", "right", "received_at", "filed_by", "due", "state")
    _decided = ("decided_at", "decided_by", "reason", "carried_out_at")

    def get_fields(self, request: HttpRequest, obj: PrivacyRequest | None = None) -> list[str]:
        if obj is None:
            return ["kind", "person", "name", "text", "right", "nonce"]
        return [*self._received, *(() if obj.is_open else self._decided)]

    def get_readonly_fields(self, request: HttpRequest, obj: PrivacyRequest | None = None) -> list[str]:
        return self.get_fields(request, obj) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="pemohon")
    def who_asks(self, asked: PrivacyRequest) -> str:
        return asked.who

    @admin.display(description="jatuh tempo", ordering="due_at")
    def due(self, asked: PrivacyRequest) -> str:
        return f"{tanggal_pendek(asked.due_at)}, {jam(asked.due_at)}"

    @admin.display(description="keadaan")
    def state(self, asked: PrivacyRequest) -> str:
        word = asked.state_pill[1]
        return format_html("<strong>{}</strong>", word.upper()) if asked.is_late else word

    @admin.display(description="tindakan")
    def decide_link(self, asked: PrivacyRequest) -> str:
        if not asked.is_open:
            return "–"
        url = reverse("admin:portal_privacyrequest_decide", args=[asked.pk])
        return format_html('<a href="{}" aria-label="Putuskan {}">Putuskan</a>', url, asked)

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return self.list_display if request.user.has_perm(DECIDE) else self.list_display[:-1]

    def save_model(self, request: HttpRequest, obj: PrivacyRequest, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        made = PrivacyRequest.objects.file(by=request.user, **form.cleaned_data)
        obj.pk, obj.received_at, obj.due_at = made.pk, made.received_at, made.due_at
        obj._state.adding = False

    def get_urls(self) -> list[Any]:
        decide = self.admin_site.admin_view(self.decide_view)
        register = self.admin_site.admin_view(self.register_view)
        return [
            path("register/", register, name="portal_privacyrequest_register"),
            path("<path:object_id>/putuskan/", decide, name="portal_privacyrequest_decide"),
            *super().get_urls(),
        ]

    def register_view(self, request: HttpRequest) -> HttpResponse:
        """The register, to be printed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        requests = PrivacyRequest.objects.select_related("person", "user", "decided_by")
        rows = requests.order_by("received_at", "pk")
        return render(request, "portal/my_data/register.html", {"requests": rows, "today": clock.today()})

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Carry out, or refuse with a reason that the person reads."""
        asked = self.get_object(request, unquote(object_id))
        if asked is None:
            raise Http404
        if not self.within(request, asked, "decide"):
            raise PermissionDenied
        form = DecisionForm(request.POST or None)
        if form.is_valid():
            try:
                done = self._decided_as(request, asked, form.cleaned_data["reason"])
            except ValidationError as refusal:
                form.add_error("reason", refusal)
            else:
                word = "sudah diputuskan" if done else "sudah diputuskan sebelumnya"
                self.message_user(request, f"{asked} {word}.", messages.SUCCESS)
                return redirect("admin:portal_privacyrequest_changelist")
        context = self.admin_site.each_context(request) | {
            "title": "Putuskan permintaan data pribadi",
            "subtitle": str(asked),
            "opts": self.opts,
            "original": asked,
            "may_carry_out": not asked.is_erasure or asked.filed_by_id or asked.is_late,
            "form": form,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/portal/privacyrequest/decide.html", context, status=status)

    @staticmethod
    def _decided_as(request: HttpRequest, asked: PrivacyRequest, reason: str) -> bool:
        if request.POST.get("tindakan") == "laksanakan":
            return asked.carry_out(by=request.user, note=reason)
        return asked.refuse(reason, by=request.user)
