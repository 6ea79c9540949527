"""Projects in admin: what is planned is written and told here; how far it is, is told on pages of its own."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from announcements.budget.codes import ACTIVITY_DEPTH, SPENDING
from announcements.budget.names import readable
from announcements.models import Budget, BudgetLine, Project
from attendance.models import PayList, Resolution
from partisipasi import clock
from partisipasi.admin import VillageModelAdmin
from partisipasi.residents.models import Appointment, Person
from partisipasi.village.words import rupiah

YEARS_OFFERED = 3
WORKS = ("kerja-bakti", "padat-karya")


def budget_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The activities on which the newest budgets spend, as `2026/02.03.10`, under their years."""
    budgets = Budget.objects.published().of_years()[:YEARS_OFFERED]
    spending = BudgetLine.objects.filter(budget__in=budgets, section=SPENDING).order_by("position")
    named: dict[int, dict[str, str]] = {budget.pk: {} for budget in budgets}
    for budget, code, name, is_group in spending.values_list("budget", "activity", "name", "is_group"):
        if code.count(".") == ACTIVITY_DEPTH - 1 and (is_group or code not in named[budget]):
            named[budget][code] = f"{code} {readable(name)}"
    return [
        (f"APB Desa {each.year}", [(f"{each.year}/{code}", name) for code, name in named[each.pk].items()])
        for each in budgets
    ]


def _office_holders() -> QuerySet[Person]:
    """Who holds an office today; nobody else answers for the village's money."""
    held = Appointment.objects.public().current(clock.today()).values("person")
    return Person.objects.filter(pk__in=held).order_by("name", "pk")


class ProjectForm(forms.ModelForm):
    budget_codes = forms.MultipleChoiceField(
        label="Kegiatan dalam APB Desa",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text="Dari anggaran yang sudah terbit, pada tahun yang sama. Boleh lebih dari satu.",
        error_messages={"invalid_choice": "Kegiatan ini tidak ada dalam anggaran. Pilih dari daftar."},
    )
    reason = forms.CharField(
        label="Alasan perubahan",
        required=False,
        max_length=300,
        help_text="Warga membacanya. Wajib bila nama, letak, jadwal, nilai, volume, atau pelaksananya berubah.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    class Meta:
        model = Project
        # Which fields there are says the admin page: choices of a village exist only within it.
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "budget_codes" in self.fields:
            kept = [f"{self.instance.year}/{code}" for code in self.instance.budget_codes]
            offered = budget_choices()
            known = {value for _, group in offered for value, _ in group}
            lost = [
                (value, f"{value} (tidak ada lagi dalam anggaran)") for value in kept if value not in known
            ]
            self.fields["budget_codes"].choices = [*offered, *([("Lainnya", lost)] if lost else [])]
            self.initial["budget_codes"] = kept
        if "person" in self.fields and self.instance.person_id:
            chosen = Person.objects.filter(pk=self.instance.person_id)
            self.fields["person"].queryset = self.fields["person"].queryset | chosen
        for name, words in (
            ("resolution", "Bukan dari putusan musyawarah"),
            ("person", "Bukan satu orang"),
            ("body", "Bukan lembaga"),
        ):
            if name in self.fields:
                self.fields[name].empty_label = words
        for name in {"name", "location", "partner"} & self.fields.keys():
            self.fields[name].widget.attrs["class"] = "vLargeTextField"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        year = cleaned.get("year")
        chosen = [value.partition("/") for value in cleaned.get("budget_codes", [])]
        if year and any(of_year != str(year) for of_year, _, _ in chosen):
            self.add_error("budget_codes", f"Pilih kegiatan dari APB Desa {year}.")
        cleaned["budget_codes"] = [code for _, _, code in chosen]
        if cleaned.get("pattern") == Project.Pattern.SELF:
            cleaned["partner"] = ""
        elif cleaned.get("pattern") and not cleaned.get("partner"):
            self.add_error("partner", "Tulis siapa yang mengerjakannya.")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        stored = Project.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if stored and self.instance.changes_from(stored) and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Tulis alasannya: yang Anda ubah sudah diumumkan.")


@admin.register(Project)
class ProjectAdmin(VillageModelAdmin):
    """Where a project is planned and made known."""

    region_lookup = "region"
    form = ProjectForm
    list_display = ["name", "year", "region", "state_word", "percent", "shown_cost"]
    list_filter = ["year", "pattern", "field"]
    list_select_related = ["region"]
    search_fields = ["name", "location"]
    ordering = ["-year", "-starts_on", "-pk"]
    actions = ["publish_chosen"]
    readonly_fields = ["page"]
    fieldsets = [
        (None, {"fields": ["page", "name", "year", "field", "description", "reason"]}),
        ("Letak", {"fields": ["region", "location", "latitude", "longitude"]}),
        ("Pelaksanaan", {"fields": ["volume", "unit", "pattern", "person", "body", "partner"]}),
        ("Jadwal dan biaya", {"fields": ["starts_on", "ends_on", "cost", "budget_codes"]}),
        ("Asal dan pengerjaan", {"fields": ["resolution", "activities"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        absent = set() if obj else {"page", "reason"}
        if not (obj and obj.published_at):
            absent.add("reason")
        return [
            (name, options | {"fields": [field for field in options["fields"] if field not in absent]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "resolution":
            told = Resolution.objects.visible_to(request.user).select_related("activity")
            kwargs["queryset"] = told.newest_first()
        elif db_field.name == "person":
            kwargs["queryset"] = _office_holders()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Works alone are offered, of any kind those with a list of wages."""
        kwargs["queryset"] = (
            self.choices_of(db_field, request)
            .filter(
                Q(kind__code__in=WORKS) | Q(pay_lists__basis=PayList.Basis.DAYS) | Q(projects__isnull=False)
            )
            .order_by("-starts_at", "-pk")
            .distinct()
        )
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was made known once stays: it is stopped, with the reason."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        if change:
            obj.revise(by=request.user, reason=form.cleaned_data.get("reason", ""))  # type: ignore[arg-type]
        else:
            obj.write(by=request.user)  # type: ignore[arg-type]

    @admin.action(
        description="Umumkan pembangunan",
        permissions=["publish"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        waiting = list(queryset.filter(published_at__isnull=True))
        for project in waiting:
            project.publish(by=request.user)  # type: ignore[arg-type]
        told = (
            f"{len(waiting)} pembangunan sudah diumumkan."
            if waiting
            else "Pembangunan itu sudah diumumkan sebelumnya."
        )
        self.message_user(request, told, messages.SUCCESS if waiting else messages.INFO)

    @admin.display(description="halaman")
    def page(self, project: Project) -> str:
        words = "Lihat seperti warga" if project.published_at else "Pratinjau seperti akan dilihat warga"
        return format_html('<a href="{}">{}</a>', project.get_absolute_url(), words)

    @admin.display(description="keadaan")
    def state_word(self, project: Project) -> str:
        return project.state_pill[1] if project.published_at else "Belum diumumkan"

    @admin.display(description="nilai rencana", ordering="cost")
    def shown_cost(self, project: Project) -> str:
        return rupiah(project.cost)
