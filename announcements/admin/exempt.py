"""The list of exempt information in admin: entered, looked at again, opened."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from announcements.models import ExemptInformation
from partisipasi import clock
from partisipasi.admin import VillageModelAdmin, waiting
from partisipasi.village.templatetags.portal_format import tanggal

from .acts import Act, ActsMixin

_LIST = "admin:announcements_exemptinformation_changelist"


@waiting(
    "Informasi dikecualikan yang jangka waktunya berakhir", perm="announcements.change_exemptinformation"
)
def ended_terms(user: Any) -> tuple[int, str] | None:
    return ExemptInformation.objects.past_term(clock.today()).count(), f"{reverse(_LIST)}?keadaan=berakhir"


class ExemptStateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("berlaku", "Dikecualikan"),
            ("berakhir", "Jangka waktu berakhir"),
            ("dibuka", "Sudah dibuka"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[ExemptInformation]:
        match self.value():
            case "berlaku":
                return queryset.standing()
            case "berakhir":
                return queryset.past_term(clock.today())
            case "dibuka":
                return queryset.filter(opened_at__isnull=False)
        return queryset


class OpenForm(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Misalnya: jangka waktunya berakhir dan akibatnya tidak ada lagi.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )


@admin.register(ExemptInformation)
class ExemptInformationAdmin(ActsMixin, VillageModelAdmin):
    """Where PPID says what is exempt, why and until when. What stood in the list once is opened, never deleted."""

    acts = (
        Act(
            "buka",
            "Buka informasi ini",
            "Informasi ini tidak lagi dikecualikan: siapa pun yang meminta mendapatkannya.",
            "Informasi ini tidak lagi dikecualikan.",
            lambda row: not row.opened_at,
            lambda row, by, reason: row.open_again(reason, by=by),
            OpenForm,
            lambda row, user: user.has_perm("announcements.change_exemptinformation"),
        ),
    )
    noun = "informasi"
    actions = []
    list_display = ["number", "content", "legal_basis", "term_words", "state_word"]
    list_display_links = ["content"]
    list_filter = [ExemptStateFilter]
    search_fields = ["content", "legal_basis"]
    ordering = ["number"]
    readonly_fields = ["state_word"]
    fields = [
        "state_word",
        "content",
        "held_by",
        "ground",
        "legal_basis",
        "set_by",
        "set_on",
        "until_on",
        "term",
    ]

    @admin.display(description="jangka waktu")
    def term_words(self, row: ExemptInformation) -> str:
        return row.term_words

    @admin.display(description="keadaan")
    def state_word(self, row: ExemptInformation) -> str:
        if row.opened_at:
            return f"Dibuka {tanggal(row.opened_at)}: {row.opened_reason}"
        return row.state[1]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.opened_at)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        if change:
            obj.review(by=request.user)
        else:
            obj.enter(by=request.user)
