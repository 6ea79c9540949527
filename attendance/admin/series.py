from typing import Any

from django.contrib import admin
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from attendance.models import ActivitySeries, Postponement
from partisipasi.admin import ReadOnlyModelAdmin
from partisipasi.village.words import full_date


@admin.register(ActivitySeries)
class ActivitySeriesAdmin(ReadOnlyModelAdmin):
    """Regular meetings: begun, extended and ended on their own page."""

    region_lookup = "region"
    list_display = ["title", "kind", "rule_text", "venue", "region", "count", "until", "ended_at"]
    list_filter = ["kind", "region", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["kind", "region"]
    search_fields = ["title", "venue"]
    search_help_text = "Cari judul atau tempat."
    ordering = ["-created_at", "-pk"]
    fields = [
        "title",
        "kind",
        "agenda",
        "venue",
        "region",
        "rule_text",
        "page",
        "created_at",
        "created_by",
        "ended_at",
        "ended_by",
        "ended_reason",
    ]
    readonly_fields = ["rule_text", "page"]
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counted = {"activity_count": Count("activities"), "last_on": Max("activities__series_on")}
        return super().get_queryset(request).annotate(**counted)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Its own page is for those who prepare activities; others read it here."""
        may_prepare = obj and request.user.has_perm("attendance.add_activity", obj)
        return [name for name in self.fields if name != "page" or may_prepare]

    @admin.display(description="berulang")
    def rule_text(self, series: ActivitySeries) -> str:
        return series.rule_text

    @admin.display(description="kegiatan", ordering="activity_count")
    def count(self, series: Any) -> int:
        return series.activity_count

    @admin.display(description="tanggal terakhir", ordering="last_on")
    def until(self, series: Any) -> str:
        return full_date(series.last_on) if series.last_on else ""

    @admin.display(description="halaman")
    def page(self, series: ActivitySeries) -> str:
        words = "Lihat tanggalnya, perpanjang, umumkan, atau akhiri"
        return format_html('<a href="{}">{}</a>', series.get_absolute_url(), words)


@admin.register(Postponement)
class PostponementAdmin(ReadOnlyModelAdmin):
    """What was put off, and why: as it was recorded."""

    region_lookup = "activity__region"
    list_display = ["activity", "step", "starts_before", "starts_at", "seats", "at"]
    list_filter = ["step", ("at", admin.DateFieldListFilter)]
    list_select_related = ["activity"]
    search_fields = ["activity__title", "reason"]
    search_help_text = "Cari judul kegiatan atau alasan."
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = [
        "page",
        "step",
        "starts_before",
        "starts_at",
        "venue_before",
        "venue",
        "seats",
        "reason",
        "at",
        "by",
    ]
    readonly_fields = ["seats", "page"]

    @admin.display(description="kursi terisi")
    def seats(self, postponement: Postponement) -> str:
        if postponement.seats_needed is None:
            return ""
        return f"{postponement.seats_filled} dari {postponement.seats_needed} yang diperlukan"

    @admin.display(description="kegiatan")
    def page(self, postponement: Postponement) -> str:
        address = reverse("attendance:activity_detail", args=[postponement.activity_id])
        return format_html('<a href="{}">{}</a>', address, postponement.activity)
