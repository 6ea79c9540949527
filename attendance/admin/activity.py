from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from attendance.bundle import Bundle
from attendance.models import Activity, ActivityKind, Refusal, Session
from partisipasi.admin import VillageModelAdmin, VillageTabularInline
from partisipasi.village.words import clock_time, full_date

from .evidence import EvidenceInline

NAMES_CHOICES = [
    ("", "Menurut ketentuan desa"),
    ("True", "Tampilkan nama"),
    ("False", "Tampilkan jumlah saja"),
]

SIGNATURE_CHOICES = [
    ("", "Menurut jenis kegiatan"),
    ("True", "Tawarkan tanda tangan di layar"),
    ("False", "Tanpa tanda tangan di layar"),
]

CLOSED_WITH_THE_LIST = ["kind", "title", "agenda", "venue", "region", "programme", "rules"]


class StageFilter(admin.SimpleListFilter):
    """Where an activity stands in its course."""

    title = "tahap"
    parameter_name = "tahap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draf", "Draf"),
            ("mendatang", "Akan datang dan berlangsung"),
            ("belum-ditutup", "Selesai, daftar hadir belum ditutup"),
            ("susulan", "Ada susulan yang menunggu"),
            ("tanpa-notulen", "Ditutup, notulen belum terbit"),
            ("tanpa-bukti", "Ditutup, belum ada bukti"),
            ("laporan-terlambat", "Laporan penyelenggaraan terlambat"),
            ("pindaian", "Pindaian menunggu diperiksa"),
            ("ditutup", "Daftar hadir ditutup"),
            ("dibatalkan", "Dibatalkan"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "draf":
                return queryset.filter(announced_at__isnull=True, cancelled_at__isnull=True)
            case "mendatang":
                return queryset.announced().upcoming().filter(cancelled_at__isnull=True)
            case "belum-ditutup":
                return queryset.waiting_to_close()
            case "susulan":
                return queryset.with_late_arrivals()
            case "tanpa-notulen":
                return queryset.without_minutes()
            case "tanpa-bukti":
                return queryset.without_evidence()
            case "laporan-terlambat":
                return queryset.with_late_report()
            case "pindaian":
                return queryset.with_waiting_scans()
            case "ditutup":
                return queryset.filter(closed_at__isnull=False)
            case "dibatalkan":
                return queryset.filter(cancelled_at__isnull=False)
        return queryset

    @classmethod
    def url(cls, stage: str) -> str:
        return f"{reverse('admin:attendance_activity_changelist')}?{cls.parameter_name}={stage}"


class SessionInline(VillageTabularInline):
    model = Session
    region_lookup = "activity__region"
    fields = ["starts_at", "ends_at", "name", "venue"]
    min_num = 1
    verbose_name_plural = "waktu (kosongkan “selesai” untuk s.d. selesai)"

    def _may(self, request: HttpRequest, action: str) -> bool:
        parent = getattr(request, "activity_in_form", None)
        if action != "view" and parent and (parent.closed_at or parent.cancelled_at):
            return False
        return super()._may(request, action)


@admin.register(Activity)
class ActivityAdmin(VillageModelAdmin):
    """Preparing activities. What happens at the door happens at the desk, which this links to."""

    region_lookup = "region"
    change_form_template = "admin/attendance/activity/change_form.html"
    inlines = [SessionInline, EvidenceInline]
    list_display = ["title", "kind", "when", "venue", "region", "state_word", "seats", "documents"]
    list_filter = [StageFilter, "kind", "region", ("starts_at", admin.DateFieldListFilter)]
    list_select_related = ["kind", "region"]
    search_fields = ["title", "agenda", "venue"]
    search_help_text = "Cari judul, acara, atau tempat."
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "-pk"]
    actions = ["announce"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "agenda", "venue", "region"]}),
        ("Untuk warga", {"fields": ["description", "organiser", "names_public"]}),
        ("Tanda tangan", {"fields": ["signs_on_screen"]}),
        ("Acara", {"fields": ["programme", "rules"]}),
        ("Untuk penilaian", {"fields": ["indicator"]}),
    ]

    # Rows

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        standing = models.Q(invitations__uninvited_at__isnull=True, invitations__isnull=False)
        return (
            super()
            .get_queryset(request)
            .annotate(
                seat_count=models.Count("invitations", filter=standing, distinct=True),
                evidence_count=models.Count("evidence", distinct=True),
            )
        )

    @admin.display(description="waktu", ordering="starts_at")
    def when(self, activity: Activity) -> str:
        if not activity.starts_at:
            return "belum ditentukan"
        start = timezone.localtime(activity.starts_at)
        return f"{full_date(start.date())}, {clock_time(start)}"

    @admin.display(description="keadaan")
    def state_word(self, activity: Activity) -> str:
        return activity.state_pill[1]

    @admin.display(description="undangan", ordering="seat_count")
    def seats(self, activity: Any) -> int:
        return activity.seat_count

    @admin.display(description="bukti", ordering="evidence_count")
    def documents(self, activity: Any) -> int:
        return activity.evidence_count

    # The form

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        request.activity_in_form = obj  # type: ignore[attr-defined]
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # What is printed on a closed list does not change under it.
        return CLOSED_WITH_THE_LIST if obj and obj.closed_at else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            kwargs["queryset"] = self._kinds(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _kinds(self, request: HttpRequest) -> Any:
        """Those in use, and the one that the activity already has."""
        activity = getattr(request, "activity_in_form", None)
        in_use = models.Q(retired_at__isnull=True)
        return ActivityKind.objects.filter(in_use | models.Q(pk=activity.kind_id) if activity else in_use)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        match db_field.name:
            case "names_public" | "signs_on_screen":
                return forms.TypedChoiceField(
                    label=db_field.verbose_name.capitalize(),
                    help_text=db_field.help_text,
                    required=False,
                    choices=NAMES_CHOICES if db_field.name == "names_public" else SIGNATURE_CHOICES,
                    coerce=lambda chosen: chosen == "True",
                    empty_value=None,
                )
            case "description" | "programme" | "rules":
                kwargs["widget"] = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})
            case "title" | "agenda":
                kwargs["widget"] = forms.TextInput(attrs={"class": "vLargeTextField"})
            case "region":
                kwargs["empty_label"] = "Seluruh desa"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_beyond_reach(request, obj, change)
        if change:
            # Only what the form asked: a desk may close the list at this very moment.
            obj.save(update_fields=form.changed_data)
        else:
            obj.created_by = request.user
            obj.take_from_kind()
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Evidence last: what is published of it goes into the record, whose lock comes after all others.
        evidence = [each for each in formsets if isinstance(each.inline, EvidenceInline)]
        super().save_related(request, form, [each for each in formsets if each not in evidence], change)
        form.instance.tidy_times()
        form.instance.index_words()
        sittings = any(each.has_changed() for each in formsets if isinstance(each.inline, SessionInline))
        form.instance.note_edits([*form.changed_data, *(["sessions"] if sittings else [])] if change else [])
        for formset in evidence:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset.inline, EvidenceInline):
            formset.inline.save(request, form.instance, formset)
        else:
            super().save_formset(request, form, formset, change)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        activity = context.get("original")
        if activity:
            context["may"] = {
                act: request.user.has_perm(f"attendance.{perm}", activity)
                for act, perm in [
                    ("desk", "run_desk"),
                    ("print", "view_internal"),
                    ("file", "add_evidence"),
                    ("invite", "change_activity"),
                    ("announce", "announce_activity"),
                ]
            }
            held = activity.evidence.values_list("kind", "is_public")
            minutes = getattr(activity, "minutes", None)
            context["bundle"] = None if activity.cancelled_at else Bundle.of(activity, held, minutes)
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was announced is cancelled, not deleted."""
        if obj is not None and obj.announced_at:
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description="Umumkan kegiatan terpilih", permissions=["announce"])
    def announce(self, request: HttpRequest, activities: Any) -> None:
        announced = 0
        for activity in activities.filter(announced_at__isnull=True):
            try:
                activity.announce(request.user)
            except (Refusal, ValidationError) as refusal:
                reason = " ".join(getattr(refusal, "messages", [str(refusal)]))
                messages.error(request, f"{activity}: {reason}")
            else:
                announced += 1
        messages.success(request, f"{announced} kegiatan diumumkan.")
