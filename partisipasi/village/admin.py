from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from partisipasi.admin import ReadOnlyModelAdmin, VillageModelAdmin, waiting

from .models import Area, FailedWork, Holiday, LetterNumber, Region


@admin.register(Region)
class RegionAdmin(VillageModelAdmin):
    region_lookup = ""
    list_display = ["full_name", "level_word"]
    list_filter = ["level_word"]
    list_select_related = ["parent", "parent__parent"]
    search_fields = ["name", "level_word", "parent__name"]
    search_help_text = "Cari nama dusun, RW, atau RT."
    fields = ["parent", "level_word", "name"]
    ordering = ["path"]

    @admin.display(description="wilayah", ordering="path")
    def full_name(self, region: Region) -> str:
        return region.full_name


@admin.register(Holiday)
class HolidayAdmin(VillageModelAdmin):
    list_display = ["name", "on", "kind"]
    list_filter = ["kind"]
    date_hierarchy = "on"
    search_fields = ["name"]
    search_help_text = "Cari nama hari libur."
    ordering = ["on"]
    fields = ["on", "name", "kind"]


@admin.register(LetterNumber)
class LetterNumberAdmin(ReadOnlyModelAdmin):
    """The *buku agenda*: numbers are given by what needs them, so here they are only read."""

    list_display = ["text", "subject", "book", "given_on"]
    list_filter = ["book", "year"]
    date_hierarchy = "given_on"
    search_fields = ["text", "subject"]
    search_help_text = "Cari nomor atau perihal."


@admin.register(Area)
class AreaAdmin(ReadOnlyModelAdmin):
    """The national tree, for the installation's owner to choose from."""

    list_display = ["code", "name", "level"]
    list_filter = ["level"]
    search_fields = ["name", "code__startswith"]
    search_help_text = "Cari nama atau kode Kemendagri."
    ordering = ["code"]


@waiting("Pekerjaan portal yang gagal", perm="village.retry_failedwork")
def failed_work(user: Any) -> tuple[int, str] | None:
    return FailedWork.objects.waiting().count(), reverse("admin:village_failedwork_changelist")


@admin.register(FailedWork)
class FailedWorkAdmin(ReadOnlyModelAdmin):
    """What the portal could not do by itself, until it is done or dismissed. What happened exactly is in the log."""

    list_display = ["name", "kind_word", "failures", "error", "last_failed_at"]
    fields = ["name", "kind_word", "failures", "error", "first_failed_at", "last_failed_at"]
    readonly_fields = fields
    actions = ["retry", "dismiss"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).waiting()

    @admin.display(description="jenis")
    def kind_word(self, work: FailedWork) -> str:
        return "tugas latar" if work.task else "pekerjaan berkala, dicoba lagi setiap menit"

    @admin.action(description="Coba lagi tugas terpilih", permissions=["retry"])
    def retry(self, request: HttpRequest, chosen: Any) -> None:
        tasks = chosen.exclude(task=None)
        for work in tasks:
            work.retry()
        self.message_user(request, f"{len(tasks)} tugas akan dicoba lagi.")

    @admin.action(description="Abaikan yang terpilih", permissions=["retry"])
    def dismiss(self, request: HttpRequest, chosen: Any) -> None:
        for work in chosen:
            work.dismiss()
        self.message_user(request, f"{len(chosen)} pekerjaan diabaikan.")
