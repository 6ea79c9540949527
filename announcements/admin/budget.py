"""The budget in admin: a spreadsheet is sent, read at once, seen as readers would see it, and then published."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from announcements.budget.reading import read_sheets
from announcements.models import Budget
from partisipasi.admin import VillageModelAdmin
from partisipasi.files.recognition import Refused
from partisipasi.residents.sheets.table import ACCEPT, sheets_of
from partisipasi.village.words import rupiah

MOST_SHOWN = 50


class BudgetFileForm(forms.ModelForm):
    """A spreadsheet with one budget; what is wrong with it is said line by line, and then nothing is kept."""

    sheet = forms.FileField(
        label="Berkas anggaran",
        help_text="XLSX, ODS, atau CSV dengan kolom kode, uraian, dan anggaran, paling besar 3 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    year = forms.IntegerField(
        label="Tahun",
        required=False,
        help_text="Isi hanya bila tahun anggaran tidak tertulis di atas tabelnya.",
    )
    reason = forms.CharField(
        label="Alasan perbaikan",
        required=False,
        max_length=300,
        help_text="Wajib bila memperbaiki anggaran yang sudah terbit; tampil bersama versi barunya.",
    )

    stage = forms.ChoiceField(label="Tahap", choices=Budget.Stage.choices, initial=Budget.Stage.ENACTED)

    class Meta:
        model = Budget
        fields = ["stage", "regulation"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sheet = cleaned.get("sheet")
        if not sheet or self.errors:
            return cleaned
        try:
            self.reading = read_sheets(sheets_of(sheet), year=cleaned.get("year"))
        except Refused as refusal:
            self.add_error("sheet", str(refusal))
            return cleaned
        told = [str(fault) for fault in self.reading.faults[:MOST_SHOWN]]
        if further := len(self.reading.faults) - len(told):
            told.append(f"Masih ada {further} kesalahan lain.")
        if told:
            self.add_error("sheet", told)
        else:
            self._ask_reason(cleaned)
        return cleaned

    def _ask_reason(self, cleaned: dict[str, Any]) -> None:
        if cleaned["reason"]:
            return
        try:
            Budget.objects.check_reason(self.reading, stage=cleaned["stage"])
        except ValidationError as refusal:
            self.add_error("reason", refusal)


@admin.register(Budget)
class BudgetAdmin(VillageModelAdmin):
    """Versions of the village's budgets; their numbers come from spreadsheets and are not typed here."""

    list_display = ["__str__", "version", "shown_income", "shown_spending", "shown_state"]
    list_filter = ["stage"]
    search_fields = ["regulation"]
    ordering = ["-year", "-published_at", "-pk"]
    actions = ["publish_chosen"]
    readonly_fields = [
        "page",
        "shown_income",
        "shown_spending",
        "shown_financing",
        "shown_remainder",
        "shown_state",
    ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else BudgetFileForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["sheet", "stage", "regulation", "year", "reason"]})]
        return [
            (None, {"fields": ["page", "shown_state", "regulation", "reason", *self.readonly_fields[1:5]]})
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return bool(self.reach(request, "publish"))

    def save_model(self, request: HttpRequest, obj: Budget, form: Any, change: bool) -> None:
        told = form.cleaned_data
        kept = Budget.objects.take_in(
            form.reading,
            stage=told["stage"],
            regulation=told["regulation"],
            reason=told["reason"],
            by=request.user,  # type: ignore[arg-type]
        )
        obj.__dict__.update(kept.__dict__)

    def response_add(self, request: HttpRequest, obj: Budget, post_url_continue: Any = None) -> HttpResponse:
        """To its page, from which it is looked at and published."""
        self.message_user(request, "Anggaran terbaca. Lihat pratinjaunya, lalu terbitkan.")
        return redirect("admin:announcements_budget_change", obj.pk)

    @admin.action(
        description="Terbitkan anggaran",
        permissions=["publish"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Budget]) -> None:
        waiting = list(queryset.filter(published_at__isnull=True))
        for budget in waiting:
            budget.publish(by=request.user)  # type: ignore[arg-type]
        told = (
            f"{len(waiting)} anggaran sudah terbit." if waiting else "Anggaran itu sudah terbit sebelumnya."
        )
        self.message_user(request, told, messages.SUCCESS if waiting else messages.INFO)

    @admin.display(description="halaman")
    def page(self, obj: Budget) -> str:
        words = "Lihat seperti warga" if obj.published_at else "Pratinjau seperti akan dilihat warga"
        return format_html('<a href="{}?versi={}">{}</a>', obj.get_absolute_url(), obj.pk, words)

    @admin.display(description="keadaan")
    def shown_state(self, obj: Budget) -> str:
        return "Terbit" if obj.published_at else "Belum terbit"

    @admin.display(description="pendapatan", ordering="income")
    def shown_income(self, obj: Budget) -> str:
        return rupiah(obj.income)

    @admin.display(description="belanja", ordering="spending")
    def shown_spending(self, obj: Budget) -> str:
        return rupiah(obj.spending)

    @admin.display(description="pembiayaan neto")
    def shown_financing(self, obj: Budget) -> str:
        return rupiah(obj.financing)

    @admin.display(description="SILPA tahun berjalan")
    def shown_remainder(self, obj: Budget) -> str:
        return rupiah(obj.remainder)
