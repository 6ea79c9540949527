from typing import Any

from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from feedback.models import STATES, Report
from feedback.views.public import show_lateness
from partisipasi import clock
from partisipasi.admin import VillageModelAdmin
from partisipasi.village.templatetags.portal_format import jam, tanggal, tanggal_pendek
from partisipasi.village.words import full_date

from .acts import ActsMixin

_SETTLED = Q(closed_at__isnull=False) | Q(rejected_at__isnull=False) | Q(forwarded_at__isnull=False)


class StateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("saya", "Perlu saya jawab"), *STATES]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Report]:
        if self.value() == "saya":
            return queryset.assigned_to(request.user).unanswered()
        return queryset.in_state(self.value() or "", clock.today())


@admin.register(Report)
class ReportAdmin(ActsMixin, VillageModelAdmin):
    """The officers' work: what came in, when it is due, and what to do with it. Nobody writes another's words here."""

    region_lookup = "region"
    list_display = [
        "code",
        "due_word",
        "about",
        "state_word",
        "category",
        "place",
        "responsible",
        "received_on",
    ]
    list_filter = [StateFilter, "kind", "category", "disclosure", "channel"]
    list_select_related = ["category", "region", "assigned_to"]
    date_hierarchy = "received_at"
    search_fields = ["code", "title", "body"]
    search_help_text = "Cari kode, judul, atau isi laporan."
    fields = [
        "code", "state_word", "due_word", "about", "told", "pictures", "kind", "matter", "place",
        "disclosure", "channel", "reporter_word", "phone_word", "responsible", "promises", "public", "journey",
    ]  # fmt: skip
    readonly_fields = fields

    # Who may

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        rows = Report.objects.handled_by(request.user).with_reporter_names()
        next_due = Case(
            When(_SETTLED, then=Value(None)),
            When(verified_at__isnull=True, then=F("verify_due_on")),
            When(taken_up_at__isnull=True, then=F("follow_up_due_on")),
            When(answered_at__isnull=True, then=F("done_due_on")),
            default=Value(None),
            output_field=DateField(),
        )
        return rows.annotate(owed_on=next_due)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What is owed first comes first: the late on top."""
        return [F("owed_on").asc(nulls_last=True), "-received_at", "-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Also for whom reports were assigned to, whatever his office."""
        if obj is not None:
            return obj.is_handled_by(request.user)
        return super().has_view_permission(request) or Report.objects.assigned_to(request.user).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> Any:
        return {}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        hidden = (
            set() if obj and obj.reporter_can_be_seen_by(request.user) else {"reporter_word", "phone_word"}
        )
        return [name for name in self.fields if name not in hidden]

    # What the list shows

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        shown = super().get_changelist_instance(request)
        show_lateness(shown.result_list)
        return shown

    @admin.display(description="judul", ordering="title")
    def about(self, report: Report) -> str:
        return report.title

    @admin.display(description="keadaan")
    def state_word(self, report: Report) -> str:
        held = "ditahan, " if report.is_held else ""
        return f"{held}{report.state[1].lower()}" if held else report.state[1]

    @admin.display(description="tenggat", ordering="owed_on")
    def due_word(self, report: Report) -> str:
        stage = report.next_stage
        if stage is None:
            return "–"
        due = f"{stage.label.capitalize()}: {tanggal_pendek(stage.due_on)}"
        return format_html("{} <strong>{}</strong>", due, report.late_words) if report.late else due

    @admin.display(description="kategori")
    def matter(self, report: Report) -> str:
        """The category as a word: not everybody who handles reports opens the list of categories."""
        return str(report.category)

    @admin.display(description="letak")
    def place(self, report: Report) -> str:
        return str(report.region or "Seluruh desa")

    @admin.display(description="penanggung jawab")
    def responsible(self, report: Report) -> str:
        if not report.assigned_to:
            return "–"
        return f"{report.assigned_to.name} ({report.assigned_office})"

    @admin.display(description="diterima", ordering="received_at")
    def received_on(self, report: Report) -> str:
        return tanggal_pendek(report.received_at)

    # What the page of one shows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        report = super().get_object(request, object_id, from_field)
        if report:
            show_lateness([report])
        return report

    @admin.display(description="isi")
    def told(self, report: Report) -> str:
        return format_html_join("", "<p>{}</p>", ((part,) for part in report.body.split("\n") if part))

    @admin.display(description="foto")
    def pictures(self, report: Report) -> str:
        links = [(photo.get_absolute_url(), str(photo)) for photo in report.photos.select_related("report")]
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"

    @admin.display(description="pelapor")
    def reporter_word(self, report: Report) -> str:
        return report.reporter_words

    @admin.display(description="nomor HP")
    def phone_word(self, report: Report) -> str:
        return report.told_phone or (report.person.phone if report.person else "") or "–"

    @admin.display(description="dijanjikan")
    def promises(self, report: Report) -> str:
        rows = [
            (
                stage.label.capitalize(),
                full_date(stage.due_on),
                f"{tanggal(stage.kept_at)}" if stage.kept_at else "belum",
                ", terlambat" if stage.missed_at else "",
            )
            for stage in report.stages
        ]
        return format_html_join("", "<p>{}: paling lambat {} ({}{})</p>", rows)

    @admin.display(description="untuk umum")
    def public(self, report: Report) -> str:
        if not report.released_at:
            return "Belum ditampilkan." if not report.is_confidential else "Tidak pernah ditampilkan."
        return format_html(
            '<p><a href="{}">{}</a></p><p>{}</p>',
            report.get_absolute_url(),
            report.public_title,
            report.public_text,
        )

    @admin.display(description="perjalanan")
    def journey(self, report: Report) -> str:
        rows = [
            (
                f"{tanggal(event.at)}, {jam(event.at)}",
                event.title,
                event.by or "portal",
                event.get_audience_display(),
                event.text,
            )
            for event in report.events.in_order()
        ]
        return format_html_join("", "<p>{} · <strong>{}</strong> · {} · dibaca {}<br>{}</p>", rows)
