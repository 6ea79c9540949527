from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SplitArrayField, SplitArrayWidget
from django.http import HttpRequest

from attendance.models import ActivityKind, KindSignatory, KindUnsur, PaperKind, SheetColumn
from partisipasi import clock
from partisipasi.admin import VillageModelAdmin, VillageTabularInline
from partisipasi.residents.models import Unsur

MOST_COLUMNS = 10


_COLUMN = forms.ChoiceField(choices=[("", "–"), *SheetColumn.choices], required=False)


class ColumnsWidget(SplitArrayWidget):
    """Choices in a row, each of which says which column it is."""

    def get_context(self, name: str, value: Any, attrs: Any = None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for place, choice in enumerate(context["widget"]["subwidgets"], start=1):
            choice["attrs"] |= {"aria-label": f"Kolom {place}", "required": False}
        return context


class ActivityKindForm(forms.ModelForm):
    """The columns as a row of choices, from the left."""

    columns = SplitArrayField(
        _COLUMN,
        size=MOST_COLUMNS,
        widget=ColumnsWidget(widget=_COLUMN.widget, size=MOST_COLUMNS),
        remove_trailing_nulls=True,
        label="Kolom daftar hadir",
        help_text="Urut dari kiri; kosongkan yang tidak dipakai. Mintalah data sesedikit mungkin: "
        "nomor HP hanya bila memang diperlukan.",
    )

    papers = forms.MultipleChoiceField(
        choices=PaperKind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Kelengkapan bukti",
        help_text="Dokumen yang diperlukan agar bukti kegiatan jenis ini lengkap.",
    )

    unsur = forms.ModelMultipleChoiceField(
        None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Unsur yang ditawarkan",
        help_text="Pilihan unsur ketika mengundang dan mencatat yang hadir. "
        "Bila tidak ada yang dicentang, seluruh daftar unsur desa ditawarkan.",
    )

    class Meta:
        model = ActivityKind
        fields = [
            "name",
            "code",
            "order",
            "organiser",
            "sheet_title",
            "columns",
            "papers",
            "report_days",
            "in_bpd_books",
            "indicator",
            "by_invitation",
            "quorum",
            "wait_hours",
            "wait_days",
            "programme",
            "rules",
            "names_public",
            "signs_on_screen",
            "particulars_months",
            "list_years",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unsur" in self.fields:
            self.fields["unsur"].queryset = Unsur.objects.all()  # type: ignore[attr-defined]
            if self.instance.pk:
                chosen = KindUnsur.objects.filter(kind=self.instance)
                self.fields["unsur"].initial = list(chosen.values_list("unsur", flat=True))

    def clean_quorum(self) -> str:
        return "".join(self.cleaned_data["quorum"].split())

    def clean_columns(self) -> list[str]:
        columns = [column for column in self.cleaned_data["columns"] if column]
        if SheetColumn.NAME not in columns:
            raise forms.ValidationError("Kolom nama harus ada.")
        if len(set(columns)) < len(columns):
            raise forms.ValidationError("Setiap kolom dipakai satu kali saja.")
        return columns


class SignatoryInline(VillageTabularInline):
    model = KindSignatory
    fields = ["paper", "order", "heading", "text", "role", "body_kind", "position"]
    verbose_name_plural = "penanda tangan, urut seperti pada kertas"


@admin.register(ActivityKind)
class ActivityKindAdmin(VillageModelAdmin):
    """The village's own kinds of activity. A kind that was used is retired, not deleted."""

    form = ActivityKindForm
    shared = True
    inlines = [SignatoryInline]
    fieldsets = [
        (None, {"fields": ["name", "code", "order", "organiser", "by_invitation"]}),
        ("Daftar hadir", {"fields": ["sheet_title", "columns", "unsur", "names_public", "signs_on_screen"]}),
        ("Musyawarah", {"fields": ["quorum", "wait_hours", "wait_days", "programme", "rules"]}),
        ("Masa simpan data peserta", {"fields": ["particulars_months", "list_years"]}),
        ("Kelengkapan bukti", {"fields": ["papers", "report_days", "indicator", "in_bpd_books"]}),
    ]
    list_display = ["name", "column_names", "by_invitation", "names_public", "kept", "is_used"]
    search_fields = ["name"]
    actions = ["retire", "restore"]
    ordering = ["order", "name"]

    @admin.display(description="Unsur yang ditawarkan")
    def unsur(self, kind: ActivityKind) -> str:
        """As who may not change it reads it."""
        return ", ".join(str(each) for each in kind.unsur_offered)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.offer_unsur(form.cleaned_data["unsur"])

    @admin.display(description="kolom daftar hadir")
    def column_names(self, kind: ActivityKind) -> str:
        return " · ".join(SheetColumn(column).label for column in kind.columns)

    @admin.display(description="nama disimpan")
    def kept(self, kind: ActivityKind) -> str:
        return kind.list_term

    @admin.display(description="dipakai", boolean=True)
    def is_used(self, kind: ActivityKind) -> bool:
        return kind.retired_at is None

    @admin.action(description="Tidak dipakai lagi untuk kegiatan baru", permissions=["change"])
    def retire(self, request: HttpRequest, kinds: Any) -> None:
        count = kinds.filter(retired_at__isnull=True).update(retired_at=clock.now())
        self.message_user(request, f"{count} jenis kegiatan tidak dipakai lagi.")

    @admin.action(description="Pakai lagi", permissions=["change"])
    def restore(self, request: HttpRequest, kinds: Any) -> None:
        count = kinds.filter(retired_at__isnull=False).update(retired_at=None)
        self.message_user(request, f"{count} jenis kegiatan dipakai lagi.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []
