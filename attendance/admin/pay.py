from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from attendance.models import PayList, total_of
from partisipasi.admin import ReadOnlyModelAdmin
from partisipasi.admin.waiting import Answer, count_of, waiting
from partisipasi.village.words import rupiah


class SettledFilter(admin.SimpleListFilter):
    """Where a list of money stands."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("menunggu", "Daftar hadir ditutup, belum dibayarkan"), ("lunas", "Sudah dibayarkan")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "menunggu":
                return queryset.waiting()
            case "lunas":
                return queryset.filter(settled_at__isnull=False)
        return queryset


@admin.register(PayList)
class PayListAdmin(ReadOnlyModelAdmin):
    """Tanda terima and wages: prepared, settled and reopened on their own page."""

    region_lookup = "activity__region"
    list_display = ["purpose", "activity", "basis", "made_at", "settled_at"]
    list_filter = [SettledFilter, "basis", ("settled_at", admin.DateFieldListFilter)]
    list_select_related = ["activity"]
    search_fields = ["purpose", "activity__title", "charged_to"]
    search_help_text = "Cari untuk apa, judul kegiatan, atau pembebanannya."
    date_hierarchy = "made_at"
    ordering = ["-made_at", "-pk"]
    fields = [
        "purpose",
        "activity",
        "basis",
        "rate",
        "charged_to",
        "first_on",
        "last_on",
        "total",
        "page",
        "made_at",
        "made_by",
        "settled_at",
        "settled_by",
        "reopened_at",
        "reopened_by",
        "reopened_reason",
    ]
    readonly_fields = ["total", "page"]

    @admin.display(description="jumlah seluruhnya")
    def total(self, pay_list: PayList) -> str:
        return rupiah(total_of(pay_list.lines()))

    @admin.display(description="halaman")
    def page(self, pay_list: PayList) -> str:
        words = "Lihat penerimanya, cetak, atau nyatakan dibayarkan"
        return format_html('<a href="{}">{}</a>', pay_list.get_absolute_url(), words)


@waiting("Pembayaran kegiatan belum selesai", perm="attendance.settle_pay")
def pay_to_settle(user: Any) -> Answer:
    within = PayList.objects.within_reach(user, "attendance.settle_pay")
    return count_of(within.waiting(), f"{reverse('admin:attendance_paylist_changelist')}?keadaan=menunggu")
